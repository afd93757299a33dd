import type { EvaluationContext } from '../audit/questions.js'
import type { Selftest, SelftestReason } from '../domain/selftest.js'
import type { Collector } from './collector.js'
import { falseAlarms } from './false-alarms.js'
import { faultPlans, lackOf } from './fault-plan.js'
import type { Plant } from './faults/fault.js'
import { faultTrial, PILOT_RUNS } from './missed-harm.js'
import { NullRuns, type Tick } from './null-runs.js'
import { World } from './world.js'

/** Runs of which faults are planted in, as a share of all. */
const PLANTED_RUNS = 0.2

export interface SelftestRequest {
  /** The pair with exchanged arms; null where there is a baseline alone. */
  readonly pair: Collector | null
  /** The baseline against itself, one for each way of splitting it; none without repeats. */
  readonly splits: readonly Collector[]
  readonly plants: readonly Plant[]
  readonly context: EvaluationContext
  readonly seed: number
  readonly runs: number
  readonly tick: Tick
}

export type Trials = Pick<Selftest, 'falseAlarms' | 'faults' | 'lacking' | 'splitLack' | 'reasons'>

/** Runs the audit on data of which is known what should come out. */
export async function selftest(request: SelftestRequest): Promise<Trials> {
  const { pair, splits, runs, seed, tick } = request
  const context = { ...request.context, only: 'deciding' } as const
  const planted = Math.ceil(runs * PLANTED_RUNS)
  const nullsOf = (collector: Collector) =>
    new NullRuns(new World(collector), context, { seed, keep: planted + PILOT_RUNS })
  const exchange = pair === null ? null : nullsOf(pair)
  const halves = splits.map(nullsOf)
  const alarms = []
  if (exchange !== null) alarms.push(await falseAlarms({ kind: 'exchange', worlds: [exchange], runs }, tick))
  if (halves.length > 0) alarms.push(await falseAlarms({ kind: 'split', worlds: halves, runs }, tick))
  const nulls = exchange ?? halves[0]!
  const plans = faultPlans(nulls, request.plants)
  const trials = []
  for (const plan of plans) trials.push(await faultTrial(plan, { nulls, runs: planted, tick }))
  const faults = trials.flatMap((trial) => ('lack' in trial ? [] : [trial]))
  const carried = new Set(plans.map(({ fault }) => fault))
  const others = [...new Set(request.plants.map(({ fault }) => fault))].filter((fault) => !carried.has(fault))
  const trialsOf = { falseAlarms: alarms, faults }
  return {
    ...trialsOf,
    lacking: [
      ...trials.flatMap((trial) => ('lack' in trial ? [trial] : [])),
      ...others.map((fault) => lacking(fault, request)),
    ],
    splitLack: splits.length === 0 ? { code: 'no-repeats' } : null,
    reasons: reasonsOf(trialsOf, context.policy.alpha),
  }
}

function lacking(fault: string, { context }: SelftestRequest) {
  const off = (context.policy.detectors[fault]?.level ?? 'off') === 'off'
  return off ? { fault, lack: { code: 'detector-off' } as const } : lackOf(fault)
}

/** Why the exit code is what it is. */
export function reasonsOf(
  { falseAlarms: alarms, faults }: Pick<Trials, 'falseAlarms' | 'faults'>,
  alpha: number,
): SelftestReason[] {
  const reasons: SelftestReason[] = [
    ...alarms.filter(({ failed }) => failed.low > alpha).map(({ kind }) => ({ code: 'false-alarms', kind }) as const),
    ...faults.flatMap(({ fault, missed }) =>
      missed.map((strength) => ({ code: 'harm-missed', fault, strength }) as const),
    ),
  ]
  return reasons.length === 0 ? [{ code: 'as-promised' }] : reasons
}
