import type { Axis, Facet } from '../../domain/slice.js'
import type { Slice } from './slice.js'
import type { Slices } from './slices.js'

/** A slice as it is searched: one that was counted, or several that make up a wider one. */
export interface Candidate extends Facet {
  readonly parts: readonly Slice[]
  readonly cases: number
}

/** Every slice to look at. Of lengths, each threshold and each side of it. */
export function candidatesOf(slices: Slices): Candidate[] {
  const counted = slices.slices()
  const plain = counted
    .filter(({ axis }) => axis !== 'length')
    .map((slice) => candidate(slice.axis, slice.name, [slice]))
  return [...plain, ...lengths(counted.filter(({ axis }) => axis === 'length'))]
}

function lengths(classes: readonly Slice[]): Candidate[] {
  const ordered = [...classes].sort((a, b) => Number(a.name) - Number(b.name))
  return ordered
    .slice(1)
    .flatMap(({ name }, i) => [
      candidate('length', `${name} characters or more`, ordered.slice(i + 1)),
      candidate('length', `under ${name} characters`, ordered.slice(0, i + 1)),
    ])
}

function candidate(axis: Axis, name: string, parts: readonly Slice[]): Candidate {
  return { axis, name, parts, cases: parts.reduce((total, { cases }) => total + cases, 0) }
}

/** Cases that are in both. */
export function sharedCases(a: Candidate, b: Candidate): number {
  let shared = 0
  for (const one of a.parts) {
    for (const other of b.parts) {
      if (one === other) shared += one.cases
      else shared += (one.key < other.key ? one.shared.get(other.key) : other.shared.get(one.key)) ?? 0
    }
  }
  return shared
}
