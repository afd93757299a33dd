import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../src/audit/observation.js'
import type { PartialConfig } from '../../../src/config/partial.js'
import type { Case } from '../../../src/domain/case.js'
import type { Finding } from '../../../src/domain/finding.js'
import { auditCases, makeCase, makeSample } from '../../audit/support.js'

// Forecasts as prose, as a list, as JSON.
const FORMS = {
  prose: 'It will be grey in the morning, and the wind will turn to the west by night.',
  list: '- morning: grey\n- night: windy',
  json: '{"morning": "grey"}',
  broken: '{"morning": "grey',
  fenced: '```json\n{"morning": "grey"}\n```',
} as const
type Form = keyof typeof FORMS

interface Forecast {
  readonly before: Form
  readonly after: Form
  readonly right?: readonly [boolean, boolean]
}

const casesOf = (forecasts: readonly Forecast[], task = 'coast'): Case[] =>
  forecasts.map(({ before, after, right }, i) =>
    makeCase(
      `${task}-${i}`,
      {
        baseline: [makeSample({ output: FORMS[before], correct: right?.[0] ?? null })],
        tuned: [makeSample({ output: FORMS[after], correct: right?.[1] ?? null })],
      },
      { task },
    ),
  )

const times = (n: number, of: (i: number) => Forecast) => Array.from({ length: n }, (_, i) => of(i))

const policy = (options: Record<string, unknown>): PartialConfig =>
  ({ detectors: { 'format-collapse': { options } } }) as PartialConfig

const find = (findings: readonly Finding[], measure: string, task: string | null = null) =>
  findings.find((finding) => finding.measure === measure && finding.task === task)!

/** How many do not tell what is expected. */
const told = (cases: readonly Case[]) => cases.filter((one) => placeOf(one).bucket % 3 !== 0).length

const mixed = times(200, (i) => ({ before: i % 2 ? 'prose' : 'list', after: i % 10 ? 'list' : 'prose' }))
const oneForm = times(200, (i) => ({ before: i % 50 ? 'prose' : 'list', after: i % 4 ? 'prose' : 'list' }))

describe('an undeclared format', () => {
  it('is variety where the baseline has several, and watched', () => {
    const { findings } = auditCases(casesOf(mixed))
    expect(find(findings, 'effective-formats')).toMatchObject({ status: 'fail', role: 'watched' })
    expect(find(findings, 'adherence-rate').reason).toEqual({ code: 'several-formats' })
  })

  it('is the one that 95 % of the baseline have, and watched', () => {
    const { findings } = auditCases(casesOf(oneForm))
    const adherence = find(findings, 'adherence-rate')
    expect(adherence).toMatchObject({ status: 'fail', role: 'watched', baseline: 0.98, tuned: 0.75 })
    expect(adherence.change?.method).toBe('tango')
    expect(adherence.details).toMatchObject({ expected: 'prose', dominant: 'prose' })
    expect(find(findings, 'effective-formats').reason).toEqual({ code: 'one-format-expected', format: 'prose' })
  })

  it('is each task’s own, and may fail there', () => {
    const { findings } = auditCases([...casesOf(mixed, 'coast'), ...casesOf(oneForm, 'inland')])
    expect(find(findings, 'effective-formats', 'coast')).toMatchObject({ status: 'fail', role: 'watched' })
    expect(find(findings, 'adherence-rate', 'inland')).toMatchObject({ status: 'fail', role: 'watched' })
    expect(find(findings, 'adherence-rate')).toMatchObject({ status: 'fail', n: told(casesOf(oneForm, 'inland')) })
  })

  // A task's own baseline has one form, or several, by chance; what a third of the cases has, the others have no part in.
  it('is pooled over tasks by the cases that do not tell it', () => {
    const listed = ['bay', 'cape', 'inlet', 'strand'].flatMap((task) => casesOf(oneForm.slice(1, 41), task))
    const others = ['harbour', 'lagoon'].flatMap((task) => casesOf(mixed.slice(0, 40), task))
    const { findings } = auditCases([...listed, ...others])
    expect(find(findings, 'adherence-rate')).toMatchObject({ status: 'fail', n: told(listed), baseline: 1 })
    expect(find(findings, 'effective-formats')).toMatchObject({ status: 'fail', n: told(others) })
    const declared = auditCases([...listed, ...others], policy({ format: 'list' }))
    expect(find(declared.findings, 'adherence-rate')).toMatchObject({ role: 'guarded', n: 240 })
  })

  it('is not pooled where too few cases of a task tell it', () => {
    const bays = Array.from({ length: 30 }, (_, i) => `bay-${i}`)
    const lone = bays.flatMap((task) => casesOf([{ before: 'list', after: 'prose' }], task))
    const { findings } = auditCases([...lone, ...casesOf(mixed.slice(0, 20), 'harbour')])
    expect(find(findings, 'adherence-rate')).toMatchObject({ reason: { code: 'too-few', need: 8 }, n: 50 })
  })

  it('is pooled where every task has one', () => {
    const alike = times(3, () => ({ before: 'list', after: 'prose' }))
    const { findings } = auditCases(['bay', 'cape', 'inlet', 'strand'].flatMap((task) => casesOf(alike, task)))
    expect(find(findings, 'adherence-rate')).toMatchObject({ status: 'fail', baseline: 1, tuned: 0, n: 12 })
  })
})

