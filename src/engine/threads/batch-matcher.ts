import { ARMS, type Arm, type PerArm } from '../../domain/record.js'
import type { Reading } from '../../input/reading.js'
import type { Part } from './in-step.js'

/** A reading, and the lines that hold its record. */
export interface PartReading {
  readonly reading: Reading
  readonly part: Part
}

/** All readings of one key. */
export interface Whole {
  readonly key: string
  readonly readings: PerArm<readonly Reading[]>
}

interface Run {
  readonly key: string
  readonly readings: PartReading[]
}

/**
 * Pairs what is whole in one batch while it is read: runs of records with one key, one in each arm. The runs at an arm's
 * ends may go on in another batch, so that they are left, as is what has no partner here.
 */
export class BatchMatcher {
  private readonly arms: PerArm<Runs> = { baseline: new Runs(), tuned: new Runs() }

  /** What became whole; null where a key comes back after its run. */
  accept(step: PerArm<readonly PartReading[]>): readonly Whole[] | null {
    const whole: Whole[] = []
    for (const arm of ARMS) {
      const closed = this.arms[arm].closedBy(step[arm])
      if (closed === null) return null
      for (const run of closed) {
        this.arms[arm].waiting.set(run.key, run)
        whole.push(...this.whole(run.key))
      }
    }
    return whole
  }

  /** What is not whole, in its order. */
  left(arm: Arm): readonly PartReading[] {
    return this.arms[arm].left()
  }

  private whole(key: string): Whole[] {
    const baseline = this.arms.baseline.waiting.get(key)
    const tuned = this.arms.tuned.waiting.get(key)
    if (baseline === undefined || tuned === undefined) return []
    for (const arm of ARMS) this.arms[arm].waiting.delete(key)
    const of = ({ readings }: Run) => readings.map(({ reading }) => reading)
    return [{ key, readings: { baseline: of(baseline), tuned: of(tuned) } }]
  }
}

/** The runs of one arm. */
class Runs {
  /** Closed ones that have no partner so far. */
  readonly waiting = new Map<string, Run>()
  private first: Run | null = null
  private open: Run | null = null
  private readonly keys = new Set<string>()

  /** Runs that these readings show to be over; null where the key of one comes back. */
  closedBy(readings: readonly PartReading[]): Run[] | null {
    const closed: Run[] = []
    for (const each of readings) {
      const { key } = each.reading
      if (this.open?.key === key) {
        this.open.readings.push(each)
        continue
      }
      if (this.keys.has(key)) return null
      this.keys.add(key)
      if (this.open !== null && this.open !== this.first) closed.push(this.open)
      this.open = { key, readings: [each] }
      this.first ??= this.open
    }
    return closed
  }

  left(): readonly PartReading[] {
    const last = this.open === this.first ? null : this.open
    return [this.first, ...this.waiting.values(), last].flatMap((run) => run?.readings ?? [])
  }
}
