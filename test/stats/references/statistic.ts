import { readFileSync } from 'node:fs'

/** A statistic of ours beside one independent source. */
export interface Statistic {
  /** Its function in src. */
  readonly name: string
  /** The command or publication that the expected values came from. */
  readonly source: string
  /** Largest difference that is allowed, relative to the expected value or to `scale`, whichever is larger. */
  readonly tolerance: number
  /** The size of the numbers that a value is the difference of; 0 for values that keep their digits however small. */
  readonly scale: number
  readonly values: readonly ReferenceValue[]
}

export interface ReferenceValue {
  /** What it is the value of. */
  readonly of: string
  readonly actual: number | null
  /** Null where it is undefined. */
  readonly expected: number | null
}

/** Arguments, then the expected value or values. */
export type Row = readonly unknown[]

export type References = Readonly<Record<string, readonly Row[]>>

export function readReferences<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/references/${file}`, import.meta.url), 'utf8'))
}

/** Relative to the expected value or to `scale`; to 1 where both are 0. */
export function difference({ actual, expected }: ReferenceValue, scale: number): number {
  if (actual === expected) return 0
  if (actual === null || expected === null || !Number.isFinite(actual)) return Number.POSITIVE_INFINITY
  return Math.abs(actual - expected) / (Math.max(scale, Math.abs(expected)) || 1)
}

// biome-ignore lint/suspicious/noExplicitAny: rows come from files, and each statistic knows its arguments.
type Of = (...args: any[]) => number | null | readonly (number | null)[]

/** How near values must come. */
type Nearness = number | Pick<Statistic, 'tolerance' | 'scale'>

/** The statistics whose keys in the file begin with `name` and a colon, one for each source. */
export function statistics(references: References, name: string, nearness: Nearness, of: Of): Statistic[] {
  const keys = Object.keys(references).filter((key) => key.startsWith(`${name}:`))
  if (keys.length === 0) throw new Error(`no reference for ${name}`)
  return keys.map((key) => ({
    name,
    source: key.slice(name.length + 2),
    ...(typeof nearness === 'number' ? { tolerance: nearness, scale: 0 } : nearness),
    values: references[key]!.flatMap((row) => valuesOf(row, of)),
  }))
}

function valuesOf(row: Row, of: Of): ReferenceValue[] {
  const args = row.slice(0, -1)
  const expected = [row.at(-1)].flat(2) as (number | null)[]
  const actual = [of(...args)].flat()
  if (actual.length !== expected.length) throw new Error(`${actual.length} values, not ${expected.length}`)
  return expected.map((value, i) => ({ of: label(args, i, expected.length), actual: actual[i]!, expected: value }))
}

function label(args: readonly unknown[], place: number, places: number): string {
  const text = args.map((arg) => JSON.stringify(arg)).join(', ')
  return `${text.length > 60 ? `${text.slice(0, 60)}…` : text}${places > 1 ? ` [${place}]` : ''}`
}
