import { estimate } from '../../src/audit/estimate.js'
import { decide } from '../../src/audit/judge.js'
import { Group } from '../../src/audit/leave-out.js'
import { grouping } from '../../src/audit/pooled-estimate.js'
import type { Estimate } from '../../src/audit/summarise.js'
import type { Status } from '../../src/domain/finding.js'
import type { HarmInterval } from '../../src/stats/interval.js'
import type { MeasureCell, RulesCell } from './cell.js'
import { type Law, lawOf } from './law.js'
import { randomOf } from './random.js'
import { type Drawn, sampler } from './sampling.js'
import { strengthFor, sumsOf, trueHarm } from './truth.js'
import { worlds } from './worlds/index.js'

/** One run: the harm with its interval, and the status of the measure where it decides alone. */
export interface Run {
  readonly harm: number
  readonly interval: HarmInterval
  readonly status: Status
  /** Set where the exact paired methods hold. */
  readonly paired: Estimate['paired']
}

export interface MeasureRuns {
  readonly law: Law
  readonly strength: number
  /** In order, from the cell's own random numbers; null where the measure could not be measured. */
  readonly runs: Iterable<Run | null>
}

export function measureRuns(cell: Omit<MeasureCell, 'kind'>, name: string): MeasureRuns {
  const law = lawOf(worlds[cell.world](cell))
  const harm = cell.harm * law.world.margin
  const strength = law.world.truth === 'population' ? strengthFor(law, harm) : harm
  const draw = sampler(law, { n: cell.n, strength, clustering: cell.clusters })
  const judged = judging(law, cell)
  return { law, strength, runs: each() }

  function* each(): Generator<Run | null> {
    const random = randomOf(name)
    for (let run = 0; run < cell.runs; run++) yield judged(draw(random))
  }
}

/** The cell of single measures that a cell of rules is about. */
export function measureOf({ kind: _, ...cell }: RulesCell): Omit<MeasureCell, 'kind'> {
  return { ...cell, world: 'outcomes', samples: 1, clusters: 'none' }
}

/** Paired yes/no outcomes without clusters say all by how many were harmed and helped: equal counts are judged once. */
function judging(law: Law, { n, clusters }: Pick<MeasureCell, 'n' | 'clusters'>): (drawn: Drawn) => Run | null {
  const kinds = clusters === 'none' ? discordanceByKind(law) : null
  if (kinds === null) return (drawn) => judge(law, drawn, n)
  const known = new Map<number, Run | null>()
  return (drawn) => {
    const key = kinds.reduce((sum, { onlyBaseline, onlyTuned }, kind) => {
      return sum + drawn.ofKind[kind]! * (onlyBaseline * (n + 1) + onlyTuned)
    }, 0)
    const seen = known.get(key)
    if (seen !== undefined) return seen
    const fresh = judge(law, drawn, n)
    known.set(key, fresh)
    return fresh
  }
}

function discordanceByKind(law: Law) {
  const { discordance } = law.measure
  if (discordance === undefined) return null
  const kinds = law.imprints.flatMap((_, own) => {
    const counted = discordance(
      sumsOf(
        law,
        Int32Array.from(law.imprints, (_, kind) => Number(kind === own)),
      ),
    )
    return counted === null ? [] : [counted]
  })
  return kinds.length < law.imprints.length ? null : kinds
}

/** From tallies on, the engine's own way: estimate, interval, decision. */
function judge(law: Law, { clusters, tallied }: Drawn, cases: number): Run | null {
  const { reading, policy, measure, world } = law
  const tally = tallied()
  const task = { task: 'all', tally, measures: [measure], group: new Group([tally], [reading]), cases, clusters }
  const context = { alpha: policy.alpha, groupOf: grouping([reading]), severalTasks: false }
  const { pooled } = estimate(reading, [task], context)
  if (pooled.kind === 'unmeasured' || pooled.interval === null) return null
  const question = {
    detector: world.detector,
    measure,
    task: null,
    role: 'guarded' as const,
    margin: world.margin,
    eligible: cases,
    mostCases: null,
    estimate: pooled,
    worstCase: null,
    examples: [],
  }
  const [decided] = decide([question], policy)
  const { change, interval, paired } = pooled
  return { harm: measure.worse === 'lower' ? -change.value : change.value, interval, status: decided!.status, paired }
}

/** The true harm that bounds are held against. */
export function truthOf({ law, strength }: MeasureRuns, measured: readonly Run[]): number {
  if (strength === 0) return 0
  if (law.world.truth === 'population') return trueHarm(law, strength)
  return measured.reduce((sum, run) => sum + run.harm, 0) / measured.length
}
