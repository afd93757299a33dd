import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickGrid } from './grid.js'
import { rulesTables } from './report/rules.js'
import { simulate } from './simulate.js'

// The program as `npm run study` runs it: compiled, with real threads.
const root = resolve(import.meta.dirname, '../..')
const built = join(root, 'build/study-test')
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-study-'))

beforeAll(() => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.study.json', '--noCheck', '--outDir', built],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  expect(stdout).toBe('')
  expect(status).toBe(0)
})

afterAll(() => {
  rmSync(built, { recursive: true, force: true })
  rmSync(folder, { recursive: true })
})

/** Runs the two smallest cells of the full grid. */
function study(name: string, threads: number): { readonly results: string; readonly said: string } {
  const path = join(folder, `${name}.jsonl`)
  const only = 'measure world=outcomes n=20 rate=0.2 agreement=0.9'
  const args = ['--only', only, '--threads', String(threads), '--results', path, '--docs', join(folder, name)]
  const { stderr, status } = spawnSync(process.execPath, [join(built, 'test/study/main.js'), ...args], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return { results: readFileSync(path, 'utf8'), said: stderr }
}

describe('npm run study', () => {
  it('gives the same bytes on one thread and on two', () => {
    const alone = study('one-thread', 1)
    expect(alone.results.split('\n')).toHaveLength(3)
    expect(study('two-threads', 2).results).toBe(alone.results)
    expect(readFileSync(join(folder, 'two-threads/statistics.md'))).toEqual(
      readFileSync(join(folder, 'one-thread/statistics.md')),
    )
  })

  it('goes on where it was interrupted, and repeats what the code would now give otherwise', () => {
    const { results } = study('whole', 2)
    const [first, second] = results.split('\n') as [string, string]
    writeFileSync(join(folder, 'cut.jsonl'), `${first}\n${second.slice(0, 80)}`)
    const cut = study('cut', 2)
    expect(cut.results).toBe(results)
    expect(cut.said.match(/\(kept\)/g)).toHaveLength(1)

    writeFileSync(join(folder, 'stale.jsonl'), `${first.replace(/"probe":"[^"]*"/, '"probe":"other"')}\n${second}\n`)
    const stale = study('stale', 2)
    expect(stale.results).toBe(results)
    expect(stale.said.match(/\(kept\)/g)).toHaveLength(1)
  })
})

describe('the quick study', () => {
  it('stands in docs/study/quick.md as the code gives it', () => {
    const cells = quickGrid().filter(({ kind }) => kind === 'rules')
    expect(readFileSync(join(root, 'docs/study/quick.md'), 'utf8')).toContain(rulesTables(cells.map(simulate)))
  })
})
