import { Group, type Reading } from '../../src/audit/leave-out.js'
import { Observation, placeOf, preparing } from '../../src/audit/observation.js'
import type { EvaluationContext } from '../../src/audit/questions.js'
import type { TaskTally } from '../../src/audit/tally.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import type { Case } from '../../src/domain/case.js'
import { type AnyDetector, defineDetector, type Prepared } from '../../src/domain/detector.js'
import type { Corpus, Measure, TaskPool, TaskValue } from '../../src/domain/measure.js'
import { AXES, type Facet, type Portrait } from '../../src/domain/slice.js'
import { count, defineColumns, type Sampled } from '../../src/domain/tally.js'
import { makeCase, makeGraded } from './support.js'

// A detector whose numbers are counted by hand: of lighthouses, how many are lit before and after.

const { list: columns, at } = defineColumns({
  cases: count(),
  litBaseline: count(),
  litTuned: count(),
  wentOut: count(),
  cameOn: count(),
  lost: count(),
  lostLit: count(),
})

/** The share of lighthouses that are lit, with everything that a measure may have but a worst case. */
export const LIT: Measure = {
  id: 'lit-rate',
  title: 'Share of lighthouses that are lit',
  unit: 'share',
  worse: 'lower',
  margin: 0.05,
  role: 'guarded',
  needs: [],
  pool: 'sum',
  scope: 'task',
  cases: ['cases'],
  range: 1,
  interval: 'jackknife',
  of: (sums) => arms(sums.count('litBaseline'), sums.count('litTuned'), sums.count('cases')),
  discordance: (sums) => ({
    cases: sums.count('cases'),
    onlyBaseline: sums.count('wentOut'),
    onlyTuned: sums.count('cameOn'),
  }),
}

/** Also counted by slices. */
export const SLICED: Measure = { ...LIT, sliced: ['litBaseline', 'litTuned', 'wentOut', 'cameOn'] }

/** Without exact paired methods. */
export const PLAIN: Measure = { ...LIT, discordance: () => null }

/** Lighthouses that were not seen again count as dark. */
export const WITH_LOST: Measure = {
  ...LIT,
  worstCase: {
    cases: ['cases', 'lost'],
    of: (sums) =>
      arms(
        sums.count('litBaseline') + sums.count('lostLit'),
        sums.count('litTuned'),
        sums.count('cases') + sums.count('lost'),
      ),
  },
}

const change = ({ value }: TaskValue) => (value.kind === 'change' ? value.change : value.tuned - value.baseline)

/** The mean of the tasks' changes, each task as much as the others. */
export const EVEN: TaskPool = {
  weight: () => 1,
  of: (tasks) => ({ kind: 'change', change: tasks.reduce((sum, task) => sum + change(task), 0) / tasks.length }),
}

/** Of the sampled lighthouses, how many more are lit. */
export const SAMPLED: Measure = { ...PLAIN, id: 'sampled-lit-rate', pool: EVEN, corpus }

interface Seen {
  readonly before: boolean
  readonly after: boolean
}

function corpus(cases: readonly Sampled[], buckets: number): Corpus {
  const of = (some: readonly Sampled[]) => {
    const seen = some.map(({ features }) => features as Seen)
    return arms(seen.filter(({ before }) => before).length, seen.filter(({ after }) => after).length, seen.length)
  }
  const numbers = Array.from({ length: buckets }, (_, bucket) => bucket)
  return {
    whole: of(cases),
    without: numbers.map((bucket) => of(cases.filter((one) => one.bucket !== bucket))),
    cases: numbers.map((bucket) => cases.filter((one) => one.bucket === bucket).length),
  }
}

function arms(baseline: number, tuned: number, n: number) {
  return n === 0
    ? ({ kind: 'unmeasured', reason: { code: 'nothing-evaluable' } } as const)
    : ({ kind: 'arms', baseline: baseline / n, tuned: tuned / n } as const)
}

