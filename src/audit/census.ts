import { type Case, carriedBy, correctnessOf, scoreOf } from '../domain/case.js'
import { mapOf } from '../domain/codec/collections.js'
import { stateOf } from '../domain/codec/state.js'
import { natural, perArm, record, text } from '../domain/codec/values.js'
import type { Need } from '../domain/measure.js'
import { ARMS, type Arm, type Sample } from '../domain/record.js'

/** Fields whose loss in one arm says more about how it was run or scored than about the model. */
export const WATCHED_FIELDS = ['score', 'correct', 'prompt', 'confidence'] as const
export type WatchedField = (typeof WATCHED_FIELDS)[number]

const VALUES: Readonly<Record<WatchedField, (sample: Sample) => number | null>> = {
  score: scoreOf,
  correct: correctnessOf,
  prompt: ({ prompt }) => (prompt === undefined ? null : 1),
  confidence: ({ confidence }) => confidence,
}

/** How many cases of one task and arm carry something: genuinely, or only because every sample failed. */
export interface Carried {
  genuine: number
  failed: number
}

class ArmCensus {
  cases = 0
  samples = 0
  /** Samples of the case that has most. */
  mostSamples = 0
  readonly needs: Record<Need, Carried> = { score: none(), confidence: none(), repeats: none() }
  readonly fields: Record<WatchedField, Carried> = {
    score: none(),
    correct: none(),
    prompt: none(),
    confidence: none(),
  }

  add(samples: readonly Sample[]): void {
    this.cases++
    this.samples += samples.length
    this.mostSamples = Math.max(this.mostSamples, samples.length)
    tick(this.needs.score, samples, (sample) => scoreOf(sample) ?? (sample.correct === null ? null : 1))
    if (samples.every((sample) => sample.confidence !== null)) this.needs.confidence.genuine++
    if (samples.length > 1) this.needs.repeats.genuine++
    for (const field of WATCHED_FIELDS) tick(this.fields[field], samples, VALUES[field])
  }

  merge(other: ArmCensus): void {
    this.cases += other.cases
    this.samples += other.samples
    this.mostSamples = Math.max(this.mostSamples, other.mostSamples)
    for (const need in this.needs) plus(this.needs[need as Need], other.needs[need as Need])
    for (const field of WATCHED_FIELDS) plus(this.fields[field], other.fields[field])
  }
}

/** What the cases of each task carry, of each arm by itself, cases of one arm alone included. */
export class Census {
  private readonly tasks = new Map<string, Readonly<Record<Arm, ArmCensus>>>()
  private readonly pairs = new Map<string, number>()

  add(case_: Case): void {
    const task = this.task(case_.task)
    if (case_.baseline.length > 0) this.pairs.set(case_.task, this.paired(case_.task) + 1)
    for (const arm of ARMS) if (case_.all[arm].length > 0) task[arm].add(case_.all[arm])
  }

  merge(other: Census, arms: 'as-they-are' | 'exchanged' = 'as-they-are'): void {
    for (const [task, pairs] of other.pairs) this.pairs.set(task, this.paired(task) + pairs)
    for (const [name, own] of other.tasks) {
      const task = this.task(name)
      task.baseline.merge(arms === 'exchanged' ? own.tuned : own.baseline)
      task.tuned.merge(arms === 'exchanged' ? own.baseline : own.tuned)
    }
  }

  /** Whether exchanging the arms changes nothing. */
  get isSymmetric(): boolean {
    return [...this.tasks.values()].every(({ baseline, tuned }) => JSON.stringify(baseline) === JSON.stringify(tuned))
  }

  get names(): readonly string[] {
    return [...this.tasks.keys()]
  }

  /** Cases of a task that both arms have. */
  paired(task: string): number {
    return this.pairs.get(task) ?? 0
  }

  cases(task: string, arm: Arm): number {
    return this.tasks.get(task)?.[arm].cases ?? 0
  }

  /** Samples of a task in one arm, as a share of what there were if every case had as many as the one with most. */
  sampleCoverage(task: string, arm: Arm): number {
    const census = this.tasks.get(task)?.[arm]
    return census === undefined || census.cases === 0 ? 1 : census.samples / (census.cases * census.mostSamples)
  }

  /** Cases of a task in one arm that carry a field genuinely. */
  carrying(task: string, arm: Arm, field: WatchedField): number {
    return this.tasks.get(task)?.[arm].fields[field].genuine ?? 0
  }

  /** Share of a task's cases in one arm that carry a field; 0 where none does genuinely. */
  fieldCoverage(task: string, arm: Arm, field: WatchedField): number {
    const census = this.tasks.get(task)?.[arm]
    return census === undefined ? 0 : share(census.fields[field], census.cases)
  }

  /** A field's coverage in the tuned arm, where failures count although no record there may carry it genuinely. */
  coverageWithFailures(task: string, arm: Arm, field: WatchedField): number {
    const census = this.tasks.get(task)?.[arm]
    if (census === undefined || census.cases === 0) return 0
    return (census.fields[field].genuine + census.fields[field].failed) / census.cases
  }

  /** Whether any baseline case of the given tasks carries what a measure needs. */
  carries(need: Need, tasks: readonly string[]): boolean {
    return tasks.some((task) => (this.tasks.get(task)?.baseline.needs[need].genuine ?? 0) > 0)
  }

  /** Share of the baseline's cases that carry a need, over the tasks that carry it at all; 0 where none does. */
  baselineCoverage(need: Need, tasks: readonly string[]): number {
    let carrying = 0
    let cases = 0
    for (const task of tasks) {
      const census = this.tasks.get(task)?.baseline
      if (census === undefined || census.needs[need].genuine === 0) continue
      carrying += census.needs[need].genuine + census.needs[need].failed
      cases += census.cases
    }
    return cases === 0 ? 0 : carrying / cases
  }

  private task(name: string): Readonly<Record<Arm, ArmCensus>> {
    const known = this.tasks.get(name)
    if (known !== undefined) return known
    const fresh = { baseline: new ArmCensus(), tuned: new ArmCensus() }
    this.tasks.set(name, fresh)
    return fresh
  }
}

function none(): Carried {
  return { genuine: 0, failed: 0 }
}

function plus(into: Carried, from: Carried): void {
  into.genuine += from.genuine
  into.failed += from.failed
}

function tick(carried: Carried, samples: readonly Sample[], value: (sample: Sample) => number | null): void {
  const what = carriedBy(samples, value)
  if (what !== null) carried[what]++
}

function share({ genuine, failed }: Carried, cases: number): number {
  return genuine === 0 ? 0 : (genuine + failed) / cases
}

const carried = record<Carried>({ genuine: natural, failed: natural })

const armCensus = stateOf(() => new ArmCensus(), {
  cases: natural,
  samples: natural,
  mostSamples: natural,
  needs: record<Record<Need, Carried>>({ score: carried, confidence: carried, repeats: carried }),
  fields: record<Record<WatchedField, Carried>>({
    score: carried,
    correct: carried,
    prompt: carried,
    confidence: carried,
  }),
})

export const censusCodec = stateOf(() => new Census(), {
  tasks: mapOf(text, perArm(armCensus)),
  pairs: mapOf(text, natural),
})
