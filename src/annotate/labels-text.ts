import { isUtf8 } from 'node:buffer'
import { sheetFault } from './labels-fault.js'

/** How files begin that are not text, with what to do instead. */
const OTHER_FILES = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'this is a workbook (.xlsx, .ods) or a zip archive, not a text file' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'this is an .xls workbook, not a text file' },
  { bytes: [0x1f, 0x8b], what: 'this is compressed with gzip' },
] as const

const AS_CSV = 'Save the sheet as "CSV UTF-8".'

/**
 * The text of a sheet: UTF-8 with or without byte order mark, or UTF-16 with one (Excel's "Unicode text").
 * Throws AuditError `bad-line` for anything else, with the line of the first byte that is wrong.
 */
export function sheetText(file: string, bytes: Uint8Array): string {
  const other = OTHER_FILES.find((kind) => startsWith(bytes, kind.bytes))
  if (other !== undefined) throw sheetFault({ file, line: 1, what: other.what, remedy: AS_CSV })
  const utf16 = startsWith(bytes, [0xff, 0xfe]) ? 'utf-16le' : startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : null
  const text = utf16 === null ? utf8(file, bytes) : decodeUtf16(file, bytes, utf16)
  const nul = text.indexOf('\u0000')
  if (nul === -1) return text
  const what = 'there is a NUL character: this is binary data, or UTF-16 without a byte order mark'
  throw sheetFault({ file, line: lineAt(text, nul), what, remedy: AS_CSV })
}

/** TextDecoder drops the byte order mark. */
function utf8(file: string, bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder('utf-8').decode(bytes)
  const what = 'this is not UTF-8 (a sheet saved in an old code page, such as Windows-1252)'
  throw sheetFault({ file, line: firstBadLine(bytes), what, remedy: AS_CSV })
}

/** A newline byte is never part of another UTF-8 character, so lines can be tested one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const newline = bytes.indexOf(10, from)
    const end = newline === -1 ? bytes.length : newline
    if (!isUtf8(bytes.subarray(from, end))) return line
    from = end + 1
  }
  return line
}

function decodeUtf16(file: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    const readable = new TextDecoder(encoding).decode(bytes)
    const line = lineAt(readable, readable.indexOf('\ufffd'))
    throw sheetFault({ file, line, what: 'this is damaged UTF-16', remedy: AS_CSV })
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte)
}
