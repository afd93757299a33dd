import { shown } from '../../domain/printable.js'
import { BadLine } from '../json.js'
import { compileLater } from '../own-schema.js'
import type { Entry, LeftOut, OpenFile, RawRecord } from './format.js'
import type { MappedScore, Part } from './log-format.js'

/** The key under which a converted line says what the log that it came from says of its record beside its fields. */
export const ENVELOPE = 'tuneaudit'
export const ENVELOPE_VERSION = 1

export interface Envelope {
  readonly version: typeof ENVELOPE_VERSION
  /** The record was made from a row of a tool's log. */
  readonly mapped?: true
  /** The record before it came from the same row. */
  readonly sameRow?: true
  readonly part?: Part
  /** The score that the log names as its own. */
  readonly score?: MappedScore
  /** Hash of the record's text as the log has it: repeats without a number are ordered by it. */
  readonly order?: string
  /** Of a line that holds no record: what was not converted, and how many rows of the log that were. */
  readonly leftOut?: readonly Omission[]
  readonly rows?: number
  /** Of a line that holds no record: the log says that its run is not whole, or could not be read to its end. */
  readonly unfinished?: { readonly what: string; readonly remedy: string }
}

interface Omission {
  readonly reason: string
  readonly times: number
  /** Set where a log names a task and has no output for it. */
  readonly task?: string
}

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }
const object = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

export const ENVELOPE_SCHEMA = object(
  {
    version: { const: ENVELOPE_VERSION },
    mapped: { const: true },
    sameRow: { const: true },
    part: object({ rank: text, partial: { type: 'boolean' } }, ['rank', 'partial']),
    score: object({ name: text, worse: { enum: ['higher', 'lower', null] } }, ['name', 'worse']),
    order: text,
    leftOut: { type: 'array', items: object({ reason: text, times: whole, task: text }, ['reason', 'times']) },
    rows: whole,
    unfinished: object({ what: text, remedy: text }, ['what', 'remedy']),
  },
  ['version'],
)
const isEnvelope = compileLater<Envelope>(ENVELOPE_SCHEMA)

/** An entry of a file of lines with what its envelope says; the entry itself where it has none. */
export function opened(entry: Entry, file: OpenFile): readonly Entry[] {
  if (entry.kind !== 'record' || !Object.hasOwn(entry.raw, ENVELOPE)) return [entry]
  const { [ENVELOPE]: envelope, ...raw } = entry.raw
  if (!isVersioned(envelope)) return [entry]
  if (!isEnvelope(envelope)) return [{ kind: 'bad', span: entry.span, bad: unknownEnvelope(envelope) }]
  if (envelope.unfinished !== undefined) {
    file.log.unfinished(envelope.unfinished.what, envelope.unfinished.remedy)
    return []
  }
  return envelope.leftOut === undefined ? [recordOf({ ...entry, raw }, envelope)] : leftOutOf(entry, envelope)
}

/** A column of the user's own by the same name is left to them. */
function isVersioned(value: unknown): value is { readonly version: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'version')
}

function unknownEnvelope({ version }: { readonly version: unknown }): BadLine {
  const what =
    version === ENVELOPE_VERSION
      ? `"${ENVELOPE}" is not as tuneaudit convert writes it`
      : `the line was converted by another version of tuneaudit (${shown(version)}; ${ENVELOPE_VERSION} is known)`
  return new BadLine(what, 'Convert the log again.')
}

function recordOf(record: RawRecord, { mapped, sameRow, part, score, order }: Envelope): RawRecord {
  return {
    ...record,
    ...(mapped ? { mapped } : {}),
    ...(sameRow ? { sameRow } : {}),
    ...(order === undefined ? {} : { order }),
    part: part ?? null,
    score: score ?? null,
  }
}

function leftOutOf({ span }: RawRecord, { leftOut = [], rows = 0 }: Envelope): LeftOut[] {
  return leftOut.map((omission, i): LeftOut => ({ kind: 'left-out', span, ...omission, rows: i === 0 ? rows : 0 }))
}
