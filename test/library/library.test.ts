import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BIN } from '../cli/run.js'
import { blocksOf } from '../readme.js'

// The package as it is published, installed in a folder of its own: dependencies that it does not name are not there.
const root = resolve(import.meta.dirname, '../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const drifted = join(root, 'fixtures/detectors/cross-task-regression/drifted')
let folder = ''

function run(command: string, args: readonly string[], cwd = folder): string {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 })
  expect(`${stderr}${status === 0 ? '' : stdout}`).toBe('')
  return stdout
}

function script(text: string, name = 'script.js'): string {
  writeFileSync(join(folder, name), text)
  return run(process.execPath, [name])
}

function link(name: string, from = folder): void {
  const target = join(from, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), target)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuneaudit-library-'))
  const [packed] = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root))
  const installed = join(folder, 'node_modules/tuneaudit')
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', packed.filename, '-C', installed, '--strip-components=1'])
  for (const name of Object.keys(manifest.dependencies)) link(name)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'harbour', type: 'module' }))
  for (const [name, arm] of [
    ['before', 'baseline'],
    ['after', 'tuned'],
    ['later', 'baseline'],
  ] as const) {
    const text = readFileSync(join(drifted, `${arm}.jsonl`), 'utf8')
    // The same answers in other words: identical arms are no audit.
    writeFileSync(
      join(folder, `${name}.jsonl`),
      name === 'later' ? text.replaceAll('"output":"', '"output":"So: ') : text,
    )
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the library, installed', () => {
  it('gives the bytes of the findings that the command gives, and of every face', () => {
    const args = ['audit', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--quiet', '--report', 'json=c.json']
    spawnSync(process.execPath, [BIN, ...args, '--report', 'html=c.html'], { cwd: folder })
    script(`import { audit, render } from 'tuneaudit'
      import { writeFileSync } from 'node:fs'
      const { report } = await audit({ baseline: 'before.jsonl', tuned: ['after.jsonl'] })
      for (const face of ['json', 'html']) writeFileSync('l.' + face, await render(report, face))`)
    for (const face of ['json', 'html'])
      expect(readFileSync(join(folder, `l.${face}`), 'utf8')).toBe(readFileSync(join(folder, `c.${face}`), 'utf8'))
    expect(JSON.parse(readFileSync(join(folder, 'l.json'), 'utf8')).verdict).toBe('fail')
  })

  it('reads each case once, both arms of it, and stops when its reader does', () => {
    const out = script(`import { readCases } from 'tuneaudit'
      const arms = { baseline: 'before.jsonl', tuned: 'after.jsonl' }
      const ids = []
      for await (const { id, task, baseline, tuned } of readCases(arms)) ids.push([task, id, baseline.length, tuned.length])
      let some = 0
      for await (const _ of readCases(arms)) if (++some === 3) break
      console.log(JSON.stringify({ ids, some }))`)
    const { ids, some } = JSON.parse(out)
    const lines = readFileSync(join(folder, 'before.jsonl'), 'utf8').trimEnd().split('\n')
    const expected = lines.map((line) => JSON.parse(line)).map(({ task, id }) => [task, id, 1, 1])
    expect(ids.map(String).sort()).toEqual(expected.map(String).sort())
    expect(some).toBe(3)
  })

  it('throws the problem that the command reports, after the cases that it could read', () => {
    const half = readFileSync(join(folder, 'after.jsonl'), 'utf8').split('\n').slice(0, 100).join('\n')
    writeFileSync(join(folder, 'half.jsonl'), half)
    writeFileSync(join(folder, 'torn.jsonl'), `${half}\n{"id": "b`)
    const out = script(`import { readCases, audit } from 'tuneaudit'
      for (const tuned of ['half.jsonl', 'torn.jsonl', 'gone.jsonl']) {
        let cases = 0
        const problem = await (async () => {
          for await (const _ of readCases({ baseline: 'before.jsonl', tuned })) cases++
        })().then(() => null, (error) => error.problem)
        const { reason } = await audit({ baseline: 'before.jsonl', tuned }).then(({ report }) => report, (error) => ({ reason: error.problem }))
        console.log(cases, problem.code, JSON.stringify(problem) === JSON.stringify(reason))
      }`)
    expect(out).toBe('500 task-in-one-arm true\n0 bad-line true\n0 path-missing true\n')
  })

  it('asks for the day where the config has waivers', () => {
    const out = script(`import { resolvePolicy } from 'tuneaudit'
      const waiver = { detector: 'cross-task-regression', measure: 'score', reason: 'a regatta', owner: 'harbour', expires: '2030-01-01' }
      for (const today of [undefined, '2029-12-31', '2030-01-02'])
        console.log(await resolvePolicy({ config: { waivers: [waiver] }, today }).then(({ policy }) => policy.waivers.length, ({ problem }) => problem.code))`)
    expect(out).toBe('usage\n1\nconfig-invalid\n')
  })

  it('compiles against its types: an audit, and a detector of one’s own', () => {
    link('typescript')
    link('@types/node')
    writeFileSync(join(folder, 'typed.ts'), TYPED)
    const options = ['--strict', '--noEmit', '--target', 'es2023', '--module', 'nodenext', '--types', 'node']
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'typed.ts'])
  })

  it('holds nothing else than what it is documented to export', () => {
    const names = script(`import * as library from 'tuneaudit'
      import * as fs from 'node:fs'
      console.log(Object.keys(library).join(' '))`)
    expect(names.trim().split(' ')).toEqual([
      'AuditError',
      'REPORT_FORMATS',
      'audit',
      'byCases',
      'byTasks',
      'correctnessOf',
      'count',
      'defineColumns',
      'defineDetector',
      'detectors',
      'once',
      'outcomes',
      'readCases',
      'render',
      'resolvePolicy',
      'scoreOf',
      'sum',
      'unmeasured',
    ])
  })
})

