import { type Measure, type Unmeasured, unmeasured, type Value } from '../domain/measure.js'
import { BUCKETS, isTelling } from './buckets.js'
import { union } from './case-sample.js'
import { CellSums, Layout, type Row } from './cells.js'
import type { TaskTally } from './tally.js'
import type { SampledCase } from './waiting-case.js'

/** One way of reading a measure off summed tallies: its own, or its worst case. */
export interface Reading {
  readonly measure: Measure
  /** Whether a measure of the case sample counts the lost cases too. */
  readonly withLost: boolean
  of(sums: CellSums, whole: CellSums): Value | Unmeasured
}

/** A measure over all its cases, and without each bucket that carries it. */
export interface LeftOut {
  readonly whole: Value | Unmeasured
  readonly cases: number
  /** By bucket; `emptied` where no case is left. */
  readonly without: ReadonlyMap<number, WithoutBucket>
}

export interface WithoutBucket {
  /** Cases that the bucket holds. */
  readonly cases: number
  /** The bucket's part of the value: its cases, weighted as tasks are. Only ratios matter. */
  readonly share: number
  readonly value: Value | Unmeasured | 'emptied'
}

/** Telling buckets that a task must have cases in: with fewer, cases that are alike by luck would tell. */
const MIN_TELLING = 8

function toldByTooFew(have: number): Unmeasured {
  return unmeasured({
    code: 'too-few',
    what: 'groups of cases that tell what a task is held to',
    have,
    need: MIN_TELLING,
  })
}

/** A row and where its cells go in the group's layout; null where they stay in place. */
interface Placed {
  readonly row: Row
  readonly cells: Int32Array | null
  /** −1 for a row that is taken away. */
  readonly times: 1 | -1
}

interface Filled {
  readonly reading: Reading
  readonly cases: number
  readonly without: Map<number, WithoutBucket>
}

/** Buckets of a group, what they sum to, and what readings hear of as the sums of all. */
interface Part {
  readonly readings: readonly Reading[]
  readonly isOwn: (bucket: number) => boolean
  readonly own: CellSums
  readonly whole: CellSums
}

/**
 * Tallies whose columns are added: of one task, or of several; those of `less` are taken away. A bucket is left out of all
 * of them at once.
 */
export class Group {
  private sums: CellSums | null = null
  private readonly layout: Layout
  private readonly tallies: readonly TaskTally[]
  private readonly less: readonly TaskTally[]
  private placed: ReadonlyMap<number, readonly Placed[]> | null = null
  private readonly readings: readonly Reading[]
  private readonly ofSample = new Map<NonNullable<Measure['corpus']>, LeftOut>()
  private results: ReadonlyMap<Reading, LeftOut> | null = null

  constructor(tallies: readonly TaskTally[], readings: readonly Reading[], less: readonly TaskTally[] = []) {
    const all = [...tallies, ...less]
    this.layout = all.length === 1 ? all[0]!.layout : Layout.union(all.map(({ layout }) => layout))
    this.readings = readings
    this.tallies = tallies
    this.less = less
  }

  private get rows(): ReadonlyMap<number, readonly Placed[]> {
    this.placed ??= rowsByBucket(this.tallies, this.less, this.layout)
    return this.placed
  }

  /** The sums of all rows. */
  get whole(): CellSums {
    this.sums ??= this.sumsOf(() => true)
    return this.sums
  }

  /** The sums of the buckets chosen. */
  sumsOf(chosen: (bucket: number) => boolean): CellSums {
    const sums = new CellSums(this.layout)
    for (const [bucket, rows] of this.rows)
      if (chosen(bucket)) for (const { row, cells, times } of rows) sums.add(row, times, cells)
    return sums
  }

  /** One of the readings that the group was made with. All of them are evaluated together, a bucket at a time. */
  leftOut(reading: Reading): LeftOut {
    const { corpus } = reading.measure
    if (corpus !== undefined) return this.corpora(reading, corpus)
    this.results ??= this.leaveOutEach({
      readings: this.readings.filter((own) => own.measure.corpus === undefined),
      isOwn: () => true,
      own: this.whole,
      whole: this.whole,
    })
    return this.results.get(reading)!
  }

