import { describe, expect, it } from 'vitest'
import { estimate } from '../../src/audit/estimate.js'
import { carries, type EstimateTask } from '../../src/audit/estimate-task.js'
import { bucketCases } from '../../src/audit/leave-out.js'
import { grouping } from '../../src/audit/pooled-estimate.js'
import { tasksOf } from '../../src/audit/questions.js'
import { ownReading } from '../../src/audit/readings.js'
import type { Case } from '../../src/domain/case.js'
import type { Measure, UnmeasuredReason } from '../../src/domain/measure.js'
import { measuredOf } from './estimates.js'
import { bucketOf, EVEN, LIT, lights, PLAIN, SAMPLED, watched, watching } from './lighthouses.js'

const NORTH = lights('north', { both: 150, out: 40, on: 10, dark: 30 })
const SOUTH = lights('south', { both: 60, out: 5, on: 9, dark: 20 })

function tasksFor(measure: Measure, cases: readonly Case[]): EstimateTask[] {
  const detector = watching([measure])
  return tasksOf(detector, watched([detector], cases).observation, [ownReading(measure)])
}

/** A measure over tasks; each reading is the tasks' own, so that it is asked through them. */
function estimated(measure: Measure, cases: readonly Case[], given: { readonly severalTasks?: boolean } = {}) {
  const detector = watching([measure])
  const reading = ownReading(measure)
  const tasks = tasksOf(detector, watched([detector], cases).observation, [reading])
  return estimate(reading, tasks, { alpha: 0.05, groupOf: grouping([reading]), severalTasks: true, ...given })
}

/** The measure, unmeasured for a reason in a task in which no light is dark throughout. */
const unmeasuredIn = (reason: UnmeasuredReason, measure: Measure = PLAIN): Measure => ({
  ...measure,
  of: (sums, whole) =>
    whole.count('litBaseline') === whole.count('cases') ? { kind: 'unmeasured', reason } : PLAIN.of(sums, whole),
})
const ALL_LIT = lights('west', { both: 30, out: 3 })

describe('tasks', () => {
  it('have estimates of their own where the run has several', () => {
    const { pooled, tasks } = estimated(PLAIN, [...NORTH, ...SOUTH])
    expect(pooled).toMatchObject({ n: 324, baseline: 255 / 324, tuned: 229 / 324 })
    expect(tasks.map(([task, own]) => [task, own.n, own.kind])).toEqual([
      ['north', 230, 'measured'],
      ['south', 94, 'measured'],
    ])
    expect(tasks[1]![1]).toMatchObject({ baseline: 65 / 94, tuned: 69 / 94, clusters: 94 })
  })

  it('have none where the run has one, or where the measure speaks of the run', () => {
    expect(estimated(PLAIN, NORTH, { severalTasks: false }).tasks).toEqual([])
    expect(estimated({ ...PLAIN, scope: 'run' }, [...NORTH, ...SOUTH]).tasks).toEqual([])
  })

  it('in which no case carries the measure have none', () => {
    const out: Measure = { ...PLAIN, cases: ['wentOut'] }
    const { tasks } = estimated(out, [...NORTH, ...lights('east', { both: 9 })])
    expect(tasks.map(([task]) => task)).toEqual(['north'])
  })

  it('that are not measured say why, and what is measured of them', () => {
    const reason = { code: 'nothing-changed' } as const
    const { tasks } = estimated(unmeasuredIn(reason), [...NORTH, ...ALL_LIT])
    expect(tasks[1]).toEqual(['west', { kind: 'unmeasured', reason, n: 33 }])
  })
})

