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
  readonly rows: readonly ReferenceRow[]
}

type Values = readonly (number | null)[]

export interface ReferenceRow {
  /** The arguments. */
  readonly of: string
  /** Null where it is undefined. */
  readonly expected: Values
  /** Computed when called, so that a failure belongs to the test of this row. */
  readonly actual: () => Values
}

/** Arguments, then the expected value or values. */
export type Row = readonly unknown[]

export type References = Readonly<Record<string, readonly Row[]>>

export function readReferences<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/references/${file}`, import.meta.url), 'utf8'))
}

/** Relative to the expected value or to `scale`; to 1 where both are 0. */
export function difference(actual: number | null | undefined, expected: number | null, scale: number): number {
  if (actual === expected) return 0
  if (typeof actual !== 'number' || expected === null || !Number.isFinite(actual)) return Number.POSITIVE_INFINITY
  return Math.abs(actual - expected) / (Math.max(scale, Math.abs(expected)) || 1)
}

// biome-ignore lint/suspicious/noExplicitAny: rows come from files, and each statistic knows its arguments.
type Of = (...args: any[]) => number | null | Values

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
    rows: references[key]!.map((row) => asRow(row, of)),
  }))
}

function asRow(row: Row, of: Of): ReferenceRow {
  const args = row.slice(0, -1)
  return { of: label(args), expected: [row.at(-1)].flat(2) as Values, actual: () => [of(...args)].flat() }
}

function label(args: readonly unknown[]): string {
  const text = args.map((arg) => JSON.stringify(arg)).join(', ')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
