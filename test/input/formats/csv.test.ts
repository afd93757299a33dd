import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldMap } from '../../../src/input/fields.js'
import type { Entry, RecordReader } from '../../../src/input/formats/format.js'
import { formatOf } from '../../../src/input/formats/index.js'
import { probe } from '../../../src/input/formats/probe.js'
import { logOf, problemOf, rejectionOf } from '../weather.js'

interface How {
  readonly name?: string
  readonly fields?: Readonly<Record<string, string>>
  /** Bytes in a chunk. */
  readonly piece?: number
  readonly maxLineBytes?: number
}

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(content: string | Buffer, how: How = {}): Promise<{ entries: Entry[]; reader: RecordReader }> {
  const { name: path = 'rain.csv', fields = {}, piece = 1 << 18, maxLineBytes = 1 << 20 } = how
  const head = Buffer.from(content)
  const reader = formatOf(probe(head, path)).open({
    path,
    head,
    maxLineBytes,
    fields: fieldMap(fields, true),
    log: logOf(path),
  })
  const entries: Entry[] = []
  for await (const some of reader.records(pieces(head, piece))) entries.push(...some)
  return { entries, reader }
}

/** The records, or what is wrong with a row. */
async function rows(content: string | Buffer, how?: How) {
  const { entries } = await read(content, how)
  return entries.map((entry) => {
    if (entry.kind === 'left-out') return entry.reason
    return entry.kind === 'record' ? entry.raw : `${entry.bad.what}. ${entry.bad.remedy}`
  })
}

const lines = async (content: string) => (await read(content)).entries.map(({ span }) => span.number)

const q1 = { id: 'q1', output: 'rain' }
const q2 = { id: 'q2', output: 'sun' }