describe('a measure pooled by its sums', () => {
  it('leaves out a task that is not measured, as long as another is', () => {
    const reason = { code: 'nothing-changed' } as const
    expect(estimated(unmeasuredIn(reason), [...ALL_LIT, ...NORTH]).pooled).toMatchObject({ kind: 'measured', n: 230 })
    expect(estimated(unmeasuredIn(reason), ALL_LIT).pooled).toEqual({ kind: 'unmeasured', reason, n: 33 })
  })

  it('adds a task that is not measured without some of its cases', () => {
    const fragile: Measure = {
      ...PLAIN,
      of: (sums, whole) =>
        whole.count('cases') === 33 && sums.count('cases') < 33
          ? { kind: 'unmeasured', reason: { code: 'nothing-changed' } }
          : PLAIN.of(sums, whole),
    }
    const { pooled, tasks } = estimated(fragile, [...NORTH, ...ALL_LIT])
    expect(pooled).toMatchObject({ kind: 'measured', n: 263 })
    expect(tasks[1]![1]).toMatchObject({ reason: { code: 'undefined-without-some-cases' } })
  })

  it('that no task has says what the largest that carries it lacks, and counts them all', () => {
    const why: Measure = {
      ...PLAIN,
      cases: ['wentOut'],
      of: (_, whole) => ({
        kind: 'unmeasured',
        reason: { code: 'too-few', what: 'lights', have: whole.count('cases'), need: 1000 },
      }),
    }
    const { pooled } = estimated(why, [...lights('east', { both: 9 }), ...NORTH, ...SOUTH])
    expect(pooled).toMatchObject({ reason: { code: 'too-few', have: 230 }, n: 45 })
  })

  it('is void where a verifier failed on every case', () => {
    const reason = { code: 'verifier-failed' } as const
    const failed: Measure = { ...PLAIN, needs: ['score'], cases: ['lost'], of: () => ({ kind: 'unmeasured', reason }) }
    expect(estimated(failed, NORTH).pooled).toEqual({ kind: 'unmeasured', reason, n: 0 })
  })

  it('is void where a task’s verifier failed', () => {
    const reason = { code: 'verifier-failed' } as const
    const { pooled, tasks } = estimated(unmeasuredIn(reason), [...NORTH, ...ALL_LIT])
    expect(pooled).toEqual({ kind: 'unmeasured', reason, n: 33 })
    expect(tasks.map(([, own]) => own.kind)).toEqual(['measured', 'unmeasured'])
  })

  it('keeps paired methods over several tasks', () => {
    expect(estimated(LIT, [...NORTH, ...SOUTH]).pooled).toMatchObject({ paired: { n: 324, harmed: 45, helped: 19 } })
  })

  it('loses them where one task is clustered', () => {
    const clustered = lights('west', { both: 30, out: 4 }, (i) => `reef ${i % 17}`)
    const { pooled, tasks } = estimated(LIT, [...NORTH, ...clustered])
    expect(pooled).toMatchObject({ paired: null, interval: { method: 'jackknife' } })
    expect(tasks.map(([, own]) => own.kind === 'measured' && own.paired !== null)).toEqual([true, false])
  })

  it('is worth the clusters of all its tasks together', () => {
    const pairs = (task: string, given: Parameters<typeof lights>[1]) =>
      lights(task, given, (i) => `${task} ${Math.floor(i / 2)}`)
    const tasks = [...pairs('north', { both: 90, out: 10 }), ...pairs('south', { both: 40, out: 20 })]
    expect(estimated(LIT, tasks).pooled).toMatchObject({ n: 160, clusters: 80 })
  })
})

