import { byCodeUnit } from '../domain/order.js'
import type { LackingFault } from '../domain/selftest.js'
import type { Planted } from './collector.js'
import { drawn } from './draw.js'
import type { Plant } from './faults/fault.js'
import { keyOf, seenIn } from './moments.js'
import type { NullRuns } from './null-runs.js'
import type { Planting, World } from './world.js'

/** The cases in which a fault is planted, and how. */
export interface FaultPlan {
  readonly fault: string
  /** By number of the planted case. */
  readonly cases: Planting
  /** Where it is planted in one task only. */
  readonly task: string | null
  /** Detectors that it touches. */
  readonly touched: ReadonlySet<string>
}

/** Planted in the task where it changes most; elsewhere a fault is planted wherever it can be. */
const IN_ONE_TASK = 'cross-task-regression'

/** What a fault needs that a record may lack. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'infeasible-content': ['structure, rules or verifier'],
  'calibration-drift': ['confidence', 'correct'],
  'lost-diversity': ['several samples of a case'],
  'cross-task-regression': ['score or correct'],
  'format-collapse': ['output'],
}

export function lackOf(fault: string): LackingFault {
  return { fault, lack: { code: 'missing-field', needs: NEEDS[fault] ?? [] } }
}

/** Of the faults that the cases can carry, where and how each is planted. */
export function faultPlans(nulls: NullRuns, plants: readonly Plant[]): FaultPlan[] {
  const faults = [...new Set(plants.map(({ fault }) => fault))]
  return faults.flatMap((fault) => {
    const ways = plants.flatMap((plant, i) => (plant.fault === fault ? [casesOf(nulls.world, i)] : []))
    const cases = ways.length === 1 ? ways[0]! : worstWays(fault, ways, nulls)
    const task = fault === IN_ONE_TASK ? taskHitMost(cases, nulls.world) : null
    const planted =
      task === null ? cases : new Map([...cases].filter(([number]) => taskOf(nulls.world, number) === task))
    const touched = nulls.world.touched([...planted.values()])
    return planted.size === 0 || !touched.has(fault) ? [] : [{ fault, cases: planted, task, touched }]
  })
}

/** A new random subset of the cases each run, a larger strength keeping those of a smaller one. */
export function subset(
  { cases, fault }: FaultPlan,
  { world, seed }: NullRuns,
  run: number,
  strength: number,
): Planting {
  const salt = seed ^ [...fault].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7)
  return new Map(
    [...cases].filter(([number]) => drawn(salt, run, world.collector.plantedCases[number]!.hash) < strength),
  )
}

function casesOf({ collector }: World, plant: number): Planting {
  const planted = collector.plantedCases.flatMap((case_, number): [number, Planted][] => {
    const own = case_.plants[plant] ?? null
    return own === null ? [] : [[number, own]]
  })
  return new Map(planted)
}

function taskOf({ collector }: World, number: number): string {
  return collector.plantedCases[number]!.task
}

function taskHitMost(cases: Planting, world: World): string | null {
  const hit = new Map<string, number>()
  for (const [number, { parts }] of cases) {
    const changes = parts.filter((side) => side.length > 0).length
    hit.set(taskOf(world, number), (hit.get(taskOf(world, number)) ?? 0) + changes)
  }
  const ranked = [...hit].sort(([a, one], [b, two]) => two - one || byCodeUnit(a, b))
  return ranked[0]?.[0] ?? null
}

/** Runs and strength at which the ways of one fault are compared. */
const TRIES = 4
const TRIED_STRENGTH = 0.3

/** For each task the way that harms its findings most in units of their error. */
function worstWays(fault: string, ways: readonly Planting[], nulls: NullRuns): Planting {
  const scores = ways.map((cases) => harmByTask({ fault, cases, task: null, touched: new Set([fault]) }, nulls))
  const best = (task: string) => {
    const own = scores.map((score) => score.get(task) ?? score.get('') ?? 0)
    return own.indexOf(Math.max(...own))
  }
  const chosen = new Map<number, Planted>()
  ways.forEach((cases, way) => {
    for (const [number, planted] of cases) if (best(taskOf(nulls.world, number)) === way) chosen.set(number, planted)
  })
  return chosen
}

/** By task; the pooled findings' under the empty name, which serves where a task has no findings of its own. */
function harmByTask(plan: FaultPlan, nulls: NullRuns): Map<string, number> {
  const totals = new Map<string, number>()
  for (let run = 0; run < TRIES; run++) {
    const plain = seenIn(nulls.decided(nulls.asked(run)))
    const planted = seenIn(nulls.decided(nulls.askedWith(run, subset(plan, nulls, run, TRIED_STRENGTH), plan.touched)))
    for (const { name, harm, variance, clusters } of planted.values()) {
      const before = plain.get(keyOf(name))
      if (name.detector !== plan.fault || before === undefined) continue
      const gain = (harm - before.harm) / Math.sqrt(variance / clusters + 1e-12)
      const key = JSON.stringify([name.task ?? '', name.measure])
      totals.set(key, (totals.get(key) ?? 0) + gain)
    }
  }
  const best = new Map<string, number>()
  for (const [key, gain] of totals) {
    const [task = ''] = JSON.parse(key) as string[]
    best.set(task, Math.max(best.get(task) ?? Number.NEGATIVE_INFINITY, gain))
  }
  return best
}
