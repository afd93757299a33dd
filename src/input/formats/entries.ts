import { BadLine } from '../json.js'
import type { Entry, RawRecord } from './format.js'
import type { Log, LogFormat } from './log-format.js'

/** More records than this from one row are refused: their spans could not be told apart. */
export const MOST_PER_ROW = 4_096

/** What a row of a log gives, each entry with its place within the row. */
export function entriesOf(format: LogFormat, row: RawRecord, log: Log): Entry[] {
  const { span, nonFinite } = row
  try {
    const produced = format.records(row.raw, log, span.number)
    if (produced.length > MOST_PER_ROW) throw new BadLine(`${produced.length} outputs in one row`, 'Split the row.')
    return produced.map((one, index): Entry => {
      const own = index === 0 ? span : { ...span, index }
      if (one.kind === 'left-out') {
        return {
          kind: 'left-out',
          span: own,
          reason: one.reason,
          ...(one.task === undefined ? {} : { task: one.task }),
        }
      }
      const { record, part = null, score = null } = one
      return {
        kind: 'record',
        span: own,
        raw: { ...record, row: row.raw },
        mapped: true,
        nonFinite: index === 0 ? nonFinite : 0,
        text: row.text,
        part,
        score,
      }
    })
  } catch (error) {
    if (error instanceof BadLine) return [{ kind: 'bad', span, bad: error }]
    throw error
  }
}
