import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import { ARMS } from '../../src/domain/record.js'
import type { Report } from '../../src/domain/report.js'
import { useFolder } from '../input/folder.js'
import { audited, expectedOf, FORMATS, folders } from './logs.js'

const folder = useFolder()

/** Formats whose cases have no name but their line: moving lines is refused, never paired wrongly. */
const BY_LINE: Readonly<Record<string, { reorder: string; split: string }>> = {
  'llama-factory': { reorder: 'prompt-mismatch', split: 'duplicate' },
}

/** Formats whose file is one thing though it has lines: a part of it is refused. */
const WHOLE: Readonly<Record<string, string>> = { 'openai-evals': 'log-refused' }

const original = (name: string) => audited({ baseline: `${name}/baseline`, tuned: `${name}/tuned` }, how(name))
const moved = (name: string, config: PartialConfig = {}) =>
  audited({ baseline: 'run-2/b', tuned: 'run-2/t' }, { ...how(name, config), cwd: folder.path })
const how = (name: string, config: PartialConfig = {}) => ({ arms: expectedOf(name), config })

/** The fixture under other folders' names. */
function copy(name: string): void {
  for (const arm of ARMS) cpSync(join(FORMATS, name, arm), join(folder.path, 'run-2', arm[0]!), { recursive: true })
}

function filesOf(arm: 'b' | 't'): string[] {
  const root = join(folder.path, 'run-2', arm)
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Records, a line each; null for a file that is laid out otherwise. BFCL's scores begin with a header. */
function linesOf(path: string): string[] | null {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.length < 2 || path.endsWith('_score.json') || !lines.every((line) => line.startsWith('{')) ? null : lines
}

const written = (lines: readonly string[]) => `${lines.join('\n')}\n`

function reorder(path: string): void {
  const lines = linesOf(path)
  if (lines !== null) writeFileSync(path, written([...lines.slice(5), ...lines.slice(0, 5)].reverse()))
}

function split(path: string): void {
  const lines = linesOf(path)
  if (lines === null) return
  const [stem, ending] = [path.replace(/(\.[a-z]+)+$/, ''), /(\.[a-z]+)+$/.exec(path)?.[0] ?? '']
  rmSync(path)
  writeFileSync(`${stem}.1${ending}`, written(lines.slice(0, 5)))
  writeFileSync(`${stem}.2${ending}`, written(lines.slice(5)))
}

function expectSame(report: Report, reference: Report, code: string | undefined): void {
  if (code === undefined) {
    expect(report.findings).toEqual(reference.findings)
    expect(report.pairing).toEqual(reference.pairing)
  } else expect(report.reason).toMatchObject({ code })
}

describe.each(folders)('the findings of a log of %s are the same', (name) => {
  it('under the name of another folder', async () => {
    const reference = await original(name)
    expect(reference.pairing.cases).toBe(12)
    if (expectedOf(name).baseline.score !== undefined) expect(reference.findings).not.toEqual([])
    copy(name)
    expectSame(await moved(name), reference, undefined)
  })

  it('with the lines of one arm in another order', async () => {
    copy(name)
    filesOf('t').forEach(reorder)
    expectSame(await moved(name), await original(name), BY_LINE[name]?.reorder)
  })

  it('in several files with one stem', async () => {
    copy(name)
    filesOf('t').forEach(split)
    expectSame(await moved(name), await original(name), BY_LINE[name]?.split ?? WHOLE[name])
  })
})

describe('a log whose task stands in its file name', () => {
  const RENAMED: readonly [name: string, task: string, rename: (file: string) => string][] = [
    ['lm-evaluation-harness', 'tides', (file) => file.replace('samples_tides', 'samples_monday')],
    ['bfcl', 'simple_tides', (file) => file.replace('BFCL_v4_simple_tides', 'monday')],
    ['opencompass', 'tides', (file) => file.replace('tides', 'monday')],
  ]

  it.each(RENAMED)(
    'of %s gives the same findings once renamed, where the config names the task',
    async (name, task, rename) => {
      copy(name)
      for (const path of [...filesOf('b'), ...filesOf('t')])
        renameSync(path, join(dirname(path), rename(basename(path))))
      const renamed = await moved(name)
      expect(renamed.tasks.map((one) => one.task)).not.toContain(task)
      const named = await moved(name, { input: { task } })
      expectSame(named, await original(name), undefined)
    },
  )

  it.each([
    ['lm-evaluation-harness', (file: string) => file.replace(/samples_.*/, 'monday.jsonl')],
    ['bfcl', (file: string) => file.replace(/.*_result/, 'monday')],
  ] as const)('of %s is refused under a name that tells no task, with the remedy', async (name, rename) => {
    copy(name)
    for (const path of filesOf('t')) renameSync(path, join(dirname(path), rename(basename(path))))
    expect((await moved(name)).reason).toMatchObject({
      code: 'log-refused',
      remedy: expect.stringContaining('input: {task: …}'),
    })
  })
})