describe('a declared format', () => {
  it('is guarded: a class', () => {
    const { findings } = auditCases(casesOf(oneForm), policy({ format: 'prose' }))
    expect(find(findings, 'adherence-rate')).toMatchObject({ status: 'fail', role: 'guarded', baseline: 0.98 })
    expect(find(findings, 'effective-formats').reason).toEqual({ code: 'format-policy', format: 'prose' })
  })

  it('is guarded: variety', () => {
    const { findings, verdict } = auditCases(casesOf(mixed), policy({ format: 'free' }))
    expect(find(findings, 'effective-formats')).toMatchObject({ status: 'fail', role: 'guarded' })
    expect(verdict).toBe('fail')
  })

  it('is not held to anything where converging is wanted', () => {
    const { findings } = auditCases(casesOf(mixed), policy({ format: 'converge' }))
    expect(find(findings, 'effective-formats').status).toBe('unmeasured')
    expect(find(findings, 'adherence-rate').status).toBe('unmeasured')
  })

  it('may be a class of the user’s own', () => {
    const options = { format: 'windy', classes: [{ name: 'windy', pattern: 'wind' }] }
    const { findings } = auditCases(casesOf(times(100, () => ({ before: 'list', after: 'json' }))), policy(options))
    expect(find(findings, 'adherence-rate')).toMatchObject({ baseline: 1, tuned: 0, status: 'fail' })
  })

  it('that was accepted is what the failing finding offers', () => {
    const { findings } = auditCases(casesOf(mixed))
    const { accept } = find(findings, 'effective-formats')
    expect(accept).toEqual({ kind: 'options', options: { format: 'converge' } })
    const accepted = auditCases(casesOf(mixed), policy({ format: 'converge' }))
    expect(accepted.findings.filter(({ status }) => status === 'fail')).toEqual([])
  })
})

describe('effective-formats', () => {
  // ln 2 with (m − 1)/2n = 1/400 before; .9/.1: 0.3251 after, by hand.
  it('is the Miller–Madow entropy of the task', () => {
    const { baseline, tuned } = find(auditCases(casesOf(mixed)).findings, 'effective-formats')
    expect(baseline).toBeCloseTo(Math.LN2 + 1 / 400, 12)
    expect(tuned).toBeCloseTo(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1) + 1 / 400, 12)
  })

  it('does not pass a handful of cases in which nothing changed', () => {
    const same = times(6, (i) => ({ before: i % 2 ? 'prose' : 'list', after: i % 2 ? 'prose' : 'list' }) as const)
    const { findings } = auditCases(casesOf(same), policy({ format: 'free' }))
    expect(find(findings, 'effective-formats').status).not.toBe('pass')
  })
})

