import type { Prepared } from '../../domain/detector.js'
import type { Measure } from '../../domain/measure.js'
import { CELLS, cellsOf } from '../../domain/tally.js'
import { Layout } from '../cells.js'

/** What slices can be asked: measures whose columns are added over tasks, with an interval and a direction of harm. */
export function isSliced({ sliced, pool, worse, interval, unavailable }: Measure): boolean {
  return (
    sliced !== undefined && pool === 'sum' && worse !== null && interval === 'jackknife' && unavailable === undefined
  )
}

/** What slices count of one variant of a detector: only the columns that its sliced measures read. */
export class SlicedColumns {
  /** Id and options of the detector: the same in every shard. */
  readonly variant: string
  readonly prepared: Prepared
  readonly layout: Layout
  /** For each cell of the detector, where it lies in the layout; −1 where it is not counted. */
  readonly cells: Int32Array

  constructor(variant: string, prepared: Prepared) {
    const read = new Set(
      prepared.measures.filter(isSliced).flatMap(({ cases, sliced }) => [...cases, ...(sliced ?? [])]),
    )
    this.variant = variant
    this.prepared = prepared
    this.layout = new Layout(prepared.columns.filter(({ id }) => read.has(id)))
    const whole = new Layout(prepared.columns)
    this.cells = new Int32Array(whole.width).fill(-1)
    for (const { column, at } of this.layout.columns) {
      const from = whole.place(column.id, column.kind).at
      for (let i = 0; i < cellsOf(column); i += CELLS[column.kind]) this.cells[from + i] = at + i
    }
  }
}
