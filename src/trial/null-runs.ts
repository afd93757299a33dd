import type { Question } from '../audit/judge.js'
import { type Decided, decide } from '../audit/judge.js'
import { type EvaluationContext, questionsOf } from '../audit/questions.js'
import { drawn } from './draw.js'
import { seenIn } from './moments.js'
import { NOTHING_PLANTED, type Planting, type Signs, type World } from './world.js'

/** Questions by detector. */
export type Asked = ReadonlyMap<string, readonly Question[]>

/** Called between runs: shows how far the work is, and lets an interrupt through. */
export type Tick = (done: number, total: number, what: string) => Promise<void>

/** Runs of the audit on data in which nothing changed: the arms exchanged at random. Run r is always the same. */
export class NullRuns {
  readonly world: World
  readonly context: EvaluationContext
  readonly seed: number
  private readonly kept = new Map<number, Asked>()
  private readonly keep: number

  /** `keep`: of how many runs the answers are kept, the first ones. */
  constructor(world: World, context: EvaluationContext, { seed, keep }: { seed: number; keep: number }) {
    this.world = world
    this.context = context
    this.seed = seed
    this.keep = keep
  }

  asked(run: number): Asked {
    const known = this.kept.get(run)
    if (known !== undefined) return known
    const fresh = this.ask(run, NOTHING_PLANTED, this.detectors)
    if (run < this.keep) this.kept.set(run, fresh)
    return fresh
  }

  /** The same run with faults planted; only what they touch is asked again. */
  askedWith(run: number, planting: Planting, touched: ReadonlySet<string>): Asked {
    return new Map([...this.asked(run), ...this.ask(run, planting, touched)])
  }

  decided(asked: Asked): Decided[] {
    return decide([...asked.values()].flat(), this.context.policy)
  }

  /** Names of the findings that decide on the data as they are, as `keyOf` gives them. */
  deciding(): ReadonlySet<string> {
    const asTheyAre = this.askOf(new Uint8Array(this.world.units.length), NOTHING_PLANTED, this.detectors)
    return new Set(seenIn(this.decided(asTheyAre)).keys())
  }

  /** Whether each unit is exchanged in a run. */
  signs(run: number): Signs {
    return Uint8Array.from(this.world.units, ({ key }) => (drawn(this.seed, run, key) < 0.5 ? 0 : 1))
  }

  private ask(run: number, planting: Planting, detectors: ReadonlySet<string>): Asked {
    return this.askOf(this.signs(run), planting, detectors)
  }

  private askOf(signs: Signs, planting: Planting, detectors: ReadonlySet<string>): Asked {
    const { context } = this
    const observed = this.world.observed(signs, planting, detectors)
    const asked = context.detectors.filter(({ id }) => detectors.has(id))
    return new Map(asked.map((detector) => [detector.id, questionsOf(detector, observed, context)]))
  }

  private get detectors(): ReadonlySet<string> {
    const { detectors, policy } = this.context
    return new Set(detectors.filter(({ id }) => policy.detectors[id]?.level !== 'off').map(({ id }) => id))
  }
}
