import type { Case } from '../domain/case.js'
import type { Prepared } from '../domain/detector.js'
import type { Measure } from '../domain/measure.js'
import type { ExampleSamples, Kept, Tally } from '../domain/tally.js'
import { CaseSample } from './case-sample.js'
import { addReal, Layout, Row } from './cells.js'
import { Examples, keptExample, withRank } from './examples.js'

/** The row of columns that are kept once. It is never left out: no case is counted in it. */
const ONCE = -1

/** Rows of one task and detector, one for each bucket that was touched, and its examples by measure. */
export class TaskTally {
  readonly prepared: Prepared
  readonly layout: Layout
  readonly rows = new Map<number, Row>()
  readonly examples = new Map<string, Examples>()
  readonly sample = new CaseSample()

  constructor(prepared: Prepared) {
    this.prepared = prepared
    this.layout = new Layout(prepared.columns)
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

  merge(other: TaskTally): void {
    for (const [bucket, row] of other.rows) this.row(bucket).merge(row)
    this.sample.merge(other.sample)
    for (const [measure, examples] of other.examples) this.examplesOf(measure).merge(examples)
  }
}

/** Where a case belongs: its bucket, and the hashes that order it among examples and in the sample. */
export interface CasePlace {
  readonly bucket: number
  readonly hash: number
  readonly sampleHash: number
}

/** What a detector sees while it observes one case. */
export class CaseTally implements Tally {
  private readonly tally: TaskTally
  private readonly row: Row
  private readonly case_: Case
  private readonly place: CasePlace

  constructor(tally: TaskTally, case_: Case, place: CasePlace) {
    this.tally = tally
    this.row = tally.row(place.bucket)
    this.case_ = case_
    this.place = place
  }

  count(cell: number, k: number): void {
    if (k !== 0) this.rowOf(cell).add(cell, k)
  }

  add(cell: number, x: number): void {
    if (x !== 0) addReal(this.rowOf(cell), cell, x)
  }

  private rowOf(cell: number): Row {
    return cell < this.tally.layout.once ? this.row : this.tally.row(ONCE)
  }

  example(
    measure: string,
    severity: number,
    code: string,
    samples: ExampleSamples = { baseline: 0, tuned: 0 },
    detail: string | null = null,
  ): void {
    this.tally.examplesOf(measure).nominate(this.case_, this.place.hash, { severity, code, samples, detail })
  }

  sample(make: () => Kept): void {
    const { sampleHash, hash, bucket } = this.place
    if (!this.tally.sample.wants(sampleHash)) return
    const { features, examples } = make()
    this.tally.sample.add({
      hash: sampleHash,
      id: this.case_.id,
      bucket,
      features,
      examples: examples.map(({ measure, ...own }) => [measure, keptExample(this.case_, hash, own)] as const),
    })
  }
}
