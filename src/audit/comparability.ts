import type { ArmCaseName, CaseName } from '../domain/case.js'
import type { Policy } from '../domain/policy.js'
import type { Problem } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm, type Place } from '../domain/record.js'
import type { Listed, Pairing, SettingSummary } from '../domain/report.js'
import { type Census, WATCHED_FIELDS, type WatchedField } from './census.js'
import { GUARDED_COVERAGE } from './roles.js'

/** From this many cases on, a share of a task's cases says something. */
const ENOUGH_CASES = 20

export interface Comparison {
  readonly policy: Policy
  readonly pairing: Pairing
  /** By key. */
  readonly settings: readonly SettingSummary[]
  readonly census: Census
  /** Tasks in either arm, in order. */
  readonly tasks: readonly string[]
  readonly duplicate: {
    readonly arm: Arm
    readonly task: string
    readonly id: string
    readonly sample: number
    readonly places: readonly [Place, Place]
  } | null
  /** Cases of which a log speaks and holds no output. */
  readonly incomplete: Listed<ArmCaseName>
  /** Whether the files of both arms hold the same bytes. */
  readonly sameBytes: boolean
  /** Whether the field of a task's records decides anything, and is not the model's own to leave out. */
  isNeeded(field: 'confidence', task: string): boolean
  readonly ids: { readonly without: number; readonly records: number; readonly place: Place | null }
}

const CHECKS = [
  incompleteRun,
  mixedIds,
  duplicated,
  noSharedCases,
  taskInOneArm,
  taskUnpaired,
  lowCoverage,
  lowTaskCoverage,
  differentSettings,
  promptMismatch,
  lostSamples,
  lostField,
  identicalArms,
]

/** The first reason why the two arms cannot be compared, or null. Statistics come after this, never before. */
export function incomparable(comparison: Comparison): Problem | null {
  for (const check of CHECKS) {
    const problem = check(comparison)
    if (problem !== null) return problem
  }
  return null
}

/** What leaves unclear which records are one case: it voids an arm by itself. */
export function ambiguous(arm: Pick<Comparison, 'ids' | 'duplicate'>): Problem | null {
  return mixedIds(arm) ?? duplicated(arm)
}

function incompleteRun({ incomplete: { count, first } }: Comparison): Problem | null {
  const [one] = first
  if (one === undefined) return null
  const { arm } = one
  return { code: 'incomplete-run', arm, cases: count, first: first.filter((each) => each.arm === arm) }
}

function mixedIds({ ids: { without, records, place } }: Pick<Comparison, 'ids'>): Problem | null {
  if (without === 0 || without === records || place === null) return null
  return { code: 'ids-missing', place, without, records }
}

function duplicated({ duplicate }: Pick<Comparison, 'duplicate'>): Problem | null {
  return duplicate === null ? null : { code: 'duplicate', ...duplicate }
}

function casesOf({ pairing }: Comparison): PerArm<number> {
  return { baseline: pairing.cases + pairing.onlyBaseline.count, tuned: pairing.cases + pairing.onlyTuned.count }
}

function onlyOf({ pairing }: Comparison): PerArm<readonly CaseName[]> {
  return { baseline: pairing.onlyBaseline.first, tuned: pairing.onlyTuned.first }
}

function noSharedCases(comparison: Comparison): Problem | null {
  if (comparison.pairing.cases > 0) return null
  return { code: 'no-shared-cases', cases: casesOf(comparison), first: onlyOf(comparison) }
}

/** A task that one arm lacks altogether is hidden by a coverage over all tasks. */
function taskInOneArm({ census, tasks }: Comparison): Problem | null {
  for (const task of tasks) {
    for (const arm of ARMS) {
      const other = arm === 'baseline' ? 'tuned' : 'baseline'
      if (census.cases(task, other) === 0) return { code: 'task-in-one-arm', arm, task, cases: census.cases(task, arm) }
    }
  }
  return null
}

/** Nor does a coverage over all tasks show a task whose ids have changed. */
function taskUnpaired({ census, tasks }: Comparison): Problem | null {
  const task = tasks.find((name) => census.paired(name) === 0)
  if (task === undefined) return null
  return {
    code: 'task-unpaired',
    task,
    cases: { baseline: census.cases(task, 'baseline'), tuned: census.cases(task, 'tuned') },
  }
}

