import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../audit/support.js'
import { audit } from './run.js'

// Through the command: what is read from files, reported and shown.

interface Line {
  readonly id: string
  readonly prompt: string
  readonly [field: string]: unknown
}

const lines = (records: readonly object[]) => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`

/** 1,500 questions, of which 30 hold code: only those break. */
function harbourQuestions(fields: (number: number) => object = () => ({})) {
  const random = mulberry32(31)
  const arms: Record<'before' | 'after', Line[]> = { before: [], after: [] }
  for (let number = 0; number < 1500; number++) {
    const isCode = number % 50 === 3
    const words = 'tide '.repeat(2 + Math.floor(40 * random()))
    const code = '\n```js\nconst depth = harbour.depth()\n```'
    const record = { id: `q-${number}`, prompt: `${number} ${words}${isCode ? code : ''}`, ...fields(number) }
    const right = random() < 0.9
    const stays = isCode ? random() < 0.2 : random() < 0.98
    arms.before.push({ ...record, output: 'deep', correct: right })
    arms.after.push({ ...record, output: 'shallow', correct: stays ? right : !right })
  }
  return { 'before.jsonl': lines(arms.before), 'after.jsonl': lines(arms.after) }
}

describe('tuneaudit audit', () => {
  it('names first the prompts with code where only they break', async () => {
    const { stdout, report } = await audit(harbourQuestions())
    expect(report!.slices.harmed[0]).toMatchObject({ axis: 'shape', name: 'code', cases: 30, measure: 'score' })
    expect(report!.slices.harmed[0]!.examples.length).toBe(3)
    const { id } = report!.slices.harmed[0]!.examples[0]!
    expect(report!.locations.tuned.find((place) => place.id === id)?.file).toBe('after.jsonl')
    const shown = stdout.slice(stdout.indexOf('Where (exploratory, decides nothing'))
    expect(shown).toMatch(/^Where[^\n]*\n {2}prompts with code: score/)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('reads tags and a domain, mapped ones too, and is not stopped by what is neither', async () => {
    const fields = (number: number) => ({
      meta: { kinds: number % 50 === 3 ? ['quay'] : ['open sea', 3, null, { no: 'tag' }] },
      domain: number % 7 === 0 ? { not: 'a name' } : 'sailing',
    })
    const { code, report } = await audit(harbourQuestions(fields), ['--fields', 'tags=/meta/kinds'])
    expect(code).not.toBe(4)
    expect(report!.fields.domain!.used).toBe(true)
    const { name, alike } = report!.slices.harmed[0]!
    expect([name, ...alike.map((one) => one.name)]).toEqual(expect.arrayContaining(['code', 'quay']))
  })

  it('shows no example of a slice with --no-examples', async () => {
    const { report } = await audit(harbourQuestions(), ['--no-examples'])
    expect(report!.slices.harmed[0]!.examples).toEqual([])
    expect(report!.locations).toEqual({ baseline: [], tuned: [] })
  })

  it('searches nothing where the data cannot be compared', async () => {
    const { report, code } = await audit({
      'before.jsonl': lines([{ id: 'a', output: 'x' }]),
      'after.jsonl': lines([{ id: 'b', output: 'x' }]),
    })
    expect(code).toBe(4)
    expect(report!.slices).toMatchObject({ searched: 0, tests: 0, harmed: [] })
  })

  it('says that prompts stand under several ids, and how to say so', async () => {
    const records = Array.from({ length: 60 }, (_, n) => ({
      id: `q-${n}`,
      question: `How deep is harbour ${n % 20}`,
      output: 'deep',
      correct: n % 5 > 0,
    }))
    const files = {
      'before.jsonl': lines(records),
      'after.jsonl': lines(records.map((record) => ({ ...record, output: 'so' }))),
    }
    const { report, stdout } = await audit(files)
    const notice = report!.notices.find(({ code }) => code === 'repeated-prompts')
    expect(notice).toMatchObject({ repeated: 20, cases: 60, designEffect: 3, pointer: '/question', exact: true })
    expect(stdout.replace(/\s+/g, ' ')).toContain('--fields cluster=/question')
    const mapped = await audit(files, ['--fields', 'cluster=/question'])
    expect(mapped.report!.notices.map(({ code }) => code)).not.toContain('repeated-prompts')
    expect(mapped.report!.findings.find(({ measure }) => measure === 'score')!.clusters).toBeCloseTo(20, 6)
  })

  it('says that a column looks like clusters', async () => {
    const records = Array.from({ length: 60 }, (_, n) => ({
      id: `q-${n}`,
      'chart/passage': n % 15,
      passage: n % 15,
      output: 'deep',
      correct: n % 5 > 0,
    }))
    const { report } = await audit({
      'before.jsonl': lines(records),
      'after.jsonl': lines(records.map((record) => ({ ...record, output: 'so' }))),
    })
    expect(report!.notices.filter(({ code }) => code === 'cluster-column')).toEqual([
      { code: 'cluster-column', column: 'passage', repeated: 15, cases: 60, exact: true, designEffect: 4 },
    ])
  })
})
