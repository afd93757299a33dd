import { ALIASES, type Field } from '../../domain/fields.js'
import type { Raw } from '../../domain/record.js'
import { type FieldMap, fieldOf } from '../fields.js'
import { ENVELOPE, ENVELOPE_VERSION, type Envelope } from '../formats/envelope.js'
import type { RawRecord } from '../formats/format.js'
import { READ_FIELDS, type Reading, textOrder } from '../reading.js'
import type { Remainder, Writer } from './writer.js'

/**
 * The tool's own JSON lines, with canonical names. Columns that nothing else reads stay as they are; the row of a tool's
 * log, which may be a hundred times the record, does not. What the log says beside its records (its own score, that
 * several rows are one output, what was left out) stands under one key, so that an audit of the lines finds what an audit
 * of the log finds.
 */
export const native: Writer = {
  id: 'native',
  title: 'the tool’s own JSON lines',
  lines: (record, reading, { fields }) => {
    const line = canonical(record, fields)
    const envelope = envelopeOf(record, reading, line)
    return [envelope === null ? line : { ...line, [ENVELOPE]: envelope }]
  },
  end: (remainder) => (remainder.leftOut.length === 0 ? [] : [remainderLine(remainder)]),
}

/** A line that says that those before it are not the whole log: whatever reads them then does not pass them. */
export function unfinishedLine(what: string, remedy: string): object {
  return { [ENVELOPE]: { version: ENVELOPE_VERSION, unfinished: { what, remedy } } satisfies Envelope }
}

function canonical({ raw, mapped }: RawRecord, map: FieldMap): Raw {
  const line: Record<string, unknown> = { ...raw }
  if (mapped) delete line.row
  for (const field of READ_FIELDS) {
    const value = fieldOf(raw, field, map, null)
    if (value === raw[field]) continue
    for (const name of namesOf(raw, field, map, value)) delete line[name]
    if (value !== undefined) line[field] = value
  }
  return line
}

/** Where a record has the field by another name, or by its own where it is mapped elsewhere. */
function namesOf(raw: Raw, field: Field, { pointers }: FieldMap, value: unknown): readonly string[] {
  if (pointers[field] !== undefined) return [field]
  const names: readonly string[] = ALIASES[field]
  return names.filter((name) => raw[name] === value)
}

function envelopeOf(record: RawRecord, reading: Reading, line: Raw): Envelope | null {
  const { mapped, part, score, span } = record
  const envelope: Envelope = {
    version: ENVELOPE_VERSION,
    ...(mapped ? { mapped } : {}),
    ...(record.sameRow || (span.index ?? 0) > 0 ? { sameRow: true } : {}),
    ...(part ? { part } : {}),
    ...(score ? { score } : {}),
    ...orderOf(record, reading, line),
  }
  return Object.keys(envelope).length === 1 ? null : envelope
}

/** Needed where a record has no number, and its text is not what is written. */
function orderOf({ order, text }: RawRecord, { number }: Reading, line: Raw): { order?: string } {
  if (number !== null || (order === undefined && JSON.stringify(line) === text.trimEnd())) return {}
  return { order: order ?? textOrder(text) }
}

function remainderLine({ leftOut, rows, tasks }: Remainder): object {
  const first = leftOut[0]!.reason
  const envelope: Envelope = {
    version: ENVELOPE_VERSION,
    leftOut: [
      ...leftOut.map(({ reason, rows: times }) => ({ reason, times })),
      ...tasks.map((task) => ({ reason: first, times: 0, task })),
    ],
    rows,
  }
  return { [ENVELOPE]: envelope }
}
