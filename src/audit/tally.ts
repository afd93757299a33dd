import type { Case, LostCase } from '../domain/case.js'
import type { Codec } from '../domain/codec/codec.js'
import { mapOf } from '../domain/codec/collections.js'
import { fixed, stateOf } from '../domain/codec/state.js'
import { malformed, text } from '../domain/codec/values.js'
import type { Prepared } from '../domain/detector.js'
import type { Measure } from '../domain/measure.js'
import type { Counter, ExampleSamples, Kept, LostTally, Tally } from '../domain/tally.js'
import { bucketCodec, ONCE } from './buckets.js'
import { CaseSample, caseSampleCodec } from './case-sample.js'
import { addReal, Layout, Row, rowCodec } from './cells.js'
import { Examples, examplesCodec, keptExample, withRank } from './examples.js'
import { sizeOf, slim, slimSample } from './slim-case.js'

/** Rows of one task and detector, one for each bucket that was touched, and its examples by measure. */
export class TaskTally {
  readonly prepared: Prepared
  readonly layout: Layout
  readonly rows = new Map<number, Row>()
  readonly examples = new Map<string, Examples>()
  readonly sample: CaseSample
  /** Cases that the tuned arm lost. */
  readonly lost = new CaseSample()

  constructor(prepared: Prepared, layout = new Layout(prepared.columns), sample = new CaseSample()) {
    this.prepared = prepared
    this.layout = layout
    this.sample = sample
  }

  row(bucket: number): Row {
    const known = this.rows.get(bucket)
    if (known !== undefined) return known
    const fresh = new Row(this.layout)
    this.rows.set(bucket, fresh)
    return fresh
  }

  examplesOf(measure: string): Examples {
    const known = this.examples.get(measure)
    if (known !== undefined) return known
    const fresh = new Examples()
    this.examples.set(measure, fresh)
    return fresh
  }

  /** Of cases observed and of cases sampled. */
  allExamples({ id, rank }: Pick<Measure, 'id' | 'rank'>): Examples {
    const all = new Examples()
    const observed = this.examples.get(id)
    if (observed !== undefined) all.merge(observed)
    const { cases } = this.sample
    if (rank === undefined)
      for (const { examples } of cases) for (const [of, kept] of examples) if (of === id) all.add(kept)
    for (const ranked of rank?.(cases) ?? []) {
      const kept = cases[ranked.index]!.examples.find(([of]) => of === id)?.[1]
      if (kept !== undefined)
        all.add(withRank(kept, ranked.severity, ranked.like === null ? null : cases[ranked.like]!.id))
    }
    return all
  }

  /** As one of so many tasks. */
  shrinkSamples(tasks: number): void {
    this.sample.shrinkFor(tasks)
    this.lost.shrinkFor(tasks)
  }

  /** Makes what is kept of sampled cases, once no more come. */
  settle(): void {
    this.sample.settle()
    this.lost.settle()
  }

  merge(other: TaskTally): void {
    for (const [bucket, row] of other.rows) this.row(bucket).merge(row)
    this.sample.merge(other.sample)
    this.lost.merge(other.lost)
    for (const [measure, examples] of other.examples) this.examplesOf(measure).merge(examples)
  }
}

/** The same task and detector with nothing counted yet. */
export function emptyTally({ prepared, layout }: TaskTally, sample: CaseSample): TaskTally {
  return new TaskTally(prepared, layout, sample)
}

const NO_FEATURES: Codec<unknown> = {
  write: () => {
    throw new Error('a detector that keeps features of cases must say how they are written')
  },
  read: () => malformed('features of a detector that keeps none'),
}

/** Of one detector, or of what slices count of it: a layout of some of its columns. */
export function taskTallyCodec(prepared: Prepared, layout: Layout): Codec<TaskTally> {
  const sample = caseSampleCodec(prepared.features ?? NO_FEATURES)
  return stateOf(() => new TaskTally(prepared, layout), {
    prepared: fixed,
    layout: fixed,
    rows: mapOf(bucketCodec, rowCodec(layout)),
    examples: mapOf(text, examplesCodec),
    sample,
    lost: sample,
  })
}