describe('a table', () => {
  it.each<[string, string | Buffer, object[]]>([
    ['commas', 'id,output\nq1,rain\nq2,sun\n', [q1, q2]],
    ['semicolons', 'id;output\nq1;rain, heavy\n', [{ id: 'q1', output: 'rain, heavy' }]],
    ['tabs', 'id\toutput\nq1\train, "heavy"; cold\n', [{ id: 'q1', output: 'rain, "heavy"; cold' }]],
    ['no line end at its end', 'id,output\nq1,rain', [q1]],
    ['CRLF', 'id,output\r\nq1,rain\r\nq2,sun\r\n', [q1, q2]],
    ['CR alone', 'id,output\rq1,rain\rq2,sun\r', [q1, q2]],
    ['CR in a cell', 'id,output\nq1,rain\rsun\n', [{ id: 'q1', output: 'rain\rsun' }]],
    ['a byte order mark', '\ufeffid,output\nq1,rain\n', [q1]],
    ['a byte order mark before a quote', '\ufeff"id","output"\n"q1","rain"\n', [q1]],
    ['sep=', 'sep=;\r\nid;output\r\nq1;rain\r\n', [q1]],
    ['sep= of another sign', '\ufeff"sep=|"\nid|output\nq1|rain\n', [q1]],
    ['blank lines', '\n \nid,output\n\nq1,rain\n  \n,\n , \nq2,sun\n\n', [q1, q2]],
    [
      'quoted cells',
      'id,output\nq1,"rain, ""heavy""\r\n\r\nand cold"\n',
      [{ id: 'q1', output: 'rain, "heavy"\r\n\r\nand cold' }],
    ],
    ['a quote within a cell', 'id,output\nq1,5" of rain\n', [{ id: 'q1', output: '5" of rain' }]],
    ['a quoted word that begins a cell', 'id,output\nq1,"rain" it said\n', [{ id: 'q1', output: '"rain" it said' }]],
    ['spaces, kept', 'id , output\n q1, rain \n', [{ id: ' q1', output: ' rain ' }]],
    ['known names in any case', 'ID,Output,Note\nq1,rain,x\n', [{ ...q1, Note: 'x' }]],
    ['a column without a name', ',id,output\n0,q1,rain\n1,q2,sun\n', [q1, q2]],
    ['no rows', 'id,output\n', []],
  ])('is read with %s', async (_, content, records) => {
    for (const piece of [1, 2, 3, 7, 1 << 18]) expect(await rows(content, { piece })).toEqual(records)
  })

  it.each<[string, string, unknown]>([
    ['id', '007', '007'],
    ['id', '1e3', '1e3'],
    ['output', '', ''],
    ['output', '  ', '  '],
    ['output', '{"rain":1}', '{"rain":1}'],
    ['completion', '', ''],
    ['task', '', null],
    ['task', '7', '7'],
    ['confidence', '0.85', 0.85],
    ['confidence', ' .5 ', 0.5],
    ['confidence', '8e-1', 0.8],
    ['confidence', ' ', null],
    ['prob', '1', 1],
    ['score', '-2', -2],
    ['score', 'True', true],
    ['score', 'false', false],
    ['sample', '3', 3],
    ['sample', '3.0', 3],
    ['correct', 'TRUE', true],
    ['correct', 'yes', true],
    ['correct', '1', true],
    ['correct', '1.0', true],
    ['correct', 'no', false],
    ['correct', '0', false],
    ['correct', '', null],
    ['prompt', 'Rain?', 'Rain?'],
    ['prompt', '[{"role":"user","content":"Rain?"}]', [{ role: 'user', content: 'Rain?' }]],
    ['prompt', '[rain]', '[rain]'],
    ['prompt', '12', '12'],
    ['reference', '{"day":1}', { day: 1 }],
    ['reference', '{"day":', '{"day":'],
    ['label', '["a"]', ['a']],
    ['tags', '["a"]', ['a']],
    ['meta', '{"__proto__":1}', JSON.parse('{"__proto__":1}')],
    ['embedding', '[0.5,1]', [0.5, 1]],
    ['scores', '{"judge":1}', { judge: 1 }],
    ['error', 'timeout', 'timeout'],
    ['error', 'False', null],
    ['error', 'None', null],
    ['error', '0', null],
    ['error', '{}', {}],
    ['cost', '0.2', 0.2],
    ['latency', '1.2 s', '1.2 s'],
    ['note', '', null],
    ['note', '{"a":1}', '{"a":1}'],
    ['note', '0.5', '0.5'],
  ])('has %s %j as %j', async (column, cell, value) => {
    const [record] = await rows(`x,${column}\n1,"${cell.replaceAll('"', '""')}"\n`)
    expect((record as Record<string, unknown>)[column]).toEqual(value)
  })

  it.each<[string, string, string]>([
    [
      'confidence',
      '0,5',
      '"confidence" is "0,5". Write decimals with a point ("0.5"), and thousands without a separator.',
    ],
    ['confidence', '85 %', '"confidence" is "85 %". Write the number without a percent sign'],
    ['score', 'good', '"score" is "good". Write a plain number such as 0.5. Leave the cell empty'],
    ['score', '0x10', '"score" is "0x10"'],
    ['score', '1,234.5', '"score" is "1,234.5"'],
    ['scores.judge', 'good', '"scores.judge" is "good"'],
    ['scores', '0.5', 'Write an object of numbers as JSON, or a column "scores.<name>" for each.'],
    ['sample', '1.5', '"sample" is "1.5". Write a whole number from 0.'],
    ['sample', '-1', '"sample" is "-1"'],
    ['correct', 'maybe', '"correct" is "maybe". Write true, false, yes, no, 1 or 0.'],
    ['prompt', `${'['.repeat(2000)}${']'.repeat(2000)}`, '"prompt" is nested deeper than 1000 levels'],
  ])('says what is wrong with a %s (%#)', async (column, cell, says) => {
    const [what] = await rows(`x,${column}\n1,"${cell.replaceAll('"', '""')}"\n`)
    expect(what).toContain(says)
  })

  it('reads NaN and Infinity as unknown and counts them', async () => {
    const { entries } = await read('id,score,confidence,scores.a\nq1,nan,-Infinity,NaN\n')
    expect(entries).toMatchObject([{ raw: { id: 'q1', score: null, confidence: null }, nonFinite: 3 }])
  })

  it('makes one object of columns for scores, without what is empty', async () => {
    const content = 'id,scores.judge,Scores.a.b,scores.__proto__\nq1,1,true,2\nq2,,0.5,\nq3,,,\n'
    expect(await rows(content)).toEqual([
      { id: 'q1', scores: JSON.parse('{"judge":1,"a.b":true,"__proto__":2}') },
      { id: 'q2', scores: { 'a.b': 0.5 } },
      { id: 'q3' },
    ])
  })

  it('keeps a column __proto__ as data', async () => {
    const [record] = await rows('id,__proto__,constructor\nq1,x,y\n')
    expect(record).toEqual(JSON.parse('{"id":"q1","__proto__":"x","constructor":"y"}'))
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
  })

  it('reads a column as the field that it is mapped to', async () => {
    const fields = { correct: '/Right?', output: '/Said', score: '/grades/judge' }
    const content = 'id,Right?,Said,output,grades\nq1,yes,,7,"{""judge"":0.5}"\n'
    expect(await rows(content, { fields })).toEqual([
      { id: 'q1', 'Right?': true, Said: '', output: '7', grades: { judge: 0.5 } },
    ])
  })

  it('numbers rows by the line where they begin', async () => {
    expect(await lines('id,output\nq1,"a\nb\r\nc"\n\nq2,x\n"q\n3",y\nq4,z')).toEqual([2, 6, 7, 9])
    expect(await lines('sep=,\r\nid,output\r\nq1,x\r\n')).toEqual([3])
    expect(await lines('id,output\rq1,x\r\rq2,x')).toEqual([2, 4])
  })
})

