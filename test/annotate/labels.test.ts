import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabels } from '../../src/annotate/labels-read.js'
import { AuditError } from '../../src/domain/problem.js'

const read = (text: string) => readLabels('labels.csv', Buffer.from(text))
const known = { score: null, correct: null, scores: {} }

function errorOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof AuditError) return error.message
    throw error
  }
  return 'no error'
}

describe('readLabels', () => {
  it('reads what each column says', () => {
    const labels = read('id,task,arm,sample,correct,score,scores.tone\nq,rain,tuned,2,yes,-0.5,1e-3\n')
    expect(labels.find('rain', 'q', 'tuned', 2)).toEqual({
      correct: true,
      score: -0.5,
      scores: { tone: 0.001 },
      line: 2,
    })
    expect(labels.size).toBe(1)
  })

  it.each([
    ['true', true],
    ['TRUE', true],
    ['Yes', true],
    ['1', true],
    ['1.0', true],
    ['false', false],
    ['no', false],
    ['0', false],
  ])('reads %s as correct: %s', (cell, correct) => {
    expect(read(`id,correct\nq, ${cell} \n`).find('t', 'q', 'tuned', 0)?.correct).toBe(correct)
  })

  it.each([
    ['commas', 'id,correct,score\nq,yes,2\n'],
    ['semicolons', 'id;correct;score\nq;yes;2\n'],
    ['tabs', 'id\tcorrect\tscore\nq\tyes\t2\n'],
    ['semicolons beside commas in a name', 'id;correct;"notes, remarks, more";score\nq;yes;a,b;2\n'],
    ['a separator line', 'sep=;\r\nid;correct;score\r\nq;yes;2\r\n'],
    ['CRLF', 'id,correct,score\r\nq,yes,2\r\n'],
    ['CR', 'id,correct,score\rq,yes,2\r'],
    ['no last line end', 'id,correct,score\nq,yes,2'],
    ['blank lines', '\n\nid,correct,score\n\nq,yes,2\n\n'],
    ['padding', ' ID , Correct ,SCORE\n q , yes , 2 \n'],
    ['quotes', '"id","correct","score"\n"q", "yes" ,"2"\n'],
    ['a byte order mark', '\ufeffid,correct,score\nq,yes,2\n'],
    ['empty rows at the end', 'id,correct,score\nq,yes,2\n,,\n,,,,\n'],
  ])('reads a sheet with %s', (_, text) => {
    const label = read(text).find('t', 'q', 'baseline', 0)
    expect(label).toMatchObject({ correct: true, score: 2 })
  })

  it.each(['utf16le', 'utf16be'] as const)('reads %s with a byte order mark', (encoding) => {
    const bytes = Buffer.from('\ufeffid\tcorrect\nGrüße 🌧\tno\n', 'utf16le')
    const labels = readLabels('labels.txt', encoding === 'utf16le' ? bytes : bytes.swap16())
    expect(labels.find('t', 'Grüße 🌧', 'tuned', 0)?.correct).toBe(false)
  })

  it('keeps quotes, delimiters and line breaks of a quoted cell, and counts lines past them', () => {
    const labels = read('id,correct,notes\r\n"a ""b"", c",yes,"one\r\ntwo"\r\nd,no,5" of rain\r\n')
    expect(labels.find('t', 'a "b", c', 'tuned', 0)?.line).toBe(2)
    expect(labels.find('t', 'd', 'tuned', 0)?.line).toBe(4)
  })

  it('lists columns that say nothing here', () => {
    expect(read('id,correct,notes,Rater,confidence,\nq,1,,,,\n').ignoredColumns).toEqual([
      'notes',
      'Rater',
      'confidence',
    ])
  })

  it('takes names of prototypes as data', () => {
    const labels = read('id,task,scores.__proto__,constructor\n__proto__,toString,3,x\n')
    const scores = labels.find('toString', '__proto__', 'tuned', 0)!.scores
    expect(Object.entries(scores)).toEqual([['__proto__', 3]])
    expect(labels.find('toString', 'constructor', 'tuned', 0)).toBeNull()
    expect(labels.ignoredColumns).toEqual(['constructor'])
  })

  it('leaves out rows without a label', () => {
    const labels = read('id,arm,correct\nq,,yes\nq,tuned,\n')
    expect(labels.size).toBe(1)
    expect(labels.find('t', 'q', 'tuned', 0)).toEqual({ ...known, correct: true, line: 2 })
  })

  it.each([
    ['', 'labels.csv:1: the sheet is empty. Check that the right sheet was saved.'],
    ['\n \n', 'labels.csv:1: the sheet is empty.'],
    ['id,correct\n', 'labels.csv:1: no row below the header gives a label.'],
    ['\nid,correct\nq,\n', 'labels.csv:2: no row below the header gives a label.'],
    ['{"id": "q", "correct": true}\n', 'labels.csv:1: this looks like JSON. Labels are a table'],
    ['case,correct\n', 'labels.csv:1: there is no column "id".'],
    ['id,task\n', 'there is no column correct, score or scores.<name>'],
    ['id,is_correct\n', 'Is it "is_correct"? Rename that to "correct"'],
    ['id,corect\n', 'labels.csv:1: unknown column "corect". Did you mean "correct"? Else give it another name.'],
    ['id,correct,amr\n', 'Did you mean "arm"?'],
    ['id,score.tone\n', 'unknown column "score.tone". Did you mean "scores.tone"?'],
    ['id,scores.\n', 'Did you mean "scores.<name>"?'],
    ['id,correct,ID\n', 'two columns are named "id". Keep one of them.'],
    ['id,correct\nq,maybe\n', 'labels.csv:2: "correct" is "maybe". Write true, false, yes, no, 1 or 0.'],
    ['id;score\nq;0,5\n', 'labels.csv:2: "score" is "0,5". Write decimals with a point ("0.5")'],
    ['id;score\nq;"1,234"\n', 'Write decimals with a point'],
    ['id,score\nq,50%\n', 'Write the number without a percent sign'],
    ['id,score\nq,1e999\n', '"score" is "1e999". Write a plain number'],
    ['id,score\nq,NaN\n', 'Leave the cell empty where nothing is known.'],
    ['id,score\nq,0x10\n', 'Write a plain number'],
    ['id,scores.tone\nq,high\n', '"scores.tone" is "high"'],
    ['id,arm,correct\nq,tunde,1\n', '"arm" is "tunde". Did you mean "tuned"?'],
    ['id,sample,correct\nq,-1,1\n', '"sample" is "-1". Write a whole number from 0'],
    ['id,correct\n ,1\n', 'labels.csv:2: this row has no id.'],
    ['id,correct\nq,1\nr\n', 'labels.csv:3: this row has 1 cells, the header has 2.'],
    ['id,correct\nq,0,5\n', 'labels.csv:2: this row has 3 cells, the header has 2.'],
    ['id,correct,notes\nq,1,"a\nb\nr,1,c\n', 'labels.csv:2: a quoted cell of this row never ends.'],
    ['id,correct\nq\u0000,1\n', 'labels.csv:2: there is a NUL character'],
  ])('refuses %j', (text, message) => {
    expect(errorOf(() => read(text))).toContain(message)
  })

  it.each([
    ['a line that is not UTF-8', Buffer.from('id,correct\nq,1\nGr\xfc\xdfe,1\n', 'latin1'), ':3: this is not UTF-8'],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), ':1: this is a workbook (.xlsx, .ods)'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), ':1: this is an .xls workbook'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), ':1: this is compressed'],
    ['UTF-16 without a mark', Buffer.from('id,correct\n', 'utf16le'), 'UTF-16 without a byte order mark'],
    ['half of a surrogate pair', Buffer.from('\ufeffid,correct\n\ud83c,1\n', 'utf16le'), ':2: this is damaged UTF-16'],
  ])('refuses %s', (_, bytes, message) => {
    expect(errorOf(() => readLabels('labels.csv', bytes))).toContain(message)
  })

  it('shows nothing of a cell that could move a cursor', () => {
    expect(errorOf(() => read('id,correct\nq,\u001b[2J\n'))).toContain('\\u001b[2J')
  })

  it('reads back any ids, quoted', () => {
    const id = fc.string({ unit: 'grapheme' }).filter((text) => text !== '' && !text.includes('\u0000'))
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1 }), fc.constantFrom(',', ';', '\t'), (ids, delimiter) => {
        const rows = ids.map((one) => `"${one.replaceAll('"', '""')}"${delimiter}yes`)
        const labels = read(`id${delimiter}correct\n${rows.join('\n')}`)
        return ids.every((one) => labels.find('t', one, 'tuned', 0)?.correct === true)
      }),
    )
  })

  it('reads 200,000 rows of one id, and a megabyte of quotes', () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `q,${i},yes`)
    expect(read(`id,sample,correct\n${rows.join('\n')}`).find('t', 'q', 'tuned', 199_999)?.line).toBe(200_001)
    expect(read(`id,correct\n"${'""'.repeat(500_000)}",1\n`).size).toBe(1)
    expect(errorOf(() => read(`id,correct\n${'"'.repeat(1_000_001)},1\n`))).toContain('never ends')
  })
})

