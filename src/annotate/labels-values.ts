import { nearest } from '../domain/nearest.js'
import { shown } from '../domain/printable.js'
import { ARMS, type Arm } from '../domain/record.js'

/** What a cell says, or why it says nothing that can be used. */
export type Cell<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly remedy: string }

/** pandas writes a column of truths with gaps as 1.0 and 0.0. */
const TRUE = /^(?:true|yes|1(?:\.0+)?)$/i
const FALSE = /^(?:false|no|0(?:\.0+)?)$/i
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const LEAVE_EMPTY = 'Leave the cell empty where nothing is known.'

export function truth(cell: string): Cell<boolean> {
  if (TRUE.test(cell)) return { ok: true, value: true }
  if (FALSE.test(cell)) return { ok: true, value: false }
  return { ok: false, remedy: `Write true, false, yes, no, 1 or 0. ${LEAVE_EMPTY}` }
}

/**
 * A finite decimal number with a point; no thousands separator, no percent sign, because either could mean two things.
 */
export function number(cell: string): Cell<number> {
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN
  if (Number.isFinite(value)) return { ok: true, value }
  if (/^[+-]?\d*,\d+$/.test(cell)) {
    const written = shown(cell.replace(',', '.'))
    return { ok: false, remedy: `Write decimals with a point (${written}), and thousands without a separator.` }
  }
  if (cell.endsWith('%'))
    return { ok: false, remedy: 'Write the number without a percent sign, on the scale of the score.' }
  return { ok: false, remedy: `Write a plain number such as 0.5. ${LEAVE_EMPTY}` }
}

export function arm(cell: string): Cell<Arm> {
  const name = cell.toLowerCase()
  const value = ARMS.find((known) => known === name)
  if (value !== undefined) return { ok: true, value }
  const meant = nearest(name, ARMS)
  const question = meant === null ? '' : `Did you mean "${meant}"? `
  return { ok: false, remedy: `${question}Write baseline or tuned, or leave the cell empty if the row holds for both.` }
}

/** pandas writes a column of whole numbers with gaps as 1.0. */
export function sample(cell: string): Cell<number> {
  const value = /^\d{1,15}(?:\.0+)?$/.test(cell) ? Number(cell) : Number.NaN
  if (Number.isSafeInteger(value)) return { ok: true, value }
  return {
    ok: false,
    remedy: 'Write a whole number from 0, or leave the cell empty if the row holds for every sample.',
  }
}