  /**
   * Of the buckets that do not tell, with those that do as what the reading hears of as undivided: what the cases are held to
   * was told by others.
   */
  told(reading: Reading): LeftOut {
    const own = this.sumsOf((bucket) => !isTelling(bucket))
    const cases = casesIn(own, reading.measure)
    const telling = [...this.rows.keys()].filter(isTelling).length
    if (telling < MIN_TELLING || cases === 0) return { whole: toldByTooFew(telling), cases, without: new Map() }
    const whole = this.sumsOf(isTelling)
    return this.leaveOutEach({ readings: [reading], isOwn: (bucket) => !isTelling(bucket), own, whole }).get(reading)!
  }

  private corpora(reading: Reading, corpus: NonNullable<Measure['corpus']>): LeftOut {
    const [tally] = this.tallies
    if (tally === undefined || this.tallies.length > 1)
      throw new Error(`${reading.measure.id}: a measure of the sample is one task's`)
    if (reading.withLost && tally.lost.cases.length > 0) return corpusLeftOut(union(tally.sample, tally.lost), corpus)
    const known = this.ofSample.get(corpus)
    if (known !== undefined) return known
    const fresh = corpusLeftOut(tally.sample.cases, corpus)
    this.ofSample.set(corpus, fresh)
    return fresh
  }

  private leaveOutEach({ readings, isOwn, own, whole }: Part): Map<Reading, LeftOut> {
    const results = readings.map((reading) => ({
      reading,
      whole: reading.of(own, whole),
      cases: casesIn(own, reading.measure),
      without: new Map<number, WithoutBucket>(),
    }))
    const withInterval = results.filter(({ reading, cases }) => reading.measure.interval !== 'none' && cases > 0)
    if (withInterval.length > 0) this.fill(withInterval, { isOwn, whole })
    return new Map(results.map(({ reading, ...left }) => [reading, left]))
  }

  /** Without each bucket. Sums are exact, so that a row taken out goes back in. */
  private fill(results: readonly Filled[], { isOwn, whole }: Pick<Part, 'isOwn' | 'whole'>): void {
    const sums = this.sumsOf(isOwn)
    for (const [bucket, rows] of this.rows) {
      if (!isOwn(bucket)) continue
      for (const { row, cells, times } of rows) sums.add(row, times === 1 ? -1 : 1, cells)
      for (const { reading, cases, without } of results) {
        const left = casesIn(sums, reading.measure)
        if (left === cases) continue
        without.set(bucket, {
          cases: cases - left,
          share: cases - left,
          value: left === 0 ? 'emptied' : reading.of(sums, whole),
        })
      }
      for (const { row, cells, times } of rows) sums.add(row, times, cells)
    }
  }
}

/** A measure of the case sample of one task. */
function corpusLeftOut(sample: readonly SampledCase[], corpus: NonNullable<Measure['corpus']>): LeftOut {
  const { whole, without, cases } = corpus(sample, BUCKETS)
  const total = cases.reduce((sum, own) => sum + own, 0)
  const buckets = without.flatMap((left, bucket): [number, WithoutBucket][] => {
    const own = cases[bucket]!
    return own === 0 ? [] : [[bucket, { cases: own, share: own, value: own === total ? 'emptied' : left }]]
  })
  return { whole, cases: total, without: new Map(buckets) }
}

function rowsByBucket(
  tallies: readonly TaskTally[],
  less: readonly TaskTally[],
  layout: Layout,
): Map<number, Placed[]> {
  const rows = new Map<number, Placed[]>()
  const place = (tally: TaskTally, times: 1 | -1) => {
    const cells = tally.layout === layout ? null : tally.layout.cellsIn(layout)
    for (const [bucket, row] of tally.rows) {
      const together = rows.get(bucket)
      if (together === undefined) rows.set(bucket, [{ row, cells, times }])
      else together.push({ row, cells, times })
    }
  }
  for (const tally of tallies) place(tally, 1)
  for (const tally of less) place(tally, -1)
  return new Map([...rows].sort(([a], [b]) => a - b))
}

function casesIn(sums: CellSums, { cases }: Measure): number {
  let total = 0
  for (const column of cases) total += sums.count(column)
  return total
}

/** Whether the measure has a value with every bucket left out that does not empty it. */
export function isDefined({ whole, without }: LeftOut): boolean {
  if (whole.kind === 'unmeasured') return false
  return [...without.values()].every(({ value }) => value === 'emptied' || value.kind !== 'unmeasured')
}

export function bucketCases({ without }: LeftOut): number[] {
  return [...without.values()].map(({ cases }) => cases)
}
