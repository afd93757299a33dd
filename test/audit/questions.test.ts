import { describe, expect, it } from 'vitest'
import type { Question } from '../../src/audit/judge.js'
import { type EvaluationContext, questionsOf, tasksOf } from '../../src/audit/questions.js'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import type { AnyDetector } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import { LIT, lights, PLAIN, SAMPLED, WITH_LOST, watched, watching } from './lighthouses.js'
import { makeCase, makeSample } from './support.js'

const NORTH = lights('north', { both: 40, out: 5, on: 2 })
const SOUTH = lights('south', { both: 30, out: 1, lost: 4 })

function questions(
  detector: AnyDetector,
  cases: readonly Case[],
  config: PartialConfig = {},
  more: Partial<EvaluationContext> = {},
): Question[] {
  const { observation, context } = watched([detector], cases, config)
  return questionsOf(detector, observation, { ...context, ...more })
}

const rows = (asked: readonly Question[]) =>
  asked.map(({ measure, task, role, estimate }) => [measure.id, task, role, estimate.n])

describe('questions', () => {
  it('are one for each measure, pooled, and one for each of several tasks', () => {
    const dark: Measure = { ...PLAIN, id: 'dark-rate', role: 'watched' }
    expect(rows(questions(watching([LIT, dark]), [...NORTH, ...SOUTH]))).toEqual([
      ['lit-rate', null, 'guarded', 78],
      ['lit-rate', 'north', 'watched', 47],
      ['lit-rate', 'south', 'watched', 31],
      ['dark-rate', null, 'watched', 78],
      ['dark-rate', 'north', 'noted', 47],
      ['dark-rate', 'south', 'noted', 31],
    ])
    expect(rows(questions(watching([LIT]), NORTH))).toEqual([['lit-rate', null, 'guarded', 47]])
  })

  it('know how many cases there were, whether they carry the measure or not', () => {
    const out: Measure = { ...PLAIN, cases: ['wentOut'] }
    const asked = questions(watching([out]), [...NORTH, ...SOUTH])
    expect(asked.map(({ eligible, estimate }) => [eligible, estimate.n])).toEqual([
      [78, 6],
      [47, 5],
      [31, 1],
    ])
  })

  it('have a worst case where cases were lost, and only there', () => {
    const asked = questions(watching([WITH_LOST]), [...NORTH, ...SOUTH])
    expect(asked.map(({ worstCase }) => worstCase?.n ?? null)).toEqual([82, null, 35])
    expect(questions(watching([LIT]), SOUTH)[0]!.worstCase).toBeNull()
  })

  it('of the sample know how many cases it holds: 512 of a task, 32 of each of many', () => {
    const limits = (cases: readonly Case[]) => questions(watching([SAMPLED]), cases).map(({ mostCases }) => mostCases)
    expect(limits(NORTH)).toEqual([512])
    expect(limits([...NORTH, ...SOUTH])).toEqual([1024, 512, 512])
    expect(questions(watching([LIT]), NORTH)[0]!.mostCases).toBeNull()
  })

  it('show the worst examples of their tasks', () => {
    const ids = (asked: readonly Question[]) => asked.map(({ examples }) => examples.map(({ example }) => example.task))
    const asked = ids(questions(watching([LIT]), [...NORTH, ...SOUTH]))
    expect(asked[0]).toHaveLength(3)
    expect(asked.slice(1)).toEqual([['north', 'north', 'north'], ['south']])
  })

  it('say on which terms they are judged, for each task by its overrides', () => {
    const margins = (margin: number) => ({ lighthouses: { margins: { 'lit-rate': margin } } })
    const config = { detectors: margins(0.02), overrides: [{ tasks: 'south', detectors: margins(0.3) }] }
    const flagged = new Set(['lighthouses.lit-rate'])
    const asked = questions(watching([LIT]), [...NORTH, ...SOUTH], config, { flagged })
    expect(asked.map(({ margin, marginFrom, unrelaxed }) => [margin, marginFrom, unrelaxed ?? null])).toEqual([
      [0.02, 'flag', null],
      [0.02, 'flag', null],
      [0.3, 'config', { role: 'watched', margin: 0.05 }],
    ])
    expect(questions(watching([LIT]), NORTH, config)[0]!.marginFrom).toBe('config')
  })

  it('of a task do not take over what is relaxed in the pooled one alone', () => {
    const config = {
      detectors: { lighthouses: { margins: { 'lit-rate': 0.3 } } },
      overrides: [{ tasks: 'south', detectors: { lighthouses: { margins: { 'lit-rate': 0.05 } } } }],
    }
    const asked = questions(watching([LIT]), [...NORTH, ...SOUTH], config)
    expect(asked.map(({ unrelaxed }) => unrelaxed !== undefined)).toEqual([true, true, false])
  })
})

