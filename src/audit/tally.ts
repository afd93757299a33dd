import type { Case } from '../domain/case.js'
import type { Prepared } from '../domain/detector.js'
import type { ExampleSamples, Tally } from '../domain/tally.js'
import { addReal, Layout, Row } from './cells.js'
import { Examples } from './examples.js'

/** Rows of one task and detector, one for each bucket that was touched, and its examples by measure. */
export class TaskTally {
  readonly prepared: Prepared
  readonly layout: Layout
  readonly rows = new Map<number, Row>()
  readonly examples = new Map<string, Examples>()

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

  merge(other: TaskTally): void {
    for (const [bucket, row] of other.rows) this.row(bucket).merge(row)
    for (const [measure, examples] of other.examples) this.examplesOf(measure).merge(examples)
  }
}

/** What a detector sees while it observes one case. */
export class CaseTally implements Tally {
  private readonly tally: TaskTally
  private readonly row: Row
  private readonly case_: Case
  private readonly hash: number

  constructor(tally: TaskTally, bucket: number, case_: Case, hash: number) {
    this.tally = tally
    this.row = tally.row(bucket)
    this.case_ = case_
    this.hash = hash
  }

  count(cell: number, k: number): void {
    if (k !== 0) this.row.add(cell, k)
  }

  add(cell: number, x: number): void {
    if (x !== 0) addReal(this.row, cell, x)
  }

  example(measure: string, severity: number, code: string, samples: ExampleSamples = { baseline: 0, tuned: 0 }): void {
    this.tally.examplesOf(measure).nominate(this.case_, this.hash, { severity, code, samples })
  }
}
