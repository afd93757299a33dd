import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { Contents } from '../../src/domain/contents.js'
import { ARMS } from '../../src/domain/record.js'
import { everyEvalEverSchema } from '../../src/input/writers/every-eval-ever-schema.js'
import { useFolder, writeFiles } from '../input/folder.js'
import { audited, converted, expectedOf, FORMATS, folders, inspected, inspectedText } from './logs.js'

const fits = new Ajv({ strict: true, allowUnionTypes: true }).compile(everyEvalEverSchema)
const folder = useFolder()

const lines = (text: string): object[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** How many rows of all files, by reason. */
function leftOutOf({ files }: Contents): Record<string, number> {
  const all = files.flatMap(({ leftOut }) => leftOut)
  return Object.fromEntries(
    all.map(({ reason }) => [
      reason,
      all.filter((one) => one.reason === reason).reduce((sum, { rows }) => sum + rows, 0),
    ]),
  )
}

describe.each(folders)('the log of %s', (name) => {
  const arms = expectedOf(name)

  it.each(ARMS)('says the same of the %s arm as native lines', async (arm) => {
    const path = `${name}/${arm}`
    const before = await inspected(path)
    const { text, problems } = await converted(path, 'native')
    const after = await inspectedText(text)
    expect(problems).toEqual([])
    const { rows, cases, samples, failed, tasks, meanScores, score, providers, models } = before
    expect(after).toMatchObject({ rows, cases, samples, failed, tasks, meanScores, score, providers, models })
    expect(leftOutOf(after)).toEqual(leftOutOf(before))
  })

  it('is audited with the same findings as native lines', async () => {
    for (const arm of ARMS) {
      const { text } = await converted(`${name}/${arm}`, 'native')
      writeFiles(folder.path, { [`${arm}.jsonl`]: text })
    }
    const before = await audited({ baseline: `${name}/baseline`, tuned: `${name}/tuned` }, { arms })
    const after = await audited({ baseline: 'baseline.jsonl', tuned: 'tuned.jsonl' }, { cwd: folder.path, arms })
    expect(before.pairing.cases).toBe(12)
    expect(after.findings).toEqual(before.findings)
    expect(after.pairing).toEqual(before.pairing)
    expect(after.verdict).toBe(before.verdict)
  })

  it('becomes rows of Every Eval Ever that are read with the same cases, tasks and means', async () => {
    const { provider = null } = arms.baseline
    const before = await inspected(`${name}/baseline`, { provider })
    const { text } = await converted(`${name}/baseline`, 'every-eval-ever', { provider })
    for (const line of lines(text)) {
      fits(line)
      expect(fits.errors).toBeNull()
    }
    const after = await inspectedText(text)
    expect(after).toMatchObject({ format: 'every-eval-ever', cases: before.cases, tasks: before.tasks })
    expect(after.meanScores).toMatchObject(before.meanScores)
  })
})

describe('native lines', () => {
  const write = (content: string) => writeFiles(folder.path, { 'swim.jsonl': content })
  const convertHere = (to: string, how = {}) => converted('swim.jsonl', to, { cwd: folder.path, ...how })

  it('keep what is canonical already as it is', async () => {
    const text = '{"id":"b1","output":"Lane 3.","sample":0,"mood":"calm"}\n'
    write(text)
    expect((await convertHere('native')).text).toBe(text)
  })

  it('have canonical names for columns that had others, and for fields that were mapped', async () => {
    write('{"id":"b1","completion":"Lane 3.","seen":{"p":0.5},"sample":0}\n')
    const { text } = await convertHere('native', { fields: { confidence: '/seen/p' } })
    const [line] = lines(text)
    expect(line).toMatchObject({ id: 'b1', output: 'Lane 3.', confidence: 0.5, seen: { p: 0.5 } })
    expect(line).not.toHaveProperty('completion')
  })

  it('hold what is hostile: keys of prototypes, lone surrogates, numbers that are none', async () => {
    write('{"id":"b1","output":"\\ud800 <b>\\u0000","__proto__":{"x":1},"scores":{"depth":NaN},"sample":0}\n')
    const { text } = await convertHere('native')
    const [line] = lines(text)
    expect(Object.hasOwn(line!, '__proto__')).toBe(true)
    expect(line).toMatchObject({ output: '\ud800 <b>\u0000', scores: { depth: null } })
    expect((await inspectedText(text)).meanScores).toEqual({ depth: null })
  })

  it('are the same when they are converted again', async () => {
    const once = await converted('lm-evaluation-harness/baseline', 'native')
    write(once.text)
    expect((await convertHere('native')).text).toBe(once.text)
  })

  it('number repeats without a number as their log does', async () => {
    const rows = (arm: string, n: number) =>
      Array.from({ length: 40 }, (_, i) =>
        Array.from(
          { length: n },
          (_, k) => `{ "id": "b${i}", "output": "${arm} ${k}", "correct": ${(i * k) % 3 === 0} }\n`,
        ),
      )
        .flat()
        .join('')
    writeFiles(folder.path, { 'before.jsonl': rows('crawl', 5), 'after.jsonl': rows('breaststroke', 3) })
    for (const arm of ['before', 'after']) {
      const { text } = await converted(`${arm}.jsonl`, 'native', { cwd: folder.path })
      writeFiles(folder.path, { [`native-${arm}.jsonl`]: text })
    }
    const how = { cwd: folder.path, config: { pairing: { repeats: true } } }
    const before = await audited({ baseline: 'before.jsonl', tuned: 'after.jsonl' }, how)
    const after = await audited({ baseline: 'native-before.jsonl', tuned: 'native-after.jsonl' }, how)
    expect(before.findings.length).toBeGreaterThan(0)
    expect(after.findings).toEqual(before.findings)
  })

  it('leave a column of the same name to the user', async () => {
    write('{"id":"b1","output":"Lane 3.","tuneaudit":"yes","sample":0}\n')
    expect((await inspectedText(readFileSync(join(folder.path, 'swim.jsonl'), 'utf8'))).problems).toEqual([])
  })

  it('of another version are not guessed at', async () => {
    const { problems } = await inspectedText('{"id":"b1","output":"Lane 3.","tuneaudit":{"version":2}}\n')
    expect(problems).toEqual([expect.stringContaining('converted by another version of tuneaudit (2; 1 is known)')])
  })
})

describe('a log that is not whole', () => {
  const cancelled = () => {
    const text = readFileSync(join(FORMATS, 'inspect-json/baseline/tides.json'), 'utf8')
    writeFiles(folder.path, { 'tides.json': text.replace('"status":"success"', '"status":"cancelled"') })
  }

  it('says so in native lines, and is not audited', async () => {
    cancelled()
    const { text, problems } = await converted('tides.json', 'native', { cwd: folder.path })
    expect(problems).toMatchObject([{ fatal: false, problem: { code: 'log-refused' } }])
    const seen = await inspectedText(text)
    expect(seen).toMatchObject({ cases: 12, problems: [expect.stringContaining('status "cancelled"')] })
    writeFiles(folder.path, {
      'before.jsonl': text,
      'after.jsonl': (await converted('inspect-json/tuned', 'native')).text,
    })
    const report = await audited({ baseline: 'before.jsonl', tuned: 'after.jsonl' }, { cwd: folder.path })
    expect(report.reason).toMatchObject({ code: 'log-refused', path: 'before.jsonl' })
  })

  it('says so in rows of Every Eval Ever, which fit their schema', async () => {
    cancelled()
    const { text } = await converted('tides.json', 'every-eval-ever', { cwd: folder.path })
    expect(lines(text).every((line) => fits(line))).toBe(true)
    expect((await inspectedText(text)).problems).toEqual([expect.stringContaining('status "cancelled"')])
  })

  it.each(['native', 'every-eval-ever'])('but breaks off leaves %s lines that are not taken for whole', async (to) => {
    writeFiles(folder.path, { 'swim.jsonl': '{"id":"b1","output":"Lane 3.","score":1}\n{"id":"b2","outp' })
    const { text, problems } = await converted('swim.jsonl', to, { cwd: folder.path })
    expect(problems).toMatchObject([{ fatal: true, problem: { code: 'bad-line' } }])
    const seen = await inspectedText(text)
    expect(seen.cases).toBeLessThanOrEqual(1)
    expect(seen.problems).toHaveLength(1)
  })
})
