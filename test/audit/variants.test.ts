import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/audit/evaluate.js'
import { Observation } from '../../src/audit/observation.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { defineDetector } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import { count, defineColumns, once } from '../../src/domain/tally.js'
import { makeCase, makeGraded } from './support.js'

// A detector whose measure decides only in tasks whose options say so: lighthouses that must be lit.
interface Options {
  readonly declared: boolean
}

const { list: columns, at } = defineColumns({
  cases: count(),
  litBaseline: count(),
  litTuned: count(),
  seen: once(count(3)),
})

const lit = (declared: boolean): Measure => ({
  id: 'lit-rate',
  title: 'Share of lighthouses that are lit',
  unit: 'share',
  worse: 'lower',
  margin: 0.05,
  role: declared ? 'guarded' : 'noted',
  needs: [],
  pool: 'sum',
  scope: 'task',
  cases: ['cases'],
  range: 1,
  interval: 'jackknife',
  of: (sums) => {
    const n = sums.count('cases')
    return { kind: 'arms', baseline: sums.count('litBaseline') / n, tuned: sums.count('litTuned') / n }
  },
})

const lighthouses = defineDetector<Options>({
  id: 'lighthouses',
  version: 1,
  title: 'Lights that went out',
  docs: { why: 'ships', how: 'counting', limits: 'fog', sources: [] },
  options: { type: 'object', properties: { declared: { type: 'boolean' } }, additionalProperties: false },
  defaults: { declared: false },
  prepare: ({ declared }) => ({
    columns,
    measures: [lit(declared)],
    exhibits: [{ kind: 'seen', of: (sums) => [...sums.counts('seen')] }],
    observe: (case_, tally) => {
      tally.count(at.cases, 1)
      tally.count(at.seen + 1, 1)
      if (case_.baseline[0]!.correct) tally.count(at.litBaseline, 1)
      if (case_.tuned[0]!.correct) tally.count(at.litTuned, 1)
    },
  }),
})

const CASES = ['north', 'south', 'west'].flatMap((task) =>
  Array.from({ length: 60 }, (_, i) =>
    makeCase(
      `${task}-${i}`,
      { baseline: [makeGraded(true)], tuned: [makeGraded(task === 'north' || i % 2 === 0)] },
      { task },
    ),
  ),
)

const audited = (config: PartialConfig) => {
  const policy = resolvePolicy(config, [lighthouses])
  const policyOf = taskPolicies(policy)
  const observation = new Observation([lighthouses], policyOf)
  for (const case_ of CASES) observation.observe(case_)
  return evaluate(observation, { detectors: [lighthouses], policy, policyOf })
}

const declaredOn = (tasks: string): PartialConfig => ({
  overrides: [{ tasks, detectors: { lighthouses: { options: { declared: true } } } }],
})

describe('a measure whose role depends on the task', () => {
  it('is pooled over the tasks in which it decides most, and found in the others too', () => {
    const { findings } = audited(declaredOn('?o*'))
    const rows = findings.map(({ task, role, status, n }) => [task, role, status, n])
    expect(rows).toEqual([
      [null, 'guarded', 'fail', 120],
      ['north', 'watched', 'pass', 60],
      ['south', 'watched', 'fail', 60],
      ['west', 'noted', 'noted', 60],
    ])
  })

  it('is found per task even where one task alone decides', () => {
    const { findings } = audited(declaredOn('north'))
    const rows = findings.map(({ task, role, n }) => [task, role, n])
    expect(rows).toEqual([
      [null, 'guarded', 60],
      ['north', 'watched', 60],
      ['south', 'noted', 60],
      ['west', 'noted', 60],
    ])
  })

  it('is pooled over the task in which it decides, also where others come first', () => {
    const { findings } = audited(declaredOn('west'))
    const rows = findings.map(({ task, role, n }) => [task, role, n])
    expect(rows).toEqual([
      [null, 'guarded', 60],
      ['north', 'noted', 60],
      ['south', 'noted', 60],
      ['west', 'watched', 60],
    ])
  })

  it('is pooled as the tasks have it, whatever the general options would make of it', () => {
    const { findings } = audited({
      detectors: { lighthouses: { options: { declared: true } } },
      overrides: [{ tasks: '*', detectors: { lighthouses: { options: { declared: false } } } }],
    })
    expect(findings[0]).toMatchObject({ task: null, role: 'noted', n: 180 })
  })

  it('is pooled over all tasks where none declares anything', () => {
    expect(audited({}).findings[0]).toMatchObject({ task: null, role: 'noted', n: 180 })
  })
})

describe('a column that is kept once', () => {
  it('holds the sum over all cases and leaves intervals alone', () => {
    const { exhibits, findings } = audited({})
    expect(exhibits.map(({ task, data }) => [task, data])).toEqual([
      [null, [0, 180, 0]],
      ['north', [0, 60, 0]],
      ['south', [0, 60, 0]],
      ['west', [0, 60, 0]],
    ])
    expect(findings[0]!.change).toMatchObject({ value: 120 / 180 - 1, method: 'jackknife' })
  })

  it('is merged like any other', () => {
    const policy = resolvePolicy({}, [lighthouses])
    const policyOf = taskPolicies(policy)
    const total = new Observation([lighthouses], policyOf)
    for (const part of [CASES.slice(0, 50), CASES.slice(50)]) {
      const own = new Observation([lighthouses], policyOf)
      for (const case_ of part) own.observe(case_)
      total.merge(own)
    }
    expect(evaluate(total, { detectors: [lighthouses], policy, policyOf })).toEqual(audited({}))
  })

  it('gives no pooled picture of tasks that were counted in different ways', () => {
    expect(audited(declaredOn('north')).exhibits.map(({ task }) => task)).toEqual(['north', 'south', 'west'])
  })
})