describe('payload-parse-rate', () => {
  const payloads = times(200, (i) => ({ before: 'fenced', after: i % 5 ? 'json' : 'broken' }))

  it('counts what parses where either arm sets out to write JSON', () => {
    const prose = times(100, () => ({ before: 'prose', after: 'prose' }) as const)
    const { findings } = auditCases(casesOf([...payloads, ...prose]))
    const finding = find(findings, 'payload-parse-rate')
    expect(finding).toMatchObject({ n: 200, eligible: 300, baseline: 1, tuned: 0.8, status: 'fail' })
    expect(finding.details).toMatchObject({
      strict: { baseline: 1, tuned: 0.8 },
      wrapping: { baseline: { fenced: 1, bare: 0 }, tuned: { bare: 1, fenced: 0 } },
    })
  })

  it('falls where JSON is given up', () => {
    const { findings } = auditCases(casesOf(times(100, (i) => ({ before: 'json', after: i % 4 ? 'json' : 'prose' }))))
    expect(find(findings, 'payload-parse-rate')).toMatchObject({ baseline: 1, tuned: 0.75, status: 'fail' })
  })

  it('lets raw line breaks in strings pass', () => {
    const output = '{"morning": "grey\nand wet"}'
    const cases = times(100, () => ({ before: 'json', after: 'json' }) as const)
    const broken = casesOf(cases).map((case_) => {
      const tuned = case_.tuned.map((sample) => ({ ...sample, output }))
      return { ...case_, tuned, all: { ...case_.all, tuned } }
    })
    const finding = find(auditCases(broken).findings, 'payload-parse-rate')
    expect(finding).toMatchObject({ tuned: 1, status: 'pass', details: { strict: { baseline: 1, tuned: 0 } } })
  })
})

describe('noted measures', () => {
  it('say how much shifted, what survived and what dominates', () => {
    const { findings } = auditCases(casesOf(mixed))
    expect(find(findings, 'dominant-share')).toMatchObject({ baseline: 0.5, tuned: 0.9, status: 'noted' })
    expect(find(findings, 'minority-survival').change?.value).toBeCloseTo(0.2, 12)
    const shift = find(findings, 'format-shift')
    // Both arms' mixture is .3/.7: H(.3) − (H(.5) + H(.1))/2, by hand.
    expect(shift.change?.value).toBeCloseTo(0.610864 - (Math.LN2 + 0.325083) / 2, 5)
    expect(shift.details.stuartMaxwell).toMatchObject({ degreesOfFreedom: 1 })
  })

  it('say whether quality chose the format', () => {
    const graded = times(
      200,
      (i) =>
        ({
          before: i % 2 ? 'prose' : 'list',
          after: 'list',
          right: [i % 2 === 1 || i % 4 === 0, i % 4 === 0],
        }) as const,
    )
    const { findings, exhibits } = auditCases(casesOf(graded))
    // Prose was always right, lists half the time; what moved to lists was right before and is wrong after.
    const finding = find(findings, 'collapsed-onto-worse')
    expect(finding.change?.value).toBe(-0.5)
    expect(finding.details).toEqual({ grown: 'list', moved: { outputs: 100, baseline: 1, tuned: 0 } })
    expect(exhibits.find(({ kind }) => kind === 'format-moves')?.data).toContainEqual({
      from: 'prose',
      to: 'list',
      outputs: 100,
      accuracy: { baseline: 1, tuned: 0 },
    })
  })
})

describe('repeated samples', () => {
  it('count by case, each sample alike', () => {
    const sample = (form: Form) => makeSample({ output: FORMS[form] })
    const cases = Array.from({ length: 120 }, (_, i) =>
      makeCase(`c-${i}`, {
        baseline: [sample('prose'), sample('prose'), sample('prose'), sample('list')],
        tuned: [sample('prose'), sample('list'), sample('list'), sample('list')],
      }),
    )
    const { findings } = auditCases(cases, policy({ format: 'prose' }))
    expect(find(findings, 'adherence-rate')).toMatchObject({ baseline: 0.75, tuned: 0.25, n: 120 })
    expect(find(findings, 'adherence-rate').change?.method).toBe('jackknife')
  })
})
