import type { LineStart, Span } from '../lines.js'
import { entriesOf } from './entries.js'
import type { Entry, OpenFile, RecordReader } from './format.js'
import { JsonLines } from './json-lines.js'
import type { LineFormat } from './log-format.js'

/** A row a line, each mapped to the records that it gives. */
export class MappedLines implements RecordReader {
  private readonly format: LineFormat
  private readonly file: OpenFile
  private readonly lines: JsonLines

  constructor(format: LineFormat, file: OpenFile) {
    this.format = format
    this.file = file
    this.lines = new JsonLines(file)
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    for await (const entries of this.lines.records(chunks)) yield entries.flatMap((entry) => this.mapped(entry))
  }

  cut(lines: Buffer, start: LineStart): Entry[] {
    return this.lines.cut(lines, start).flatMap((entry) => this.mapped(entry))
  }

  again(bytes: Buffer, span: Span): Entry {
    return this.mapped(this.lines.again(bytes, span))[span.index ?? 0]!
  }

  private mapped(entry: Entry): Entry[] {
    return entry.kind === 'record' ? entriesOf(this.format, entry, this.file.log) : [entry]
  }
}
