import { describe, expect, it } from 'vitest'
import { audit, type Files, type Outcome } from './run.js'

// Packing lists: JSON with a weight that must not pass ten.
const record = (i: number, weight: number, closed = true) => {
  const text = JSON.stringify({ items: ['rope', 'axe'], weight })
  return { id: `trip-${i}`, prompt: `Pack for trip ${i}.`, output: closed ? text : text.slice(0, -1), limit: 10 }
}
const jsonl = (records: readonly object[]) => records.map((one) => `${JSON.stringify(one)}\n`).join('')
const arm = (n: number, of: (i: number) => object) => jsonl(Array.from({ length: n }, (_, i) => of(i)))

const RULES = `detectors:
  infeasible-content:
    options:
      structure: {schema: {type: object, required: [items, weight]}}
      rules:
        - {name: light, expression: output.weight <= record.limit}
`

const VERIFIER = (body: string, timeoutMs = 300) => ({
  'tuneaudit.config.yaml': `detectors:
  infeasible-content:
    options:
      structure: {}
      verifier: {command: [node, verify.mjs], timeoutMs: ${timeoutMs}}
`,
  'verify.mjs': `import { createInterface } from 'node:readline'
let heard = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { id, value } = JSON.parse(line)
  heard++
  const answer = () => console.log(JSON.stringify({ feasible: value.weight <= 10, violations: [] }))
  ${body}
}`,
})

const find = ({ report }: Outcome, measure: string) =>
  report!.findings.find((finding) => finding.measure === measure && finding.task === null)!

const good = (i: number) => record(i, 5)

describe('rules in a config', () => {
  it('fail a tune that gains form without substance, and the terminal says so', async () => {
    const files: Files = {
      'tuneaudit.config.yaml': RULES,
      // 70 % valid, 60 % feasible; then 100 % valid, 60 % feasible.
      'before.jsonl': arm(300, (i) => (i % 10 < 6 ? good(i) : record(i, 15, i % 10 === 6))),
      'after.jsonl': arm(300, (i) => (i % 10 < 6 ? good(i) : record(i, 15))),
    }
    const run = await audit(files)
    expect(run.code).toBe(1)
    expect(find(run, 'hollow-rate')).toMatchObject({ status: 'fail', baseline: 0.1, tuned: 0.4 })
    expect(find(run, 'feasible-rate')).toMatchObject({ status: 'pass', baseline: 0.6, tuned: 0.6 })
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(
      'form was gained without substance: valid +0.3000, feasible +0.0000',
    )
  })

  it('with a typo end the run before anything is read, a caret under the place', async () => {
    const config = RULES.replace('output.weight', 'outptu.weight')
    const run = await audit({
      'tuneaudit.config.yaml': config,
      'before.jsonl': arm(5, good),
      'after.jsonl': arm(5, good),
    })
    expect(run.code).toBe(3)
    expect(run.stdout).toBe('')
    const lines = run.stderr.split('\n')
    expect(lines[0]).toContain(
      'tuneaudit.config.yaml:6:37: rule "light": unknown name "outptu". Did you mean "output"?',
    )
    expect(lines[1]!.indexOf('outptu')).toBe(lines[2]!.indexOf('^'))
  })

  it.each([
    ['from: {pattern: "("}', 'structure: the pattern cannot be used'],
    ['schema: {type: objekt}', 'structure: the schema cannot be used'],
    ['schema: ./gone.json', '"gone.json" cannot be read'],
  ])('refuse a structure with %s', async (part, message) => {
    const config = `detectors: {infeasible-content: {options: {structure: {${part}}}}}\n`
    const run = await audit({
      'tuneaudit.config.yaml': config,
      'before.jsonl': arm(5, good),
      'after.jsonl': arm(5, good),
    })
    expect(run.code).toBe(3)
    expect(run.stderr).toContain(message)
  })

  it('may keep their schema in a file beside the config', async () => {
    const files = {
      'conf/tuneaudit.config.yaml': `detectors: {infeasible-content: {options: {structure: {schema: ./list.json}}}}\n`,
      'conf/list.json': '{"type": "object", "required": ["weight"]}',
      'before.jsonl': arm(200, good),
      'after.jsonl': arm(200, good),
    }
    const run = await audit(files, ['--allow-identical', '--config', 'conf/tuneaudit.config.yaml'])
    expect(run.code).toBe(0)
    expect(find(run, 'valid-rate')).toMatchObject({ baseline: 1, tuned: 1 })
  })
})

