import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BIN, inFolder } from '../cli/run.js'
import { blocksOf } from '../readme.js'

const root = resolve(import.meta.dirname, '../..')
const recipes = blocksOf('docs/recipes/ci.md').map(({ lines }) => parse(lines.join('\n')))
const drifted = join(root, 'fixtures/detectors/cross-task-regression/drifted')

/** A command of a recipe, as it would run beside an installed tuneaudit. */
function runs(command: string, cwd: string) {
  const env = { ...process.env, BASELINE: join(drifted, 'baseline.jsonl'), TUNED: join(drifted, 'tuned.jsonl') }
  return spawnSync('bash', ['-c', command.replace('npx tuneaudit', `"${process.execPath}" "${BIN}"`)], { cwd, env })
}

describe('the recipes for CI', () => {
  it('give the action inputs and read outputs that it has', () => {
    const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
    const text = JSON.stringify(recipes[0])
    const step = recipes[0].jobs.audit.steps.find(({ id }: { id?: string }) => id === 'audit')
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
    const read = [...text.matchAll(/steps\.audit\.outputs\.([\w-]+)/g)].map(([, name]) => name!)
    expect(read.length).toBeGreaterThan(0)
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(read))
  })

  it('describe every input of the action', () => {
    const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
    const text = readFileSync(join(root, 'docs/recipes/ci.md'), 'utf8')
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) {
      if (name !== 'working-directory') expect(text).toContain(`\`${name}\``)
    }
  })

  it('of GitLab writes the artefacts that it names, and fails where harm is shown', async () => {
    const { script, artifacts } = recipes[1].tuneaudit
    await inFolder({}, async (folder) => {
      expect(runs(script.at(-1), folder).status).toBe(1)
      for (const path of [...artifacts.paths, artifacts.reports.junit])
        expect(existsSync(join(folder, path))).toBe(true)
    })
  })

  it('before a push stops one that breaks something', async () => {
    const [hook] = recipes[2].repos[0].hooks
    const text = (arm: string) => readFileSync(join(drifted, `${arm}.jsonl`))
    await inFolder({ 'runs/base.jsonl': text('baseline'), 'runs/tuned.jsonl': text('tuned') }, async (folder) => {
      expect(runs(hook.entry, folder).status).toBe(1)
      expect('runs/tuned.jsonl').toMatch(new RegExp(hook.files))
    })
  })
})
