import { BadLine, parseRecord } from '../json.js'
import { type Line, LineSplitter, type Span, withoutMark } from '../lines.js'
import type { Entry, OpenFile, RecordReader } from './format.js'

/** One JSON object a line. */
export class JsonLines implements RecordReader {
  private readonly splitter: LineSplitter

  constructor(file: OpenFile) {
    this.splitter = new LineSplitter(file)
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    for await (const chunk of chunks) yield this.splitter.push(chunk).map(entryOf)
    yield this.splitter.end().map(entryOf)
  }

  again(bytes: Buffer, span: Span): Entry {
    return entryOf({ ...span, text: withoutMark(bytes.toString('utf8'), span.offset), validUtf8: true })
  }
}

function entryOf({ text, validUtf8, number, offset, bytes }: Line): Entry {
  const span = { number, offset, bytes }
  if (!validUtf8)
    return { kind: 'bad', span, bad: new BadLine('the line is not valid UTF-8', 'Write the file as UTF-8.') }
  try {
    const { raw, nonFinite } = parseRecord(text)
    return { kind: 'record', span, raw, nonFinite, text }
  } catch (error) {
    if (error instanceof BadLine) return { kind: 'bad', span, bad: error }
    throw error
  }
}
