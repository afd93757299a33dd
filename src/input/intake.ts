import { mapOf, setOf } from '../domain/codec/collections.js'
import { place } from '../domain/codec/names.js'
import { stateOf } from '../domain/codec/state.js'
import { extended, natural, nullable, oneOf, record, text } from '../domain/codec/values.js'
import { FIELDS, type Field } from '../domain/fields.js'
import { byCodeUnit } from '../domain/order.js'
import { LOGPROB_READINGS, type LogprobReading } from '../domain/policy.js'
import type { Place } from '../domain/record.js'
import type { ColumnKind } from '../domain/report.js'
import { looksLikeLogprobs } from './logprobs.js'
import { Promises, promisesCodec } from './promises.js'

/** Names followed: the smallest by code unit, so that the set does not depend on the order of records. */
const MAX_NAMES = 256

/** What a column's values are, as bits that add up. */
export const KIND = { boolean: 1, share: 2, number: 4, other: 8, logprobs: 16 } as const

export function kindOf(value: unknown): number {
  if (typeof value === 'boolean') return KIND.boolean
  if (typeof value !== 'number') return looksLikeLogprobs(value) ? KIND.logprobs : KIND.other
  return value >= 0 && value <= 1 ? KIND.share : KIND.number
}

/** A number from 0 to 1 is a number too. */
export function kindName(kinds: number): ColumnKind {
  if (kinds === KIND.boolean) return 'boolean'
  if (kinds === KIND.share) return 'share'
  if (kinds === KIND.logprobs) return 'logprobs'
  return (kinds & ~(KIND.share | KIND.number)) === 0 ? 'number' : 'other'
}

interface Counted {
  times: number
  kinds: number
}

/** How often each of the smallest names was seen; a name that stays among them was counted from the first time on. */
export class NameCounts {
  private readonly counts = new Map<string, Counted>()
  private largest = ''

  add(name: string, kind: number = KIND.other): void {
    const seen = this.counts.get(name)
    if (seen === undefined) this.addNew(name, kind)
    else {
      seen.times++
      seen.kinds |= kind
    }
  }

  get names(): readonly string[] {
    return [...this.counts.keys()]
  }

  times(name: string): number {
    return this.counts.get(name)?.times ?? 0
  }

  /** Bits of KIND; 0 for a name that was not seen. */
  kinds(name: string): number {
    return this.counts.get(name)?.kinds ?? 0
  }

  merge(other: NameCounts): void {
    for (const [name, { times, kinds }] of other.counts) {
      const seen = this.counts.get(name)
      if (seen === undefined) this.addNew(name, kinds, times)
      else {
        seen.times += times
        seen.kinds |= kinds
      }
    }
  }

  private addNew(name: string, kinds: number, times = 1): void {
    if (this.counts.size >= MAX_NAMES) {
      if (name > this.largest) return
      this.counts.delete(this.largest)
    }
    this.counts.set(name, { times, kinds })
    this.largest = this.names.toSorted(byCodeUnit).at(-1)!
  }
}

const NAMES = ['columns', 'scoreNames', 'models', 'chosen', 'providers'] as const

/** What was counted while one arm was read. */
export class Intake {
  records = 0
  badLines = 0
  unknownNumbers = 0
  scoresOutOfRange = 0
  /** Records whose `correct` says something else than their score. */
  scoresOverCorrect = 0
  withoutId = 0
  firstWithoutId: Place | null = null
  readonly aliases = new Map<string, number>()
  readonly columns = new NameCounts()
  readonly scoreNames = new NameCounts()
  readonly models = new NameCounts()
  /** Scores that logs name as theirs and that were taken for the score. */
  readonly chosen = new NameCounts()
  /** Models that one log holds side by side. */
  readonly providers = new NameCounts()
  readonly tasks = new Set<string>()
  /** Records whose confidence came from log probabilities, by how. */
  readonly logprobReadings = new Map<LogprobReading, number>()
  readonly promises = new Promises()

  /** Fields that were found where `--fields` or the config says. */
  readonly mappedFields = new Set<Field>()
  /** Smallest and largest of the scores outside their range. */
  lowest = Number.POSITIVE_INFINITY
  highest = Number.NEGATIVE_INFINITY

  alias(field: Field, name: string): void {
    const key = `${field}\t${name}`
    this.aliases.set(key, (this.aliases.get(key) ?? 0) + 1)
  }

  mapped(field: Field): void {
    this.mappedFields.add(field)
  }

  fromLogprobs(reading: LogprobReading): void {
    this.logprobReadings.set(reading, (this.logprobReadings.get(reading) ?? 0) + 1)
  }

  overCorrect(): void {
    this.scoresOverCorrect++
  }

  /** Adds what was counted over later records of the same arm. */
  merge(other: Intake): void {
    this.records += other.records
    this.badLines += other.badLines
    this.unknownNumbers += other.unknownNumbers
    this.scoresOutOfRange += other.scoresOutOfRange
    this.scoresOverCorrect += other.scoresOverCorrect
    this.withoutId += other.withoutId
    this.firstWithoutId ??= other.firstWithoutId
    this.lowest = Math.min(this.lowest, other.lowest)
    this.highest = Math.max(this.highest, other.highest)
    for (const [key, records] of other.aliases) this.aliases.set(key, (this.aliases.get(key) ?? 0) + records)
    this.promises.merge(other.promises)
    for (const [reading, outputs] of other.logprobReadings)
      this.logprobReadings.set(reading, (this.logprobReadings.get(reading) ?? 0) + outputs)
    for (const names of NAMES) this[names].merge(other[names])
    for (const task of other.tasks) this.tasks.add(task)
    for (const field of other.mappedFields) this.mappedFields.add(field)
  }

  outOfRange(score: number): void {
    this.scoresOutOfRange++
    this.lowest = Math.min(this.lowest, score)
    this.highest = Math.max(this.highest, score)
  }
}

/** What was counted while one file was read. */
export class FileIntake {
  rows = 0
  records = 0
  badLines = 0
  unknownNumbers = 0
  otherTasks = 0
  /** Rows that the format knows and does not read, by reason. */
  readonly leftOut = new Map<string, number>()

  merge(other: FileIntake): void {
    this.rows += other.rows
    this.records += other.records
    this.badLines += other.badLines
    this.unknownNumbers += other.unknownNumbers
    this.otherTasks += other.otherTasks
    for (const [reason, rows] of other.leftOut) this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + rows)
  }
}

const nameCounts = stateOf(() => new NameCounts(), {
  counts: mapOf(text, record<Counted>({ times: natural, kinds: natural })),
  largest: text,
})

export const intakeCodec = stateOf(() => new Intake(), {
  records: natural,
  badLines: natural,
  unknownNumbers: natural,
  scoresOutOfRange: natural,
  scoresOverCorrect: natural,
  withoutId: natural,
  firstWithoutId: nullable(place),
  aliases: mapOf(text, natural),
  columns: nameCounts,
  scoreNames: nameCounts,
  models: nameCounts,
  chosen: nameCounts,
  providers: nameCounts,
  promises: promisesCodec,
  logprobReadings: mapOf(oneOf(LOGPROB_READINGS), natural),
  tasks: setOf(text),
  mappedFields: setOf(oneOf(FIELDS)),
  lowest: extended,
  highest: extended,
})

export const fileIntakeCodec = stateOf(() => new FileIntake(), {
  rows: natural,
  records: natural,
  badLines: natural,
  unknownNumbers: natural,
  otherTasks: natural,
  leftOut: mapOf(text, natural),
})
