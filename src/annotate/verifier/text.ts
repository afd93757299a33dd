import { printable, shown } from '../../domain/printable.js'
import type { Verification, VerifierFault } from '../../domain/verification.js'

export type Fault = Extract<Verification, { kind: 'fault' }>

export function fault(code: VerifierFault, message: string): Fault {
  return { kind: 'fault', code, message: printable(message) }
}

/** The beginning of a text; no character is cut in two. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Bytes that may be of any kind and number, as a quotation of 80 characters at most. */
export function quoted(bytes: Buffer): string {
  return shown(bytes.subarray(0, 400).toString())
}

export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