/** A detector with the measures given; `more` is what else its options prepare. */
export function watching(measures: readonly Measure[], more: Partial<Prepared> = {}, id = 'lighthouses'): AnyDetector {
  return defineDetector<object>({
    id,
    version: 1,
    title: 'Lights that went out',
    docs: { why: 'ships', how: 'counting', limits: 'fog', sources: [] },
    options: { type: 'object', additionalProperties: false },
    defaults: {},
    prepare: () => ({ columns, measures, exhibits: [], observe, observeLost, ...more }),
  })
}

const observe: Prepared['observe'] = (case_, tally) => {
  const before = case_.baseline[0]!.correct === true
  const after = case_.tuned[0]!.correct === true
  tally.count(at.cases, 1)
  if (before) tally.count(at.litBaseline, 1)
  if (after) tally.count(at.litTuned, 1)
  if (before && !after) {
    tally.count(at.wentOut, 1)
    tally.example(LIT.id, 1, 'went-out')
  }
  if (after && !before) tally.count(at.cameOn, 1)
  tally.sample(() => ({ features: { before, after }, examples: [] }))
}

const observeLost: NonNullable<Prepared['observeLost']> = ({ samples }, tally) => {
  const before = samples[0]!.correct === true
  tally.count(at.lost, 1)
  if (before) tally.count(at.lostLit, 1)
  tally.sample(() => ({ before, after: false }))
}

/** Lighthouses of a task: of `both`, `out`, `on` and `dark`, lit before or after; `lost` ones were lit and not seen again. */
export interface Lights {
  readonly both?: number
  readonly out?: number
  readonly on?: number
  readonly dark?: number
  readonly lost?: number
}

export function lights(
  task: string,
  { both = 0, out = 0, on = 0, dark = 0, lost = 0 }: Lights,
  clusterOf: (i: number) => string | null = () => null,
): Case[] {
  const kinds = [
    ...Array<[boolean, boolean]>(both).fill([true, true]),
    ...Array<[boolean, boolean]>(out).fill([true, false]),
    ...Array<[boolean, boolean]>(on).fill([false, true]),
    ...Array<[boolean, boolean]>(dark).fill([false, false]),
    ...Array<[boolean, null]>(lost).fill([true, null]),
  ]
  return kinds.map(([before, after], i) =>
    makeCase(
      `${task}-${i}`,
      { baseline: [makeGraded(before)], tuned: after === null ? [] : [makeGraded(after)] },
      { task, cluster: clusterOf(i) },
    ),
  )
}

export interface Watched {
  readonly observation: Observation
  readonly context: EvaluationContext
}

/** Cases as the detectors observed them, in slices by tag, and the context in which they are asked. */
export function watched(all: readonly AnyDetector[], cases: readonly Case[], config: PartialConfig = {}): Watched {
  const policy = resolvePolicy(config, all)
  const policyOf = taskPolicies(policy)
  const observation = new Observation(all, policyOf, preparing(), byTags)
  for (const case_ of cases) observation.observe(case_)
  return { observation, context: { detectors: all, policy, policyOf } }
}

/** What was counted of a task. */
export function tallyOf({ observation }: Watched, task: string, detector = 'lighthouses'): TaskTally {
  return observation
    .observed()
    .find(([name]) => name === task)![1]
    .tallies.get(detector)!
}

/** What is filed under a tag; `shape:code` is a facet of another axis. */
function byTags({ tags }: Case): Portrait {
  const facetOf = (tag: string): Facet => {
    const axis = AXES.find((one) => tag.startsWith(`${one}:`))
    return axis === undefined ? { axis: 'tag', name: tag } : { axis, name: tag.slice(axis.length + 1) }
  }
  return { facets: tags.map(facetOf), prompt: null }
}

/** The cases with one tag each: the first of two where it holds. */
export function tagged(
  cases: readonly Case[],
  first: (case_: Case) => boolean,
  tags = ['harbour', 'open sea'],
): Case[] {
  return cases.map((case_) => ({ ...case_, tags: [first(case_) ? tags[0]! : tags[1]!] }))
}

export const bucketOf = (case_: Case): number => placeOf(case_).bucket

/** One reading of tallies that are added. */
export function leftOutOf(reading: Reading, tallies: readonly TaskTally[], less: readonly TaskTally[] = []) {
  return new Group(tallies, [reading], less).leftOut(reading)
}