describe('a damaged table', () => {
  it.each<[string, string | Buffer, string]>([
    ['too few cells', 'id,output\nq1\n', 'this row has 1 cells, the header has 2. Put a cell that holds the delimiter'],
    ['too many cells', 'id,output\nq1,rain, heavy\n', 'this row has 3 cells, the header has 2'],
    [
      'Latin-1',
      Buffer.from('id,output\nq1,r\xe9in\n', 'latin1'),
      'the row is not valid UTF-8. Write the file as UTF-8.',
    ],
  ])('has a bad row at %s', async (_, content, says) => {
    expect((await rows(content)).at(-1)).toContain(says)
  })

  it('has good rows beside bad ones', async () => {
    expect(await rows('id,output,score\nq1,rain,x\nq2,sun\nq3,sun,1\n')).toEqual([
      expect.stringContaining('"score" is "x"'),
      expect.stringContaining('this row has 2 cells'),
      { id: 'q3', output: 'sun', score: 1 },
    ])
  })

  it('may hold U+FFFD itself', async () => {
    expect(await rows('id,output\nq1,\ufffd\n')).toEqual([{ id: 'q1', output: '\ufffd' }])
  })

  it.each<[string, string, number, string]>([
    [
      'a quote that is never closed',
      'id,output\nq1,"a\nb"\nq2,"rain\nq3,sun\n',
      4,
      'a quoted cell of this row never ends',
    ],
    [
      'a quote that another cell closes',
      'id,output\nq1,x\nq2,"rain\nq3,"sun"\n',
      3,
      'text follows the quote that closes a cell',
    ],
    ['a quote closed too early', 'id,output\nq1,"rain, "heavy" and cold"\n', 2, 'text follows the quote'],
    ['two columns of one name', 'id,output,ID\nq1,a,b\n', 1, 'two columns are named "id" Keep one of them.'],
    ['JSON', '{"id":"q1","output":"rain"}\n', 1, 'this looks like JSON'],
  ])('is refused for %s', async (_, content, line, says) => {
    for (const piece of [1, 5, 1 << 18]) {
      const problem = await rejectionOf(read(content, { piece }))
      expect(problem).toMatchObject({ code: 'bad-line', place: { file: 'rain.csv', line }, tolerated: 0 })
      expect(Object.values(problem).join(' ')).toContain(says)
    }
  })

  it('is refused where a row is longer than the limit, closed or not', async () => {
    for (const end of ['"\n', '']) {
      const content = `id,output\nq1,"${'rain\n'.repeat(50)}${end}`
      const problem = await rejectionOf(read(content, { piece: 16, maxLineBytes: 100 }))
      expect(problem).toMatchObject({ code: 'bad-line', what: 'this row is longer than 100 bytes', place: { line: 2 } })
    }
  })

  it.each([
    ['a NUL byte', Buffer.from('id,output\nq1,\u0000\n'), 2, 'binary'],
    ['UTF-16', Buffer.from('\ufeffid,output\nq1,rain\n', 'utf16le'), 1, 'UTF-16'],
  ])('is refused for %s', async (_, content, line, what) => {
    const problem = await rejectionOf(read(content))
    expect(problem).toMatchObject({ code: 'not-text', line, what: expect.stringContaining(what) })
  })
})

