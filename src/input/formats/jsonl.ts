import type { LineStart, Span } from '../lines.js'
import { opened } from './envelope.js'
import type { Entry, Format, OpenFile, RecordReader } from './format.js'
import { JsonLines } from './json-lines.js'

/** One JSON object a line. What is in no other format is taken for this one, and its errors say what is wrong. */
export const jsonl: Format = {
  id: 'jsonl',
  tool: 'JSON lines',
  reads: 'the records above; lines that `convert` wrote',
  seen: true,
  detects: () => true,
  cuttable: true,
  open: (file) => new NativeLines(file),
}

/** Lines as users write them, and those of `tuneaudit convert`, which say more of some records. */
class NativeLines implements RecordReader {
  private readonly lines: JsonLines
  private readonly file: OpenFile

  constructor(file: OpenFile) {
    this.lines = new JsonLines(file)
    this.file = file
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    for await (const entries of this.lines.records(chunks)) yield entries.flatMap((entry) => opened(entry, this.file))
  }

  cut(lines: Buffer, start: LineStart): Entry[] {
    return this.lines.cut(lines, start).flatMap((entry) => opened(entry, this.file))
  }

  again(bytes: Buffer, span: Span): Entry {
    return opened(this.lines.again(bytes, span), this.file)[0]!
  }
}