describe('a measure that could not be measured', () => {
  const missing = (needs: Measure['needs'], cases: readonly Case[]) => {
    const measure: Measure = {
      ...PLAIN,
      needs,
      cases: ['lost'],
      of: () => ({ kind: 'unmeasured', reason: { code: 'missing-field', needs } }),
    }
    return questions(watching([measure]), cases).map(({ estimate }) => estimate)
  }
  const lacking = (...needs: Measure['needs']) => ({
    kind: 'unmeasured',
    reason: { code: 'missing-field', needs },
    n: 0,
  })

  it('names the fields that the baseline lacks, of those that it needs', () => {
    expect(missing(['score', 'confidence', 'repeats'], NORTH)).toEqual([lacking('confidence', 'repeats')])
    const bare = [makeCase('bare', { baseline: [makeSample()], tuned: [makeSample()] }, { task: 'north' })]
    expect(missing(['score', 'confidence'], bare)).toEqual([lacking('score', 'confidence')])
  })

  it('names all of them where the baseline carries each', () => {
    expect(missing(['score'], NORTH)).toEqual([lacking('score')])
  })

  it('looks at the fields of its task alone', () => {
    const bare = [makeCase('bare', { baseline: [makeSample()], tuned: [makeSample()] }, { task: 'west' })]
    const measure: Measure = {
      ...PLAIN,
      needs: ['score', 'confidence'],
      of: () => ({ kind: 'unmeasured', reason: { code: 'missing-field', needs: ['score', 'confidence'] } }),
    }
    const found = questions(watching([measure]), [...NORTH, ...bare]).map(({ task, estimate }) => [task, estimate])
    expect(found).toEqual([
      [null, lacking('confidence')],
      ['north', lacking('confidence')],
      ['west', lacking('score', 'confidence')],
    ])
  })

  it('keeps any other reason, and the cases', () => {
    const reason = { code: 'several-formats' } as const
    const measure: Measure = { ...PLAIN, of: () => ({ kind: 'unmeasured', reason }) }
    expect(questions(watching([measure]), NORTH)[0]!.estimate).toEqual({ kind: 'unmeasured', reason, n: 47 })
  })
})

