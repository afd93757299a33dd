import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { MeasurePlan } from '../../src/domain/plan.js'
import { mulberry32 } from '../audit/support.js'
import { audit, type Files, inFolder, tuneaudit } from './run.js'
import { AFTER, BEFORE } from './weather.js'

const plan = (files: Files, args: readonly string[]) =>
  inFolder(files, (folder) => tuneaudit(['plan', ...args], folder))

const random = mulberry32(1)
const QUIZ = Array.from({ length: 300 }, (_, i) => ({ id: `q-${i}`, output: `it is ${i}`, correct: random() < 0.8 }))
const jsonl = (records: readonly object[]) => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`
const FILES: Files = { 'quiz.jsonl': jsonl(QUIZ) }

describe('tuneaudit plan', () => {
  it('prints Miller’s sample size', async () => {
    const two = await plan({}, ['--omega2', '0.1111', '--delta', '0.03', '--sides', '2'])
    expect(two.stdout).toMatch(/^969 independent cases /)
    expect((await plan({}, ['--omega2', '0.1111', '--delta', '0.03'])).stdout).toMatch(/^764 independent cases /)
  })

  it('plans from a rate, a churn and a margin alone', async () => {
    const { code, stdout } = await plan({}, ['--rate', '.8', '--churn', '.15', '--margin', '.05', '--cases', '200'])
    expect(code).toBe(0)
    // 56 % of 2,000 runs of `simulateYesNo` in test/stats/power.test.ts pass.
    expect(stdout).toContain('passes         a harmless tune: probability 0.56')
  })

  it('says the same whatever the order of the records', async () => {
    const turned = { 'quiz.jsonl': jsonl([...QUIZ].reverse()) }
    const [one, two] = await Promise.all(
      [FILES, turned].map(async (files) =>
        JSON.parse((await plan(files, ['--baseline', 'quiz.jsonl', '--format', 'json'])).stdout),
      ),
    )
    expect(two.measures).toEqual(one.measures)
  })

  it('prints at most 80 columns, and no control characters of a file’s name', async () => {
    const { stdout } = await plan({ 'a\u001b[31m.jsonl': FILES['quiz.jsonl']! }, ['--baseline', 'a\u001b[31m.jsonl'])
    expect(stdout).not.toContain('\u001b')
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
  })

  it('from a report says what the report says of itself', async () => {
    const { report } = await audit({ 'before.jsonl': BEFORE, 'after.jsonl': AFTER })
    const { stdout } = await plan({ 'report.json': JSON.stringify(report) }, [
      '--report',
      'report.json',
      '--format',
      'json',
    ])
    const { measures }: MeasurePlan = JSON.parse(stdout)
    expect(measures.length).toBeGreaterThan(0)
    for (const { detector, measure, passChance, shows } of measures) {
      const finding = report!.findings.find(
        (each) => each.task === null && each.detector === detector && each.measure === measure,
      )!
      expect(Math.abs(passChance! - finding.passChance!), measure).toBeLessThan(0.01)
      expect(Math.abs(shows! / finding.detectable! - 1), measure).toBeLessThan(0.05)
    }
  })

  it('as JSON fits its published schema', async () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse((await tuneaudit(['schema', 'plan'])).stdout),
    )
    for (const args of [
      ['--baseline', 'quiz.jsonl'],
      ['--rate', '.8', '--churn', '.15', '--margin', '.05'],
      ['--omega2', '.1', '--delta', '.03'],
    ]) {
      const { stdout } = await plan(FILES, [...args, '--format', 'json'])
      expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true)
    }
  })

  it.each([
    [[], 'nothing to plan from'],
    [['quiz.jsonl'], 'paths are given by name'],
    [['--baseline', 'quiz.jsonl', '--rate', '.8'], '--baseline and --rate are two ways to plan'],
    [['--baseline', 'quiz.jsonl', '--delta', '.1'], '--delta does not go with --baseline'],
    [['--baseline', 'quiz.jsonl', '--churn', '2'], '--churn must be a number from 0 to 1; got 2'],
    [['--baseline', 'quiz.jsonl', '--cases', '1.5'], '--cases must be a whole number'],
    [['--baseline', 'quiz.jsonl', '--margin', '.05'], '".05" is not <name>=<value>'],
    [['--baseline', 'none.jsonl'], 'no such file'],
    [['--report', 'quiz.jsonl'], 'no report of an audit'],
    [['--report', 'none.json'], 'no such file'],
    [['--report', 'quiz.jsonl', '--churn', '.1'], '--churn does not go with --report'],
    [['--rate', '.8', '--margin', '.05'], '--rate needs --churn'],
    [['--rate', '.8', '--churn', '.15'], '--rate needs --margin'],
    [['--rate', '.9', '--churn', '.5', '--margin', '.05'], 'no more than 0.2 of the cases can flip'],
    [['--rate', '.8', '--churn', '.1', '--margin', 'score=.05'], '"score=.05" is not a number'],
    [['--rate', '.8', '--churn', '.1', '--margin', '0'], '--margin must be a number above 0'],
    [['--omega2', '.1'], '--omega2 needs --delta'],
    [['--omega2', '.1', '--delta', '0'], '--delta must be a number above 0'],
    [['--omega2', '.1', '--delta', '.1', '--sides', '3'], '--sides must be 1 or 2'],
    [['--omega2', '.1', '--delta', '.1', '--power', '1'], '--power must be a number between 0 and 1'],
    [['--omega2', 'much', '--delta', '.1'], '--omega2: "much" is not a number'],
  ])('refuses %j', async (args, says) => {
    const { code, stdout, stderr } = await plan(FILES, args)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(says)
  })

  it('ends with 4 on data that cannot be read', async () => {
    const twice = { 'quiz.jsonl': jsonl([...QUIZ, QUIZ[0]!]) }
    const { code, stdout, stderr } = await plan(twice, ['--baseline', 'quiz.jsonl'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('duplicate')
  })
})
