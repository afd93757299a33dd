import { expect, it } from 'vitest'
import type { Entry, RecordReader } from '../../../src/input/formats/format.js'
import { jsonl } from '../../../src/input/formats/jsonl.js'
import { logOf } from '../weather.js'

const open = () =>
  jsonl.open({
    path: '-',
    head: Buffer.alloc(0),
    maxLineBytes: 1000,
    fields: { pointers: {}, guess: true },
    log: logOf('-'),
  })

async function* once(content: Buffer) {
  yield content
}

async function entriesOf(reader: RecordReader, content: Buffer): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const some of reader.records(once(content))) entries.push(...some)
  return entries
}

it('JSON lines are records or say why not, and are the same when read again', async () => {
  const content = Buffer.from('\ufeff{"id":"雨","score":NaN}\r\n\n[1]\n{"id":"\u00e9"}\n', 'utf8')
  const reader = open()
  const entries = await entriesOf(reader, content)
  expect(entries).toMatchObject([
    { kind: 'record', span: { number: 1 }, raw: { id: '雨', score: null }, nonFinite: 1 },
    { kind: 'bad', span: { number: 3 }, bad: { what: 'the line holds an array of 1, not an object' } },
    { kind: 'record', span: { number: 4 }, raw: { id: 'é' }, nonFinite: 0, text: '{"id":"é"}' },
  ])
  for (const { span } of entries.filter(({ kind }) => kind === 'record')) {
    const again = reader.again(content.subarray(span.offset, span.offset + span.bytes), span)
    expect(again).toEqual(entries.find((entry) => entry.span.number === span.number))
  }
})

it('a line that is not UTF-8 is bad', async () => {
  const entries = await entriesOf(open(), Buffer.from('{"id":"\xe9"}\n', 'latin1'))
  expect(entries).toMatchObject([{ kind: 'bad', bad: { what: 'the line is not valid UTF-8' } }])
})