describe('a detector', () => {
  it('that saw no case has its questions all the same', () => {
    const unavailable = { code: 'not-declared', option: 'course' } as const
    const needs: Measure['needs'] = ['score']
    const asked = questions(
      watching([
        { ...PLAIN, needs },
        { ...SAMPLED, unavailable },
      ]),
      [],
    )
    expect(asked.map(({ measure, estimate, eligible }) => [measure.id, estimate, eligible])).toEqual([
      ['lit-rate', { kind: 'unmeasured', reason: { code: 'missing-field', needs }, n: 0 }, 0],
      ['sampled-lit-rate', { kind: 'unmeasured', reason: unavailable, n: 0 }, 0],
    ])
    expect(asked.every(({ worstCase, examples }) => worstCase === null && examples.length === 0)).toBe(true)
  })

  it('that crashed has no tasks, and says so', () => {
    const broken = watching([WITH_LOST], {
      observe: () => {
        throw new Error('struck a rock')
      },
    })
    const { observation, context } = watched([broken], [...NORTH, ...SOUTH])
    expect(tasksOf(broken, observation, [])).toEqual([])
    expect(questionsOf(broken, observation, context).map(({ estimate }) => estimate)).toEqual([
      { kind: 'unmeasured', reason: { code: 'detector-crashed' }, n: 0 },
    ])
  })

  it('that is off has none, and looks at no task in which it is', () => {
    const off = { lighthouses: { level: 'off' } } as const
    expect(questions(watching([LIT]), NORTH, { detectors: off })).toEqual([])
    const inSouth = { overrides: [{ tasks: 'south', detectors: off }] }
    expect(rows(questions(watching([LIT]), [...NORTH, ...SOUTH], inSouth))).toEqual([
      ['lit-rate', null, 'guarded', 47],
      ['lit-rate', 'north', 'watched', 47],
    ])
  })
})

describe('what the baseline settles of a measure', () => {
  const settled: Measure = {
    ...PLAIN,
    role: 'watched',
    variant: (whole) => ({ role: whole.count('litBaseline') > 40 ? 'guarded' : 'noted' }),
  }

  it('is settled for each task; the pooled question is that of the tasks where it decides most', () => {
    expect(rows(questions(watching([settled, SAMPLED]), [...SOUTH, ...NORTH]))).toEqual([
      ['lit-rate', null, 'guarded', 47],
      ['lit-rate', 'north', 'watched', 47],
      ['sampled-lit-rate', null, 'guarded', 78],
      ['sampled-lit-rate', 'north', 'watched', 47],
      ['sampled-lit-rate', 'south', 'watched', 31],
      ['lit-rate', 'south', 'noted', 31],
    ])
  })

  it('may come first in the order of tasks or last', () => {
    const west = NORTH.map((case_) => ({ ...case_, task: 'west' }))
    expect(rows(questions(watching([settled]), [...SOUTH, ...west]))).toEqual([
      ['lit-rate', null, 'guarded', 47],
      ['lit-rate', 'west', 'watched', 47],
      ['lit-rate', 'south', 'noted', 31],
    ])
  })
})

describe('questions of which only the verdict is asked', () => {
  const noted: Measure = { ...PLAIN, id: 'dark-rate', role: 'noted' }
  const detailed: Measure = { ...LIT, details: () => ({ fog: 'thick' }) }
  const deciding = (measures: readonly Measure[], config: PartialConfig = {}) =>
    questions(watching(measures), [...NORTH, ...SOUTH], config, { only: 'deciding' })

  it('leave out what decides nowhere, details and examples', () => {
    const asked = deciding([detailed, noted])
    expect(rows(asked)).toEqual([
      ['lit-rate', null, 'guarded', 78],
      ['lit-rate', 'north', 'watched', 47],
      ['lit-rate', 'south', 'watched', 31],
    ])
    for (const { estimate, examples } of asked) {
      expect(examples).toEqual([])
      expect(estimate).toMatchObject({ kind: 'measured', details: {} })
    }
  })

  it('keep what decides in some task alone', () => {
    const guarded = { lighthouses: { roles: { 'dark-rate': 'guarded' } } } as const
    const asked = deciding([noted], { overrides: [{ tasks: 'south', detectors: guarded }] })
    expect(asked.map(({ task, role }) => [task, role])).toEqual([
      [null, 'noted'],
      ['north', 'noted'],
      ['south', 'guarded'],
    ])
  })

  it('are decided as among all others', () => {
    const [all] = questions(watching([LIT, noted]), [...NORTH, ...SOUTH])
    const [only] = deciding([LIT, noted])
    expect(only!.estimate).toEqual(all!.estimate)
  })
})