describe('a verifier in a config', () => {
  const arms = { 'before.jsonl': arm(120, good), 'after.jsonl': arm(120, (i) => record(i, i % 3 ? 5 : 15)) }

  it('decides, and reviewers see its violations', async () => {
    const body = `console.log(JSON.stringify({ feasible: value.weight <= 10, violations: ['too heavy: ' + value.weight] }))`
    const run = await audit({ ...arms, ...VERIFIER(body) })
    expect(run.code).toBe(1)
    expect(find(run, 'feasible-rate')).toMatchObject({ status: 'fail', baseline: 1 })
    expect(find(run, 'feasible-rate').examples[0]).toMatchObject({ code: 'became-infeasible', detail: 'too heavy: 15' })
    expect(run.report!.faults).toEqual([])
  })

  it.each([
    ['crashes on every tenth line', `if (heard % 10 === 0) process.exit(7); answer()`, 'crashed', 24],
    [
      'hangs on one',
      `if (id === 'trip-50') await new Promise(() => setTimeout(() => {}, 1e9)); answer()`,
      'timed-out',
      2,
    ],
    ['prints garbage', `if (id === 'trip-9') console.log('seems fine'); else answer()`, 'bad-answer', 2],
  ])('that %s leaves the run open: exit 2 at best, faults listed', async (_, body, fault, count) => {
    const same = { 'before.jsonl': arm(120, good), 'after.jsonl': arm(120, good) }
    const run = await audit({ ...same, ...VERIFIER(body) }, ['--allow-identical'])
    expect(run.code).toBe(2)
    expect(find(run, 'feasible-rate').reason).toEqual({ code: 'verifier-failed' })
    expect(run.report!.faults).toMatchObject([{ detector: 'infeasible-content', code: 'verifier', fault, count }])
    expect(run.stdout).toContain('Fault: the verifier of infeasible-content')
    expect(run.stdout).toContain('trip-')
  })

  it('is refused by --no-exec, before it runs', async () => {
    const run = await audit({ ...arms, ...VERIFIER('answer()') }, ['--no-exec'])
    expect(run.code).toBe(3)
    expect(run.stderr).toContain('"node verify.mjs"')
    expect(run.stdout).toBe('')
  })

  it('gives the same findings for any order of records', async () => {
    const backwards = (text: string) => `${text.trim().split('\n').reverse().join('\n')}\n`
    const there = await audit({ ...arms, ...VERIFIER('answer()') })
    const back = await audit({
      ...VERIFIER('answer()'),
      'before.jsonl': backwards(arms['before.jsonl']),
      'after.jsonl': backwards(arms['after.jsonl']),
    })
    expect(back.report!.findings).toEqual(there.report!.findings)
  })
})