describe('a mean of tasks', () => {
  const even: Measure = { ...LIT, pool: EVEN }

  it('weighs them as its pool does', () => {
    const { pooled } = estimated(even, [...NORTH, ...SOUTH])
    const change = (-30 / 230 + 4 / 94) / 2
    expect(pooled).toMatchObject({ kind: 'measured', n: 324, baseline: null, tuned: null })
    if (pooled.kind === 'measured') {
      expect(pooled.change.value).toBeCloseTo(change, 14)
      // 1/√((½/230)² + (½/94)²): what each task leaves open, in quadrature.
      expect(pooled.clusters).toBeCloseTo(1 / Math.hypot(0.5 / 230, 0.5 / 94), 9)
    }
  })

  it('has paired methods where there is but one task', () => {
    expect(estimated(even, NORTH).pooled).toMatchObject({ paired: { harmed: 40, helped: 10 } })
    expect(estimated(even, [...NORTH, ...SOUTH]).pooled).toMatchObject({ paired: null })
  })

  it('leaves out a task that is not measured without some bucket', () => {
    const fragile: Measure = {
      ...even,
      of: (sums, whole) =>
        whole.count('cases') < 50 && sums.count('cases') < whole.count('cases')
          ? { kind: 'unmeasured', reason: { code: 'nothing-changed' } }
          : LIT.of(sums, whole),
    }
    const { pooled, tasks } = estimated(fragile, [...NORTH, ...ALL_LIT])
    expect(pooled).toMatchObject({ kind: 'measured', n: 230 })
    expect(tasks[1]![1]).toMatchObject({ reason: { code: 'undefined-without-some-cases' }, n: 33 })
  })

  it('is unmeasured where its pool finds nothing, or finds nothing without some bucket', () => {
    const reason = { code: 'too-few', what: 'tasks', have: 2, need: 3 } as const
    const never: Measure = { ...even, pool: { weight: () => 1, of: () => ({ kind: 'unmeasured', reason }) } }
    expect(estimated(never, [...NORTH, ...SOUTH]).pooled).toEqual({ kind: 'unmeasured', reason, n: 324 })
    const isWhole = (cases: number) => cases === 324
    const fragile: Measure = {
      ...even,
      pool: {
        weight: () => 1,
        of: (tasks) =>
          isWhole(tasks.reduce((sum, { cases }) => sum + cases, 0)) ? EVEN.of(tasks) : { kind: 'unmeasured', reason },
      },
    }
    expect(estimated(fragile, [...NORTH, ...SOUTH]).pooled).toEqual({
      kind: 'unmeasured',
      reason: { code: 'undefined-without-some-cases' },
      n: 324,
    })
  })

  it('of samples takes clusters for as large as the sample sees them', () => {
    // Of 2,000 cases in pairs 512 are kept: a case meets its partner in 512/2000 of cases.
    const cases = lights('north', { both: 1900, out: 100 }, (i) => `reef ${Math.floor(i / 2)}`)
    const { pooled } = estimated({ ...SAMPLED, discordance: () => null }, cases)
    expect(pooled).toMatchObject({ kind: 'measured', n: 512, clusters: 512 / (1 + 512 / 2000) })
    const { pooled: all, tasks } = estimated(PLAIN, cases)
    expect(all).toMatchObject({ n: 2000, clusters: 1000 })
    expect(tasks[0]![1]).toMatchObject({ n: 2000, clusters: 1000 })
  })
})

describe('no task', () => {
  it('leaves a measure without the fields that it needs, or with nothing to evaluate', () => {
    const why = (needs: Measure['needs']) => estimated({ ...PLAIN, needs }, []).pooled
    expect(why(['score'])).toMatchObject({ reason: { code: 'missing-field', needs: ['score'] }, n: 0 })
    expect(why([])).toMatchObject({ reason: { code: 'nothing-evaluable' }, n: 0 })
  })
})

describe('grouping', () => {
  const tasks = tasksFor(PLAIN, [...NORTH, ...SOUTH])

  it('gives a task alone its own group, and the same tasks the same', () => {
    const groupOf = grouping([ownReading(PLAIN)])
    expect(groupOf([tasks[0]!])).toBe(tasks[0]!.group)
    expect(groupOf(tasks)).toBe(groupOf([...tasks]))
    expect(groupOf(tasks)).not.toBe(groupOf([tasks[1]!, tasks[1]!]))
    expect(groupOf(tasks).whole.count('cases')).toBe(324)
  })

  it('reads together what is summed and what all of the tasks have', () => {
    let reads = 0
    const counted: Measure = {
      ...PLAIN,
      pool: EVEN,
      of: (sums, whole) => {
        reads++
        return PLAIN.of(sums, whole)
      },
    }
    const readings = [ownReading(PLAIN), ownReading(counted), ownReading({ ...counted, id: 'elsewhere', pool: 'sum' })]
    expect(grouping(readings)(tasks).leftOut(readings[0]!).cases).toBe(324)
    const [north, south] = [tasks[0]!, { ...tasks[1]!, measures: [PLAIN, { ...counted, id: 'elsewhere' }] }]
    expect(grouping(readings)([north, south]).leftOut(readings[0]!).cases).toBe(324)
    expect(reads).toBe(0)
  })
})