describe('docs/library.md', () => {
  const blocks = blocksOf('docs/library.md').filter(({ language }) => language === 'js')

  it.each(blocks.map(({ lines }, i) => [i, lines.join('\n')]))('block %i runs', (_, text) => {
    expect(script(String(text)).length).toBeGreaterThan(0)
  })

  it('has the blocks that this test knows', () => {
    expect(blocks.length).toBe(4)
  })
})

describe('docs/plugins.md', () => {
  it('shows a detector that obeys the laws, and takes part where a config names it', () => {
    const [detector, check] = blocksOf('docs/plugins.md').filter(({ language }) => language === 'js')
    if (!existsSync(join(folder, 'node_modules/fast-check'))) for (const name of ['fast-check', 'pure-rand']) link(name)
    writeFileSync(join(folder, 'asking-back.js'), detector!.lines.join('\n'))
    expect(script(check!.lines.join('\n'))).toBe('obeys\n')
    const out = script(`import { audit } from 'tuneaudit'
      const config = { plugins: ['./asking-back.js'] }
      const { report } = await audit({ baseline: 'before.jsonl', tuned: 'after.jsonl', config })
      console.log(report.findings.some(({ measure }) => measure === 'asking-rate'))`)
    expect(out).toBe('true\n')
  })

  it('shows commands that run', () => {
    const sh = blocksOf('docs/plugins.md').filter(({ language }) => language === 'sh')
    const codes = sh
      .flatMap(({ lines }) => lines)
      .map((line) => {
        const [, ...args] = line.replace('npx ', '').split(' ')
        return spawnSync(process.execPath, [BIN, ...args], { cwd: root }).status
      })
    expect(codes).toEqual([1, 0])
  })
})

const TYPED = `
import {
  type Case, type Detector, type Finding, type Measure, type Problem, type Report, type Sums, type Tally, type Value,
  AuditError, audit, count, defineColumns, defineDetector, readCases, render, resolvePolicy,
} from 'tuneaudit'
import { checkDetector, LawBroken } from 'tuneaudit/testing'

interface Options { readonly mark: string }
const { list: columns, at } = defineColumns({ cases: count(), marked: count() })
const measure: Measure = {
  id: 'marked', title: 'Marked', unit: 'share', worse: 'higher', margin: 0.1, role: 'watched', needs: [], pool: 'sum',
  scope: 'task', cases: ['cases'], range: 1, interval: 'jackknife',
  of: (sums: Sums): Value => ({ kind: 'change', change: sums.count('marked') / sums.count('cases') }),
}
const detector: Detector<Options> = {
  id: 'marks', version: 1, title: 'Marks', docs: { why: 'w', how: 'h', limits: 'l', sources: [] },
  options: { type: 'object', additionalProperties: false }, defaults: { mark: '!' },
  prepare: ({ mark }) => ({
    columns, measures: [measure], exhibits: [],
    observe: (case_: Case, tally: Tally) => tally.count(at.cases, case_.tuned[0]?.output.includes(mark) ? 1 : 0),
  }),
}
const own = defineDetector(detector)
try {
  const policy = await resolvePolicy({ config: { alpha: 0.1 }, detectors: [own] })
  const { report }: { report: Report } = await audit({ baseline: 'a', tuned: ['b'], policy })
  const first: Finding | undefined = report.findings[0]
  const page: string = await render(report, 'html')
  for await (const one of readCases({ baseline: 'a', tuned: 'b' })) console.log(one.id, first?.status, page)
  checkDetector(own)
  // @ts-expect-error: no such cell
  at.missing
  // @ts-expect-error: no such face
  await render(report, 'pdf')
} catch (error) {
  if (error instanceof LawBroken) console.log(error.law, error.cases.length)
  if (error instanceof AuditError) { const problem: Problem = error.problem; console.log(problem.code) }
}
`
