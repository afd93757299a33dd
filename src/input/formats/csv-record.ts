import type { Raw } from '../../domain/record.js'
import type { ParsedLine } from '../json.js'
import type { Column } from './csv-columns.js'

/** What a row says; the columns `scores.<name>` become one object. Throws BadLine. */
export function recordOf(cells: readonly string[], columns: readonly Column[]): ParsedLine {
  const entries: Record<Column['into'], [string, unknown][]> = { record: [], scores: [] }
  let nonFinite = 0
  for (const { at, key, header, into, read, keepsBlank } of columns) {
    const cell = cells[at]!
    let value = /\S/.test(cell) ? read(cell, header) : keepsBlank ? cell : null
    if (Number.isNaN(value)) {
      value = null
      nonFinite++
    }
    if (into === 'record' || value !== null) entries[into].push([key, value])
  }
  return { raw: withScores(entries.record, entries.scores), nonFinite }
}

/** `fromEntries` keeps a key such as `__proto__` as data. */
function withScores(record: readonly [string, unknown][], scores: readonly [string, unknown][]): Raw {
  const raw: Raw = Object.fromEntries(record)
  if (scores.length === 0) return raw
  const given = typeof raw.scores === 'object' && raw.scores !== null ? Object.entries(raw.scores) : []
  return { ...raw, scores: Object.fromEntries([...given, ...scores]) }
}