describe('bucketCases', () => {
  it('are the cases of each bucket that has some', () => {
    const bucket = (cases: number) => ({ cases, share: 1, value: 'emptied' }) as const
    const without = new Map([
      [7, bucket(3)],
      [9, bucket(1)],
    ])
    expect(bucketCases({ whole: { kind: 'change', change: 0 }, cases: 4, without })).toEqual([3, 1])
  })
})

describe('carries', () => {
  it('asks for the measure in the variant given', () => {
    expect(carries({ measures: [SAMPLED, PLAIN] }, PLAIN)).toBe(true)
    expect(carries({ measures: [{ ...PLAIN, role: 'noted' }, SAMPLED] }, PLAIN)).toBe(false)
    expect(carries({ measures: [] }, PLAIN)).toBe(false)
  })
})

describe('tasks that a measure chose by their baseline', () => {
  const BAY = lights('bay', { both: 80, out: 20 })
  const COVE = lights('cove', { both: 60, out: 6 })
  /** Held to their light where nearly all of the whole have one. */
  const KEPT: Measure = {
    ...LIT,
    pool: EVEN,
    chosen: true,
    of: (sums, whole) =>
      whole.count('litBaseline') < 0.95 * whole.count('cases')
        ? { kind: 'unmeasured', reason: { code: 'several-formats' } }
        : LIT.of(sums, whole),
  }
  const isTold = (one: Case) => bucketOf(one) % 3 !== 0
  const fall = (cases: readonly Case[]) => cases.filter((one) => one.tuned[0]!.correct === false).length / cases.length

  it('are pooled by the cases that do not tell what they are held to', () => {
    const { pooled, tasks } = estimated(KEPT, [...BAY, ...COVE, ...NORTH])
    const told = [BAY, COVE].map((cases) => cases.filter(isTold))
    expect(pooled).toMatchObject({ kind: 'measured', n: told[0]!.length + told[1]!.length, paired: null })
    expect(pooled.kind === 'measured' && pooled.change.value).toBeCloseTo(-(fall(told[0]!) + fall(told[1]!)) / 2, 12)
    expect(tasks.map(([task, own]) => [task, own.n, own.kind])).toEqual([
      ['bay', 100, 'measured'],
      ['cove', 66, 'measured'],
      ['north', 230, 'unmeasured'],
    ])
  })

  it('are held to nothing by their own luck', () => {
    // Lit only where it does not tell.
    const lucky = [...lights('east', { both: 60 }), ...lights('east', { dark: 120 }).slice(60)].filter(
      (one) => isTold(one) === (one.baseline[0]!.correct === true),
    )
    const { pooled } = estimated(KEPT, [...lucky, ...BAY])
    expect(pooled).toMatchObject({ n: BAY.filter(isTold).length })
  })

  it('say of all their cases why the largest is not measured', () => {
    const few = lights('ayr', { both: 3 })
    const { pooled } = estimated(KEPT, [...few, ...NORTH])
    expect(pooled).toEqual({ kind: 'unmeasured', reason: { code: 'several-formats' }, n: 233 })
  })

  it('are worth the clusters that are measured, however many', () => {
    const pairs = (task: string) => lights(task, { both: 1200 }, (i) => `${task}-${i >> 1}`)
    const { pooled } = estimated(KEPT, [...pairs('bay'), ...pairs('cove'), ...NORTH])
    const told = ['bay', 'cove'].map((task) => pairs(task).filter(isTold).length / 2)
    // Each task has half the weight.
    expect(measuredOf(pooled).clusters).toBeCloseTo(1 / Math.hypot(...told.map((pairsTold) => 0.5 / pairsTold)), 8)
  })

  it('are pooled with all their cases where every one of them is measured', () => {
    const { pooled } = estimated(KEPT, [...BAY, ...COVE])
    expect(pooled).toMatchObject({ n: 166 })
    expect(pooled.kind === 'measured' && pooled.change.value).toBeCloseTo(-(fall(BAY) + fall(COVE)) / 2, 12)
  })

  it('are the task itself where it is the only one', () => {
    const { pooled } = estimated(KEPT, BAY, { severalTasks: false })
    expect(pooled).toMatchObject({ n: 100, paired: { n: 100, harmed: 20, helped: 0 } })
  })
})