/** Where a case belongs: its bucket, and the hashes that order it among examples and in the sample. */
export interface CasePlace {
  /** Hash of its cluster: what belongs together has the same one, and the same bucket. */
  readonly cluster: number
  readonly bucket: number
  readonly hash: number
  readonly sampleHash: number
}

/** The tallies of the slices that a case is in, and where the detector's cells lie in them; −1 for those not counted. */
export interface CaseSlices {
  readonly tallies: readonly TaskTally[]
  readonly cells: Int32Array
}

const NOT_SLICED = -1
/** V8 drops its compiled code each time that an index of an array comes as a double, as rounded numbers do. */
const AS_INTEGER = 0
const NO_SLICES: CaseSlices = { tallies: [], cells: new Int32Array(0) }

/** Counts in the row of one bucket, and what slices count of it in theirs. */
class BucketCounter implements Counter {
  protected readonly tally: TaskTally
  protected readonly place: CasePlace
  protected readonly slices: CaseSlices
  private readonly row: Row
  private readonly sliceRows: readonly Row[]

  constructor(tally: TaskTally, place: CasePlace, slices: CaseSlices = NO_SLICES) {
    this.tally = tally
    this.place = place
    this.row = tally.row(place.bucket)
    this.slices = slices
    this.sliceRows = slices.tallies.map((slice) => slice.row(place.bucket))
  }

  count(column: number, k: number): void {
    if (k === 0) return
    const cell = column | AS_INTEGER
    this.rowOf(cell).add(cell, k)
    const sliced = this.slices.cells[cell] ?? NOT_SLICED
    if (sliced !== NOT_SLICED) for (const row of this.sliceRows) row.add(sliced, k)
  }

  add(column: number, x: number): void {
    if (x === 0) return
    const cell = column | AS_INTEGER
    addReal(this.rowOf(cell), cell, x)
    const sliced = this.slices.cells[cell] ?? NOT_SLICED
    if (sliced !== NOT_SLICED) for (const row of this.sliceRows) addReal(row, sliced, x)
  }

  private rowOf(cell: number): Row {
    return cell < this.tally.layout.once ? this.row : this.tally.row(ONCE)
  }
}

/** What a detector sees while it observes one case. */
export class CaseTally extends BucketCounter implements Tally {
  private readonly case_: Case

  /** What slices count of it is added to the tallies of the case's slices too, and so are its examples. */
  constructor(tally: TaskTally, case_: Case, place: CasePlace, slices?: CaseSlices) {
    super(tally, place, slices)
    this.case_ = case_
  }

  example(
    measure: string,
    severity: number,
    code: string,
    samples: ExampleSamples = { baseline: 0, tuned: 0 },
    detail: string | null = null,
  ): void {
    const nomination = { severity, code, samples, detail }
    this.tally.examplesOf(measure).nominate(this.case_, this.place.hash, nomination)
    for (const slice of this.slices.tallies) slice.examplesOf(measure).nominate(this.case_, this.place.hash, nomination)
  }

  sample(keep: (case_: Case) => Kept): void {
    const { sampleHash, hash, bucket } = this.place
    if (!this.tally.sample.wants(sampleHash)) return
    const case_ = slim(this.case_)
    const make = () => {
      const { features, examples } = keep(case_)
      return {
        features,
        examples: examples.map(({ measure, ...own }) => [measure, keptExample(case_, hash, own)] as const),
      }
    }
    // One arm's surplus samples wait too.
    const size = sizeOf(case_.all.baseline) + sizeOf(case_.all.tuned)
    this.tally.sample.addLater({ hash: sampleHash, id: case_.id, bucket }, { size, make })
  }
}

/** What a detector sees while it observes a case that the tuned arm lost. */
export class LostCaseTally extends BucketCounter implements LostTally {
  private readonly lost: LostCase

  constructor(tally: TaskTally, lost: LostCase, place: CasePlace) {
    super(tally, place)
    this.lost = lost
  }

  sample(keep: (lost: LostCase) => unknown): void {
    const { sampleHash: hash, bucket } = this.place
    if (!this.tally.lost.wants(hash)) return
    const lost = { ...this.lost, samples: this.lost.samples.map(slimSample) }
    const make = () => ({ features: keep(lost), examples: [] })
    this.tally.lost.addLater({ hash, id: lost.id, bucket }, { size: sizeOf(lost.samples), make })
  }
}