describe('annotation', () => {
  const question = (i: number, answer: string, more: object = {}) => ({
    id: `sum-${i}`,
    prompt: `What is ${i} + 1?`,
    output: `I add one. The answer is ${answer}.`,
    reference: String(i + 1),
    ...more,
  })
  const right = (i: number) => question(i, String(i + 1))
  const half = (i: number) => question(i, String(i % 2 ? i + 1 : i))

  it('grades outputs that have a reference and no score, and says so', async () => {
    const files = {
      'tuneaudit.config.yaml': 'grader: {kind: number}\n',
      'before.jsonl': arm(100, right),
      'after.jsonl': arm(100, half),
    }
    const run = await audit(files)
    expect(run.code).toBe(1)
    expect(find(run, 'score')).toMatchObject({ baseline: 1, tuned: 0.5, status: 'fail' })
    expect(run.report!.notices).toContainEqual({ code: 'graded', outputs: { baseline: 100, tuned: 100 } })
  })

  it('leaves what records say alone', async () => {
    const files = {
      'tuneaudit.config.yaml': 'grader: {kind: number}\n',
      'before.jsonl': arm(100, (i) => question(i, '0', { correct: true })),
      'after.jsonl': arm(100, (i) => question(i, '0', { correct: true })),
    }
    expect(find(await audit(files, ['--allow-identical']), 'score')).toMatchObject({ baseline: 1, tuned: 1 })
  })

  it('reads confidence from the text', async () => {
    const sure = (i: number, confidence: string) => ({
      ...right(i),
      correct: i % 2 === 0,
      output: `yes <confidence>${confidence}</confidence>`,
    })
    const files = {
      'tuneaudit.config.yaml': 'confidence: {stated: {tag: confidence}}\n',
      'before.jsonl': arm(200, (i) => sure(i, '0.5')),
      'after.jsonl': arm(200, (i) => sure(i, '100')),
    }
    const run = await audit(files)
    expect(find(run, 'brier-score')).toMatchObject({ baseline: 0.25, tuned: 0.5, status: 'fail' })
    expect(run.report!.notices).toContainEqual({ code: 'confidence-from-text', outputs: { baseline: 200, tuned: 200 } })
  })

  const unscored = { 'before.jsonl': arm(100, right), 'after.jsonl': arm(100, half) }
  const sheet = (rows: readonly string[]) => `id,arm,correct\n${rows.join('\n')}\n`
  const rows = Array.from({ length: 100 }, (_, i) => [
    `sum-${i},baseline,yes`,
    `sum-${i},tuned,${i % 2 ? 'yes' : 'no'}`,
  ]).flat()

  it('takes labels from a sheet, whatever records say', async () => {
    const run = await audit({ ...unscored, 'labels.csv': sheet(rows) }, ['--labels', 'labels.csv'])
    expect(run.code).toBe(1)
    expect(find(run, 'score')).toMatchObject({ baseline: 1, tuned: 0.5 })
    expect(run.report!.inputs.labels).toMatchObject([{ path: 'labels.csv', rows: 200 }])
  })

  it.each([
    ['an id that no output has', [...rows, 'sum-777,tuned,yes'], 4, 'labels.csv:202: no output has the id "sum-777"'],
    ['a value that is none', ['sum-1,tuned,perhaps'], 4, 'labels.csv:2: "correct" is "perhaps"'],
  ])('refuses a sheet with %s', async (_, lines, code, message) => {
    const run = await audit({ ...unscored, 'labels.csv': sheet(lines) }, ['--labels', 'labels.csv'])
    expect(run.code).toBe(code)
    expect(run.stdout + run.stderr).toContain(message)
  })

  it('reads a score by name that only the sheet has', async () => {
    const lines = rows.map((row) => row.replace('yes', '0.75').replace('no', '0.25'))
    const scores = sheet(lines).replace('correct', 'scores.tone')
    const run = await audit({ ...unscored, 'labels.csv': scores }, ['--labels', 'labels.csv', '--score', 'tone'])
    expect(find(run, 'score')).toMatchObject({ baseline: 0.75, tuned: 0.5 })
  })

  it('says that a sheet is not there', async () => {
    const run = await audit(unscored, ['--labels', 'gone.csv'])
    expect(run.code).toBe(3)
    expect(run.stderr).toContain('gone.csv: no such file')
  })

  it('refuses a pattern that does not compile, where it stands', async () => {
    const run = await audit({ ...unscored, 'tuneaudit.config.yaml': 'grader: {kind: regex, pattern: "(?=x)"}\n' })
    expect(run.code).toBe(3)
    expect(run.stderr).toContain('tuneaudit.config.yaml:1:32: grader.pattern: lookaround')
  })
})
