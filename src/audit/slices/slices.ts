import type { Codec } from '../../domain/codec/codec.js'
import { mapBy } from '../../domain/codec/collections.js'
import { stateOf } from '../../domain/codec/state.js'
import { flag, oneOf, text } from '../../domain/codec/values.js'
import type { Digest } from '../../domain/hash.js'
import { byCodeUnit } from '../../domain/order.js'
import { AXES, type Axis, type Facet } from '../../domain/slice.js'
import { type ColumnsOf, Slice, sliceCodec } from './slice.js'

/**
 * Names of an axis that are followed: the smallest by code unit, so that they do not depend on the order of cases. A name
 * that stays among them was counted from its first case on.
 */
export const MOST_NAMES = 128

/** Every slice of the cases seen so far. */
export class Slices {
  /** All cases: a slice's rest is what this has more. */
  readonly all = new Slice('task', '')
  private readonly axes = new Map<Axis, Followed>(AXES.map((axis) => [axis, new Followed()]))

  /** Counts a case and returns the slices that it is in, all cases among them. */
  add(facets: readonly Facet[], cluster: Digest | null): readonly Slice[] {
    const own = this.followed(facets)
    for (let i = 0; i < own.length; i++) {
      for (let j = i + 1; j < own.length; j++) {
        const [a, b] = own[i]!.key < own[j]!.key ? [own[i]!, own[j]!] : [own[j]!, own[i]!]
        a.share(b.key, 1)
      }
    }
    own.push(this.all)
    for (const slice of own) {
      slice.cases++
      slice.clusters.add(cluster)
    }
    return own
  }

  merge(other: Slices): void {
    this.all.merge(other.all)
    for (const axis of AXES) {
      const followed = this.axes.get(axis)!
      const theirs = other.axes.get(axis)!
      for (const slice of theirs.slices) this.follow(axis, slice.name)?.merge(slice)
      followed.cut ||= theirs.cut
    }
    for (const slice of other.slices()) {
      const own = this.find(slice.key)
      if (own !== undefined) for (const [key, cases] of slice.shared) if (this.find(key)) own.share(key, cases)
    }
  }

  /** By axis, then by name. */
  slices(): readonly Slice[] {
    return AXES.flatMap((axis) => [...this.axes.get(axis)!.slices].sort((a, b) => byCodeUnit(a.name, b.name)))
  }

  /** Axes with more names than are followed. */
  get cut(): readonly Axis[] {
    return AXES.filter((axis) => this.axes.get(axis)!.cut)
  }

  /** A name may push out another one of the same case, so that all are made known first. */
  private followed(facets: readonly Facet[]): Slice[] {
    const known = facets.map(({ axis, name }) => this.axes.get(axis)!.get(name))
    if (!known.includes(undefined)) return known.filter((slice) => slice !== undefined)
    for (const { axis, name } of facets) this.follow(axis, name)
    return facets.flatMap(({ axis, name }) => this.axes.get(axis)!.get(name) ?? [])
  }

  private find(key: string): Slice | undefined {
    const at = key.indexOf('\u0000')
    return AXES.flatMap((axis) =>
      axis === key.slice(0, at) ? (this.axes.get(axis)!.get(key.slice(at + 1)) ?? []) : [],
    )[0]
  }

  private follow(axis: Axis, name: string): Slice | null {
    const { slice, out } = this.axes.get(axis)!.follow(axis, name)
    if (out !== null) for (const other of this.slices()) other.shared.delete(out.key)
    return slice
  }
}

/** The slices of one axis that are followed. */
class Followed {
  /** Whether there are names that are not. */
  cut = false
  private readonly byName = new Map<string, Slice>()
  private largest = ''

  get slices(): Iterable<Slice> {
    return this.byName.values()
  }

  get(name: string): Slice | undefined {
    return this.byName.get(name)
  }

  /** The slice of a name, or null where it is not followed; and the one that it pushed out. */
  follow(axis: Axis, name: string): { slice: Slice | null; out: Slice | null } {
    const known = this.byName.get(name)
    if (known !== undefined) return { slice: known, out: null }
    let out: Slice | null = null
    if (this.byName.size >= MOST_NAMES) {
      this.cut = true
      if (name > this.largest) return { slice: null, out: null }
      out = this.byName.get(this.largest)!
      this.byName.delete(this.largest)
    }
    const fresh = new Slice(axis, name)
    this.byName.set(name, fresh)
    this.largest = [...this.byName.keys()].reduce((a, b) => (a < b ? b : a))
    return { slice: fresh, out }
  }
}

export function slicesCodec(columnsOf: ColumnsOf): Codec<Slices> {
  const followed = (axis: Axis) =>
    stateOf(() => new Followed(), {
      cut: flag,
      byName: mapBy(text, (name) => sliceCodec(axis, name, columnsOf)),
      largest: text,
    })
  return stateOf(() => new Slices(), {
    all: sliceCodec('task', '', columnsOf),
    axes: mapBy(oneOf(AXES), followed),
  })
}
