import { AuditError } from '../domain/problem.js'

/** Where a sheet of labels is wrong: the file as the user named it, a line from 1, what stands there and what to do. */
export interface SheetFault {
  readonly file: string
  readonly line: number
  readonly what: string
  readonly remedy: string
}

export function sheetFault({ file, line, what, remedy }: SheetFault): AuditError {
  return new AuditError({ code: 'bad-line', place: { file, line }, what, remedy, tolerated: 0 })
}