describe('Labels', () => {
  const sheet = 'id,task,arm,sample,score\n'

  it('lets the row win that names more, as a whole', () => {
    const labels = read(`${sheet}q,,,,1\nq,,tuned,,2\nq,,tuned,1,3\nq,rain,tuned,1,4\n`)
    const score = (task: string, arm: 'baseline' | 'tuned', sample: number) =>
      labels.find(task, 'q', arm, sample)?.score
    expect(score('snow', 'baseline', 0)).toBe(1)
    expect(score('snow', 'tuned', 0)).toBe(2)
    expect(score('snow', 'tuned', 1)).toBe(3)
    expect(score('rain', 'tuned', 1)).toBe(4)
    expect(labels.find('snow', 'r', 'tuned', 0)).toBeNull()
  })

  it.each([
    ['q,,,,1\nq,,,,1\n', 'labels.csv:3: this row and line 2 are about the same output. Keep one'],
    ['q,,,,1\n\nq,,,,2\n', 'labels.csv:4: this row and line 2 are about the same output and disagree.'],
    ['q,,tuned,,1\nq,,TUNED,,2\n', 'and disagree'],
    ['q,,,1,1\nq,,,1.0,1\n', 'are about the same output.'],
  ])('refuses two rows about the same: %j', (rows, message) => {
    expect(errorOf(() => read(sheet + rows))).toContain(message)
  })

  it('refuses rivals only for an output that both are about', () => {
    const labels = read(`${sheet}q,,tuned,,1\nq,,,0,2\nr,,tuned,,1\nr,,,0,2\nr,,tuned,0,3\n`)
    expect(labels.find('t', 'q', 'tuned', 1)?.score).toBe(1)
    expect(labels.find('t', 'q', 'baseline', 0)?.score).toBe(2)
    expect(labels.find('t', 'r', 'tuned', 0)?.score).toBe(3)
    expect(errorOf(() => labels.find('t', 'q', 'tuned', 0))).toContain(
      'hold for one output, neither more than the other',
    )
  })

  it('lists what matched nothing', () => {
    const rows = Array.from({ length: 9 }, (_, i) => `q${i},,tuned,${i},1`)
    const labels = read(`${sheet}${rows.join('\n')}\nq0,,,,2\n`)
    labels.find('t', 'q0', 'tuned', 0)
    const { count, first } = labels.unmatched()
    expect(count).toBe(8)
    expect(first).toHaveLength(5)
    expect(first[0]).toEqual({ id: 'q1', task: null, arm: 'tuned', sample: 1, line: 3 })
  })

  it('lists ids that stand in two tasks where the sheet names none', () => {
    const labels = read(`${sheet}q,,,,1\nr,,,,1\nr,rain,,,2\ns,rain,,,1\n`)
    for (const task of ['snow', 'rain', 'hail']) for (const id of ['q', 's']) labels.find(task, id, 'tuned', 0)
    for (const task of ['snow', 'rain']) labels.find(task, 'r', 'tuned', 0)
    expect(labels.ambiguous()).toEqual({
      count: 1,
      first: [{ id: 'q', task: null, arm: null, sample: null, line: 2, tasks: ['hail', 'rain'] }],
    })
  })

  it('is not misled by NUL in what it is asked for', () => {
    const labels = read(`${sheet}q,rain,tuned,0,1\n`)
    expect(labels.find('rain\u0000tuned', 'q', 'tuned', 0)).toBeNull()
    expect(labels.find('rain', '\u0000q', 'tuned', 0)).toBeNull()
  })
})
