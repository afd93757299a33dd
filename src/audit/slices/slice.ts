import type { Codec } from '../../domain/codec/codec.js'
import { mapBy, mapOf } from '../../domain/codec/collections.js'
import { fixed, stateOf } from '../../domain/codec/state.js'
import { malformed, natural, oneOf, text } from '../../domain/codec/values.js'
import { AXES, type Axis } from '../../domain/slice.js'
import { Clusters, clustersCodec } from '../clusters.js'
import { TaskTally, taskTallyCodec } from '../tally.js'
import type { SlicedColumns } from './searched.js'

/** What was counted over the cases of one slice: as over those of a task, in the columns that its measures read. */
export class Slice {
  readonly axis: Axis
  readonly name: string
  readonly key: string
  cases = 0
  readonly clusters = new Clusters()
  /** By the detector's variant: its id and options. */
  readonly tallies = new Map<string, TaskTally>()
  /** Cases that are in another slice too, by its key. */
  readonly shared = new Map<string, number>()

  constructor(axis: Axis, name: string) {
    this.axis = axis
    this.name = name
    this.key = `${axis}\u0000${name}`
  }

  tally({ variant, prepared, layout }: Pick<SlicedColumns, 'variant' | 'prepared' | 'layout'>): TaskTally {
    const known = this.tallies.get(variant)
    if (known !== undefined) return known
    const fresh = new TaskTally(prepared, layout)
    this.tallies.set(variant, fresh)
    return fresh
  }

  share(key: string, cases: number): void {
    this.shared.set(key, (this.shared.get(key) ?? 0) + cases)
  }

  /** What was shared with other slices is merged by whoever knows which of them are kept. */
  merge(other: Slice): void {
    this.cases += other.cases
    this.clusters.merge(other.clusters)
    for (const [variant, tally] of other.tallies) this.tally({ variant, ...tally }).merge(tally)
  }
}

/** What slices count of a detector's variant; null for one that is not known. */
export type ColumnsOf = (variant: string) => Pick<SlicedColumns, 'prepared' | 'layout'> | null

export function sliceCodec(axis: Axis, name: string, columnsOf: ColumnsOf): Codec<Slice> {
  const tally = (variant: string) => {
    const columns = columnsOf(variant)
    return columns === null ? malformed('an unknown detector') : taskTallyCodec(columns.prepared, columns.layout)
  }
  return stateOf(() => new Slice(axis, name), {
    axis: oneOf(AXES),
    name: text,
    key: fixed,
    cases: natural,
    clusters: clustersCodec,
    tallies: mapBy(text, tally),
    shared: mapOf(text, natural),
  })
}