function lowCoverage(comparison: Comparison): Problem | null {
  const { pairing, policy } = comparison
  const floor = policy.pairing.minCoverage
  for (const arm of ARMS) {
    const cases = casesOf(comparison)[arm]
    if (pairing.cases / cases < floor) {
      return { code: 'low-coverage', arm, paired: pairing.cases, cases, floor, first: onlyOf(comparison)[arm] }
    }
  }
  return null
}

/** A task's own loss drowns in the coverage of all; in a small task one lost case would be a large share. */
function lowTaskCoverage({ census, tasks, policy }: Comparison): Problem | null {
  const { minCoverage: floor } = policy.pairing
  for (const task of tasks) {
    for (const arm of ARMS) {
      const cases = census.cases(task, arm)
      const paired = census.paired(task)
      if (cases >= ENOUGH_CASES && paired / cases < floor)
        return { code: 'low-task-coverage', arm, task, paired, cases, floor }
    }
  }
  return null
}

/** Samples that only some tuned cases lack were lost, and perhaps not by chance. */
function lostSamples({ census, tasks, policy }: Comparison): Problem | null {
  for (const task of tasks) {
    const baseline = census.sampleCoverage(task, 'baseline')
    const tuned = census.sampleCoverage(task, 'tuned')
    const floor = policy.pairing.minCoverage
    if (baseline >= floor && tuned < floor) return { code: 'samples-lost', task, coverage: { baseline, tuned }, floor }
  }
  return null
}

/** A setting that one arm does not name is unknown there, and no difference. */
function differentSettings({ settings }: Comparison): Problem | null {
  const [first, ...others] = settings.filter(
    ({ decides, allowed, differing }) => decides && !allowed && differing.count > 0,
  )
  if (first === undefined) return null
  const { key, kind, cases, differing } = first
  return {
    code: 'settings-differ',
    key,
    kind,
    ...differing.first[0]!,
    differing: differing.count,
    cases,
    others: others.map((other) => other.key),
  }
}

function promptMismatch({ pairing, policy }: Comparison): Problem | null {
  const { count, first } = pairing.promptMismatches
  return count === 0 || policy.pairing.prompts === 'ignore' ? null : { code: 'prompt-mismatch', count, first }
}

/** A scorer that crashed on the tuned arm must not shrink what is compared, nor unmake a measure. */
function lostField(comparison: Comparison): Problem | null {
  const { census, tasks } = comparison
  for (const task of tasks) {
    for (const field of WATCHED_FIELDS) {
      if (!LOST[field](comparison, task)) continue
      const baseline = census.fieldCoverage(task, 'baseline', field)
      const tuned = census.coverageWithFailures(task, 'tuned', field)
      return { code: 'field-lost', field, task, coverage: { baseline, tuned } }
    }
  }
  return null
}

type IsLost = (comparison: Comparison, task: string) => boolean

const LOST: Readonly<Record<WatchedField, IsLost>> = {
  score: (comparison, task) => hasShrunk(comparison, task, 'score'),
  correct: (comparison, task) => hasShrunk(comparison, task, 'correct'),
  prompt: (comparison, task) => comparison.policy.pairing.prompts === 'same' && hasShrunk(comparison, task, 'prompt'),
  // A model may state its confidence less often, which is a finding; that no record has one was done by a program.
  confidence: ({ census, isNeeded }, task) =>
    census.fieldCoverage(task, 'baseline', 'confidence') >= GUARDED_COVERAGE &&
    census.carrying(task, 'tuned', 'confidence') === 0 &&
    isNeeded('confidence', task),
}

function hasShrunk({ census }: Comparison, task: string, field: WatchedField): boolean {
  const baseline = census.fieldCoverage(task, 'baseline', field)
  const tuned = census.coverageWithFailures(task, 'tuned', field)
  const onMost = baseline >= GUARDED_COVERAGE && tuned < GUARDED_COVERAGE
  const onEnough = census.carrying(task, 'baseline', field) >= ENOUGH_CASES && tuned < GUARDED_COVERAGE * baseline
  return onMost || onEnough
}

/** An adapter that was not loaded, or one file given twice, gives the greenest report of all. */
function identicalArms({ pairing: { identical, cases }, policy, sameBytes }: Comparison): Problem | null {
  const same = sameBytes || (identical === cases && cases >= ENOUGH_CASES)
  return same && policy.pairing.identical === 'refuse' ? { code: 'identical-arms', cases, sameBytes } : null
}
