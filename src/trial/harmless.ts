import type { Case } from '../domain/case.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { Sample } from '../domain/record.js'

/** Seeds of the hashes that choose samples and cases: their own, so that buckets and samples stay independent of them. */
const SPLIT_SEED = 11
const REDRAW_SEED = 12
const GIVER_SEED = 13

/**
 * The baseline against itself: the samples of each case in two halves, chosen by hash; cases with one sample are left out.
 * A true null: both arms are one model.
 */
export function splitCases(cases: readonly Case[]): Case[] {
  return cases.flatMap((case_) => {
    const samples = case_.all.baseline
    const half = Math.floor(samples.length / 2)
    if (half === 0) return []
    const mixed = ranked(samples, ({ number }) => `${nameOf(case_)}\u0000${number}`, SPLIT_SEED)
    return [paired(case_, mixed.slice(0, half), mixed.slice(half, 2 * half))]
  })
}

/**
 * The baseline against a tune that gives a `share` of each task's cases the outputs of others: those cases, chosen by the
 * hash of their clusters, so that clusters change as a whole, pass all their samples on to one of them. Each task's outputs stay the same together, so that no measure of them
 * moves, whatever it is; prompts and references go with the outputs, so that each is held to its own.
 */
export function redrawCases(cases: readonly Case[], share: number): Case[] {
  const giver = new Map<Case, Case>()
  for (const own of byTask(cases).values()) {
    const chosen = ranked(own, (case_) => case_.cluster ?? nameOf(case_), REDRAW_SEED)
    const drawn = ranked(chosen.slice(0, Math.round(share * own.length)), nameOf, GIVER_SEED)
    drawn.forEach((case_, i) => {
      giver.set(case_, drawn[(i + 1) % drawn.length]!)
    })
  }
  return cases.map((case_) => {
    const from = giver.get(case_) ?? case_
    const count = Math.min(samplesOf(case_), samplesOf(from))
    return paired(case_, case_.all.baseline.slice(0, count), from.all.baseline.slice(0, count))
  })
}

/** Chance that two cases of one task differ in their outcome (score, else correctness); null where no case has one. */
export function differing(cases: readonly Case[]): number | null {
  let pairs = 0
  let differ = 0
  for (const own of byTask(cases).values()) {
    const counts = new Map<number, number>()
    for (const { all } of own) {
      const outcome = outcomeOf(all.baseline[0])
      if (outcome !== null) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    }
    const known = [...counts.values()].reduce((sum, count) => sum + count, 0)
    if (known < 2) continue
    pairs += known
    for (const count of counts.values()) differ += (count * (known - count)) / (known - 1)
  }
  return pairs === 0 ? null : differ / pairs
}

function outcomeOf(sample: Sample | undefined): number | null {
  if (sample === undefined) return null
  if (sample.score !== null) return sample.score
  return sample.correct === null ? null : Number(sample.correct)
}

export function samplesOf({ all }: Case): number {
  return all.baseline.length
}

function paired(case_: Case, baseline: readonly Sample[], tuned: readonly Sample[]): Case {
  const renumbered = (samples: readonly Sample[]) => samples.map((sample, number) => ({ ...sample, number }))
  const arms = { baseline: renumbered(baseline), tuned: renumbered(tuned) }
  return { ...case_, ...arms, all: arms }
}

function byTask(cases: readonly Case[]): Map<string, Case[]> {
  const tasks = new Map<string, Case[]>()
  for (const case_ of cases) {
    const own = tasks.get(case_.task)
    if (own === undefined) tasks.set(case_.task, [case_])
    else own.push(case_)
  }
  return tasks
}

function nameOf({ task, id }: Case): string {
  return `${task}\u0000${id}`
}

/** In the order of a hash of their names, then of the names; equal ones stay as they are. */
function ranked<T>(items: readonly T[], name: (item: T) => string, seed: number): T[] {
  const keyed = items.map((item) => ({ item, key: name(item), hash: murmur128(name(item), seed)[0] }))
  return keyed.sort((a, b) => a.hash - b.hash || byCodeUnit(a.key, b.key)).map(({ item }) => item)
}