describe('formatOf', () => {
  it.each([
    ['rain.csv', '', 'csv'],
    ['rain.tsv', 'x\ty\n', 'csv'],
    ['rain.CSV.gz', '', 'csv'],
    ['rain.csv.zst', '{}', 'csv'],
    ['rain.jsonl', '', 'jsonl'],
    ['rain.jsonl', '{"id":"q1,output"}\n', 'jsonl'],
    ['-', '\ufeff\n \r\n{"id":1}\n', 'jsonl'],
    ['-', '[{"id":1},\n', 'jsonl'],
    ['-', 'id,output\n', 'csv'],
    ['-', '\ufeff\n"ID";"x"\n', 'csv'],
    ['-', 'sep=,\nx,question\n', 'csv'],
    ['-', 'x\tresponse\n', 'csv'],
    ['-', 'id\n', 'jsonl'],
    ['-', 'rain, sun\n', 'jsonl'],
    ['-', '"id,output\n', 'jsonl'],
    ['-', '\n\n', 'jsonl'],
  ])('of %s that begins %j is %s', (name, head, id) => {
    expect(formatOf(probe(Buffer.from(head), name)).id).toBe(id)
  })
})

const cell = fc
  .array(
    fc.oneof(fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', ' ', 'é', '雨', '🌧', '\ufeff', '{', '0'), fc.string()),
  )
  .map((parts) => parts.join('').replaceAll('\u0000', ''))

const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff'),
  separator: fc.boolean(),
  always: fc.boolean(),
  last: fc.boolean(),
  piece: fc.integer({ min: 1, max: 40 }),
})

it('a table that was written by the rules is read as it was, by offset too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), style, async (table, how) => {
      const quoted = (text: string) =>
        how.always || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
      const all = [['id', 'output', 'note'], ...table].map((row) => row.map(quoted).join(how.delimiter))
      const before = how.mark + (how.separator ? `sep=${how.delimiter}${how.lineEnd}` : '')
      const content = before + all.join(how.lineEnd) + (how.last ? how.lineEnd : '')
      const { entries, reader } = await read(content, { piece: how.piece, name: 'rain.tsv' })
      const kept = table.filter((row) => row.some((text) => /\S/.test(text)))
      const value = (text: string) => (/\S/.test(text) ? text : null)
      const expected = kept.map(([id, output, note]) => ({ id: value(id), output, note: value(note) }))
      expect(entries.map((entry) => entry.kind === 'record' && entry.raw)).toEqual(expected)
      const bytes = Buffer.from(content)
      for (const entry of entries) {
        const { offset, bytes: length, number } = entry.span
        expect(reader.again(bytes.subarray(offset, offset + length), entry.span)).toEqual(entry)
        expect(content.slice(0, bytes.toString('utf8', 0, offset).length).split(/\r\n|\n|\r/).length).toBe(number)
      }
    }),
    { numRuns: 400 },
  )
})

it('bytes of any kind are read or refused, never a crash', async () => {
  const bytes = fc.array(
    fc.oneof(
      cell.map((text) => Buffer.from(text)),
      fc.uint8Array().map((each) => Buffer.from(each)),
    ),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 40 }), async (parts, piece) => {
      const content = Buffer.concat([Buffer.from('id,output,score\n'), ...parts])
      const whole = await read(content).catch((error: unknown) => problemOf(() => raise(error)))
      const cut = await read(content, { piece }).catch((error: unknown) => problemOf(() => raise(error)))
      expect('entries' in cut ? cut.entries : cut).toEqual('entries' in whole ? whole.entries : whole)
    }),
    { numRuns: 300 },
  )
})

function raise(error: unknown): never {
  throw error
}
