import { type FaultPlan, subset } from './fault-plan.js'
import { averageOf, keyOf, predicted, type Seen, seenIn, type Twin } from './moments.js'
import type { NullRuns } from './null-runs.js'

/** Pilot runs: other ones than those whose detections are counted. */
export interface Pilot {
  readonly from: number
  readonly runs: number
}

/** A finding as pilot runs saw it, on average. */
export interface Piloted extends Seen {
  /** Of the pilot runs, those that measured it. */
  readonly share: number
}

/** What a fault of a strength does to each finding of its own detector, on average over pilot runs. */
export function pilot(plan: FaultPlan, nulls: NullRuns, strength: number, { from, runs }: Pilot): Map<string, Piloted> {
  const twins = new Map<string, Twin[]>()
  for (let run = from; run < from + runs; run++) {
    const plain = seenIn(nulls.decided(nulls.asked(run)))
    const asked = nulls.askedWith(run, subset(plan, nulls, run, strength), new Set([plan.fault]))
    for (const [key, planted] of seenIn(nulls.decided(asked))) {
      const before = plain.get(key)
      if (before === undefined || planted.name.detector !== plan.fault) continue
      const known = twins.get(key)
      if (known === undefined) twins.set(key, [{ planted, plain: before }])
      else known.push({ planted, plain: before })
    }
  }
  return new Map([...twins].map(([key, own]) => [key, { ...averageOf(own), share: own.length / runs }]))
}

/** Strengths that are tried first. */
const LADDER = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1] as const
const CERTAIN = 0.9995
/** Share of the pilot runs: of what fewer measure, which tasks are measured varies too much for one prediction. */
const MOST = 0.5
/** Chances to be caught at which the strengths lie that are looked at. */
const WANTED = [0.5, 0.8, 0.95, 0.99] as const

export interface Outlook {
  /** The finding that shows the fault best. */
  readonly named: Seen['name']
  /** Strengths at which it should be caught in half of the runs, in most, in nearly all; ascending. */
  readonly strengths: readonly number[]
}

/** Null where nothing of the fault's own detector can decide. */
export function outlook(plan: FaultPlan, nulls: NullRuns, pilots: Pilot): Outlook | null {
  const { alpha } = nulls.context.policy
  const own = nulls.deciding()
  const rungs: { strength: number; seen: Map<string, Piloted> }[] = []
  let named: Seen['name'] | null = null
  let settled = false
  for (const strength of LADDER) {
    const seen = pilot(plan, nulls, strength, pilots)
    rungs.push({ strength, seen })
    const best = bestOf(seen, own, alpha)
    if (best === null) continue
    if (named === null || !settled) named = best.name
    settled ||= best.chance >= 0.5
    if (chanceOf(seen, named, alpha) > CERTAIN) break
  }
  if (named === null) return null
  const name = named
  const curve = rungs.map(({ strength, seen }) => ({ strength, chance: chanceOf(seen, name, alpha) }))
  return { named: name, strengths: [...new Set(WANTED.map((chance) => strengthAt(curve, chance)))] }
}

/** Of the findings that can show the fault, the one that is likeliest to fail. */
export function bestOf(seen: ReadonlyMap<string, Piloted>, deciding: ReadonlySet<string>, alpha: number) {
  let best: { name: Seen['name']; chance: number } | null = null
  for (const own of candidates(seen, deciding)) {
    const chance = predicted(own, alpha)
    if (best === null || chance > best.chance) best = { name: own.name, chance }
  }
  return best
}

/**
 * Those that most runs measure, and that decide on the data as they are; where exchanged baselines leave none of these to decide
 * (another format is their usual one), those that most runs measure.
 */
function candidates(seen: ReadonlyMap<string, Piloted>, deciding: ReadonlySet<string>): Piloted[] {
  const steady = [...seen].filter(([, { share }]) => share >= MOST)
  const asTheyAre = steady.filter(([key]) => deciding.has(key))
  return (asTheyAre.length > 0 ? asTheyAre : steady).map(([, own]) => own)
}

function chanceOf(seen: ReadonlyMap<string, Seen>, name: Seen['name'], alpha: number): number {
  const own = seen.get(keyOf(name))
  return own === undefined ? 0 : predicted(own, alpha)
}

interface Point {
  readonly strength: number
  readonly chance: number
}

/** Between the rungs on a line; the strongest where no rung comes so far. */
function strengthAt(curve: readonly Point[], chance: number): number {
  let below: Point = { strength: 0, chance: 0 }
  for (const point of curve) {
    if (point.chance >= chance) {
      const share = (chance - below.chance) / (point.chance - below.chance)
      return Number((below.strength + share * (point.strength - below.strength)).toPrecision(3))
    }
    below = point
  }
  return 1
}
