import { csv } from './csv.js'
import type { Format } from './format.js'
import { jsonl } from './jsonl.js'

/** The first that knows a file reads it; the last takes what is left. */
const FORMATS: readonly Format[] = [csv, jsonl]

/** Enough to know a format by. */
export const HEAD_BYTES = 1 << 16

/** The format of a file, by its first HEAD_BYTES (decompressed; fewer where it ends) and by its name. */
export function formatOf(head: Buffer, name: string): Format {
  return FORMATS.find((format) => format.detects(head, name)) ?? jsonl
}
