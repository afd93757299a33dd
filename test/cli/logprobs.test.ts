import { describe, expect, it } from 'vitest'
import { audit, type Outcome } from './run.js'
import { type Forecast, forecasts, jsonl } from './weather.js'

const MEAN = 'confidence: {logprobs: mean}\n'

/** The tokens of a right answer are likelier. */
const tokens = (i: number) => (i % 5 === 0 ? [-0.9, -1.5] : [-0.1, -0.3])
const arm = (output: string, change: (i: number) => Forecast = (i) => ({ logprobs: tokens(i) })) =>
  jsonl(forecasts(40, (i) => ({ output, ...change(i) })))
const files = (config: string, before = arm('yes'), after = arm('no')) => ({
  'before.jsonl': before,
  'after.jsonl': after,
  'tuneaudit.config.yaml': config,
})

const finding = ({ report }: Outcome, measure: string) =>
  report?.findings.find((one) => one.measure === measure && one.task === null)

describe('confidence from log probabilities', () => {
  it('is read where the config declares it, and said', async () => {
    const run = await audit(files(MEAN))
    const brier = 0.2 * Math.exp(-1.2) ** 2 + 0.8 * (1 - Math.exp(-0.2)) ** 2
    expect(finding(run, 'brier-score')).toMatchObject({ role: 'guarded', n: 40 })
    expect(finding(run, 'brier-score')?.baseline).toBeCloseTo(brier, 12)
    const outputs = { baseline: 40, tuned: 40 }
    expect(run.report?.notices).toContainEqual({ code: 'confidence-from-logprobs', reading: 'mean', outputs })
    expect(run.report?.fields.logprobs).toMatchObject({ used: true, kind: 'logprobs' })
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(
      'confidence is exp of the mean log probability of an output’s tokens (outputs: 40 in the baseline, 40 in the tuned arm)',
    )
  })

  it('is not read where it is not declared, and the column is named', async () => {
    const run = await audit(files(''))
    expect(finding(run, 'brier-score')).toMatchObject({ status: 'unmeasured' })
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(
      'logprobs looks like log probabilities; confidence: {logprobs: mean} in the config reads them as confidence.',
    )
    expect(run.report?.fields.logprobs).toMatchObject({ used: false, kind: 'logprobs' })
  })

  it('names a column under another name with its mapping', async () => {
    const own = (i: number) => ({ answer_logprob: tokens(i).reduce((sum, one) => sum + one) })
    const run = await audit(files('', arm('yes', own), arm('no', own)))
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(
      'confidence: {logprobs: mean}, input: {fields: {logprobs: "answer_logprob"}} in the config',
    )
    const config = 'confidence: {logprobs: sum}\ninput: {fields: {logprobs: "answer_logprob"}}\n'
    const declared = await audit(files(config, arm('yes', own), arm('no', own)))
    expect(finding(declared, 'brier-score')).toMatchObject({ n: 40 })
  })

  it('a confidence of the record stands', async () => {
    const both = (i: number) => ({ logprobs: tokens(i), confidence: 0.8 })
    const run = await audit(files(MEAN, arm('yes', both), arm('no', both)))
    expect(finding(run, 'brier-score')?.baseline).toBeCloseTo(0.8 * 0.04 + 0.2 * 0.64, 12)
    expect(run.report?.notices.map(({ code }) => code)).not.toContain('confidence-from-logprobs')
  })

  it('holds in the tasks of an override alone, and replaces what is stated', async () => {
    const config = `confidence: {stated: {tag: sure}}\noverrides: [{tasks: rain, ${MEAN.trim()}}]\n`
    const run = await audit(files(config))
    expect(finding(run, 'brier-score')).toMatchObject({ n: 40 })
  })

  it('lost by the tuned arm is an error: a program did that', async () => {
    const run = await audit(
      files(
        MEAN,
        arm('yes'),
        arm('no', () => ({ logprobs: [] })),
      ),
    )
    expect(run.code).toBe(4)
    expect(run.report?.reason).toMatchObject({ code: 'field-lost', field: 'confidence' })
  })

  it('unknown on some outputs is missing there', async () => {
    const gaps = (i: number) => ({ logprobs: i < 10 ? [-0.1, null] : tokens(i) })
    const run = await audit(files(MEAN, arm('yes'), arm('no', gaps)))
    expect(finding(run, 'missing-confidence-rate')?.tuned).toBe(0.25)
  })

  it.each<[string, unknown, string]>([
    ['a probability', [0.9], 'after.jsonl:8: log probability 0.9 is above 0.'],
    ['text', 'sure', 'after.jsonl:8: "logprobs" holds "sure". It must be a list with one log probability'],
    ['text in the list', [-1, 'x'], 'after.jsonl:8: "logprobs" holds "x".'],
  ])('%s is an error with its line', async (_, logprobs, says) => {
    const run = await audit(
      files(
        MEAN,
        arm('yes'),
        arm('no', (i) => ({ logprobs: i === 7 ? logprobs : tokens(i) })),
      ),
    )
    expect(run.code).toBe(4)
    expect(run.stderr + run.stdout.replace(/\s+/g, ' ')).toContain(says)
  })

  it('is read from CSV, as a list or a number', async () => {
    const csv = (output: string) =>
      `id,prompt,output,correct,logprobs\n${Array.from({ length: 40 }, (_, i) => `d${i},Rain ${i}?,${output},${i % 5 === 0 ? 0 : 1},${i < 20 ? `"[${tokens(i)}]"` : '-0.4'}`).join('\n')}\n`
    const run = await audit({ 'before.csv': csv('yes'), 'after.csv': csv('no'), 'tuneaudit.config.yaml': MEAN }, [
      '--baseline',
      'before.csv',
      '--tuned',
      'after.csv',
    ])
    expect(finding(run, 'brier-score')).toMatchObject({ n: 40 })
  })

  it.each([
    ['confidence: {logprobs: median}\n', 'unknown value "median"'],
    ['confidence: {logprobs: mean, stated: {tag: sure}}\n', 'two sources of one number'],
    ['input: {fields: {logprobs: lp}}\n', 'logprobs is mapped, and nothing reads it'],
    [`${MEAN}input: {fields: {logprobs: lp}}\n`, 'place for the field logprobs: no record has "/lp"'],
  ])('%j is refused', async (config, says) => {
    const run = await audit(files(config))
    expect([run.code, run.stderr]).toEqual([3, expect.stringContaining(says)])
  })
})
