import { BadLine, parseRecord } from '../json.js'
import { type Line, LineSplitter, type LineStart, type Span, withoutMark } from '../lines.js'
import type { Entry, OpenFile, RecordReader } from './format.js'

/** Bytes of which the records are made at once: those of a whole chunk would get old to V8 before they are counted. */
const PART_BYTES = 1 << 14

/** One JSON object a line. */
export class JsonLines implements RecordReader {
  private readonly file: OpenFile

  constructor(file: OpenFile) {
    this.file = file
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    const splitter = new LineSplitter(this.file)
    for await (const chunk of chunks)
      for (let from = 0; from < chunk.length; from += PART_BYTES)
        yield splitter.push(chunk.subarray(from, from + PART_BYTES)).map(entryOf)
    yield splitter.end().map(entryOf)
  }

  cut(lines: Buffer, start: LineStart): Entry[] {
    const splitter = new LineSplitter(this.file, start)
    return [...splitter.push(lines), ...splitter.end()].map(entryOf)
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
