import type { Decided } from '../audit/judge.js'
import { type Judged, verdictOf } from '../audit/verdict.js'
import { byCodeUnit } from '../domain/order.js'
import type { FindingName, Verdict } from '../domain/report.js'
import type { FalseAlarms, Null } from '../domain/selftest.js'
import type { NullRuns, Tick } from './null-runs.js'
import { runShare } from './run-share.js'

export interface NullTrial {
  readonly kind: Null
  /** Worlds that take turns. */
  readonly worlds: readonly NullRuns[]
  readonly runs: number
}

/** Judges data in which nothing changed as an audit would, again and again. */
export async function falseAlarms({ kind, worlds, runs }: NullTrial, tick: Tick): Promise<FalseAlarms> {
  const verdicts: Record<Verdict, number> = { pass: 0, fail: 0, inconclusive: 0, error: 0 }
  const causes = new Map<string, { name: FindingName; runs: number }>()
  for (let run = 0; run < runs; run++) {
    await tick(run, runs, kind === 'exchange' ? 'false alarms' : 'false alarms, baseline split')
    const nulls = worlds[run % worlds.length]!
    const decided = nulls.decided(nulls.asked(Math.floor(run / worlds.length)))
    const { verdict, reason } = verdictOf(decided.map(judged), nulls.context.policy, [], { unused: [], scores: [] })
    verdicts[verdict]++
    if (reason.code !== 'harm') continue
    for (const name of reason.findings) {
      const key = JSON.stringify([name.detector, name.measure, name.task])
      causes.set(key, { name, runs: (causes.get(key)?.runs ?? 0) + 1 })
    }
  }
  const { world } = worlds[0]!
  return {
    kind,
    cases: world.collector.cases,
    units: world.units.length,
    splits: kind === 'split' ? worlds.length : 0,
    failed: runShare(verdicts.fail, runs),
    verdicts,
    causes: [...causes]
      .sort(([a, one], [b, two]) => two.runs - one.runs || byCodeUnit(a, b))
      .map(([, { name, runs }]) => ({ ...name, runs })),
  }
}

/** What the verdict looks at; the chance to pass is not asked here. */
export function judged({ question, status, reason }: Decided): Judged {
  const { detector, measure, task, role } = question
  return {
    detector: detector.id,
    measure: measure.id,
    task,
    role,
    status,
    reason,
    decides: role !== 'noted',
    passChance: null,
    waiver: null,
  }
}
