import { mapOf } from '../domain/codec/collections.js'
import { stateOf } from '../domain/codec/state.js'
import { natural, record, text } from '../domain/codec/values.js'
import { sortedBy } from '../domain/order.js'

/** Fewer outputs of a task than its logs say that there are. */
export interface Shortfall {
  readonly task: string
  readonly held: number
  readonly promised: number
}

/** What logs say of how many outputs they hold, against how many they do. */
export class Promises {
  private readonly said = new Map<string, { readonly task: string; readonly outputs: number }>()
  private readonly seen = new Map<string, Map<string, number>>()

  /** `key` tells one run from another: what is said twice of one run counts once. */
  promise(key: string, task: string, outputs: number): void {
    this.said.set(key, { task, outputs })
  }

  /** Several rows of one output have different ranks. */
  count(task: string, rank: string): void {
    const ranks = this.seen.get(task) ?? new Map<string, number>()
    ranks.set(rank, (ranks.get(rank) ?? 0) + 1)
    this.seen.set(task, ranks)
  }

  merge(other: Promises): void {
    for (const [key, promise] of other.said) this.said.set(key, promise)
    for (const [task, ranks] of other.seen) {
      const own = this.seen.get(task) ?? new Map<string, number>()
      for (const [rank, outputs] of ranks) own.set(rank, (own.get(rank) ?? 0) + outputs)
      this.seen.set(task, own)
    }
  }

  /** By task. */
  shortfalls(): readonly Shortfall[] {
    const promised = new Map<string, number>()
    for (const { task, outputs } of this.said.values()) promised.set(task, (promised.get(task) ?? 0) + outputs)
    const all = [...promised].map(([task, n]) => ({ task, held: this.outputsOf(task), promised: n }))
    return sortedBy(
      all.filter(({ held, promised: n }) => held < n),
      ({ task }) => task,
    )
  }

  private outputsOf(task: string): number {
    return Math.max(0, ...(this.seen.get(task)?.values() ?? []))
  }
}

export const promisesCodec = stateOf(() => new Promises(), {
  said: mapOf(text, record<{ readonly task: string; readonly outputs: number }>({ task: text, outputs: natural })),
  seen: mapOf(text, mapOf(text, natural)),
})
