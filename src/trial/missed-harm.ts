import type { Decided } from '../audit/judge.js'
import type { FindingName } from '../domain/report.js'
import type { Blame, FaultTrial, LackingFault, StrengthTrial } from '../domain/selftest.js'
import { type FaultPlan, subset } from './fault-plan.js'
import { keyOf, predicted, type Seen, seenIn } from './moments.js'
import type { NullRuns, Tick } from './null-runs.js'
import { outlook, type Pilot, pilot } from './prediction.js'
import { runShare } from './run-share.js'

export interface MissedHarmContext {
  readonly nulls: NullRuns
  /** Runs in which detections are counted; pilots follow after them. */
  readonly runs: number
  readonly tick: Tick
}

const PILOTS = { first: 12, each: 40 } as const

/** How many runs more than these are needed. */
export const PILOT_RUNS = PILOTS.each

/** Points by which a detection rate may lie below what was predicted. */
const SLACK = 0.1
/** Steps beyond the strengths that were expected to do. */
const MORE_STEPS = 4
const STEP = 1.25

/** Plants one fault at several strengths and counts how often it is caught. */
export async function faultTrial(plan: FaultPlan, context: MissedHarmContext): Promise<FaultTrial | LackingFault> {
  const { nulls, runs, tick } = context
  await tick(0, runs, plan.fault)
  const expected = outlook(plan, nulls, { from: runs, runs: PILOTS.first })
  if (expected === null) return { fault: plan.fault, lack: { code: 'nothing-decides' } }
  const { named } = expected
  const tried: Tried[] = []
  for (const strength of expected.strengths) tried.push(await tryStrength(plan, named, strength, context))
  for (let step = 0; step < MORE_STEPS && !tried.some(isCaught(0.95)); step++) {
    const last = tried.at(-1)!.trial.strength
    if (last === 1) break
    tried.push(await tryStrength(plan, named, Math.min(1, Number((last * STEP).toPrecision(3))), context))
  }
  const caught95 = tried.find(isCaught(0.95))
  const strengths = tried.map(({ trial }) => trial)
  return {
    fault: plan.fault,
    named,
    cases: plan.cases.size,
    task: plan.task,
    strengths,
    caught80: tried.find(isCaught(0.8))?.trial.strength ?? null,
    caught95: caught95?.trial.strength ?? null,
    missed: strengths.filter(({ caught, predicted: due }) => caught.high < due - SLACK).map(({ strength }) => strength),
    blame: (caught95 ?? tried.at(-1)!).blame,
  }
}

interface Tried {
  readonly trial: StrengthTrial
  readonly blame: readonly Blame[]
}

function isCaught(share: number): (tried: Tried) => boolean {
  return ({ trial }) => trial.caught.share >= share
}

async function tryStrength(
  plan: FaultPlan,
  named: FindingName,
  strength: number,
  { nulls, runs, tick }: MissedHarmContext,
): Promise<Tried> {
  const { alpha } = nulls.context.policy
  const pilots: Pilot = { from: runs, runs: PILOTS.each }
  const own = pilot(plan, nulls, strength, pilots).get(keyOf(named))
  const counts = new Map<string, number>()
  const shifts = new Map<string, Shift>()
  let caught = 0
  let deciding = 0
  for (let run = 0; run < runs; run++) {
    await tick(run, runs, `${plan.fault}, ${(100 * strength).toPrecision(2)} % of cases`)
    const decided = nulls.decided(nulls.askedWith(run, subset(plan, nulls, run, strength), plan.touched))
    const failed = decided.filter(({ question, status }) => question.role !== 'noted' && status === 'fail')
    // What the exchanged baseline leaves nothing to decide (another format is its usual one) tells nothing of power.
    if (decided.some((finding) => isNamed(finding, named) && finding.test !== null)) deciding++
    if (failed.some((finding) => isNamed(finding, named))) caught++
    for (const detector of new Set(failed.map(({ question }) => question.detector.id)))
      counts.set(detector, (counts.get(detector) ?? 0) + 1)
    noteShifts(shifts, seenIn(decided), seenIn(nulls.decided(nulls.asked(run))), plan.touched)
  }
  const trial = {
    strength,
    harm: own?.harm ?? 0,
    caught: runShare(caught, deciding),
    predicted: own === undefined ? 0 : predicted(own, alpha),
  }
  return { trial, blame: blameOf(nulls, counts, shifts, runs) }
}

function isNamed({ question }: Decided, { detector, measure, task }: FindingName): boolean {
  return question.detector.id === detector && question.measure.id === measure && question.task === task
}

/** How far a finding moves when the fault is planted, over runs. */
interface Shift {
  readonly name: FindingName
  n: number
  sum: number
  squares: number
}

function noteShifts(
  shifts: Map<string, Shift>,
  planted: ReadonlyMap<string, Seen>,
  plain: ReadonlyMap<string, Seen>,
  touched: ReadonlySet<string>,
): void {
  for (const [key, { name, harm }] of planted) {
    const before = plain.get(key)
    if (before === undefined || !touched.has(name.detector)) continue
    const shift = shifts.get(key) ?? { name, n: 0, sum: 0, squares: 0 }
    shifts.set(key, shift)
    const moved = harm - before.harm
    shift.n++
    shift.sum += moved
    shift.squares += moved * moved
  }
}

/** Standard errors of its mean from which on a shift is the fault's own work. */
const CLEAR = 4

function isWorse({ n, sum, squares }: Shift): boolean {
  const mean = sum / n
  const error = Math.sqrt(Math.max(0, squares / n - mean * mean) / n)
  return mean > 1e-12 && mean > CLEAR * error
}

function blameOf(
  { context }: NullRuns,
  counts: ReadonlyMap<string, number>,
  shifts: ReadonlyMap<string, Shift>,
  runs: number,
): Blame[] {
  const worse = [...shifts.values()].filter(isWorse).map(({ name }) => name)
  return context.detectors
    .filter(({ id }) => context.policy.detectors[id]?.level !== 'off')
    .map(({ id }) => ({
      detector: id,
      failed: runShare(counts.get(id) ?? 0, runs),
      changed: worse.filter(({ detector }) => detector === id),
    }))
}
