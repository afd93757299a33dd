import { describe, expect, it } from 'vitest'
import { Likeness, likenessCodec } from '../../src/audit/likeness.js'
import type { Prompt } from '../../src/domain/slice.js'
import { makeCase, makeSample } from './support.js'

interface Given {
  readonly raw?: Readonly<Record<string, unknown>>
  readonly prompt?: Partial<Prompt> | null
  readonly task?: string
  readonly cluster?: string
}

function likenessOf(all: readonly Given[]): Likeness {
  const likeness = new Likeness()
  all.forEach(({ raw = {}, prompt = null, ...own }, i) => {
    const case_ = makeCase(`case-${i}`, { baseline: [makeSample({ raw })], tuned: [makeSample()] }, own)
    likeness.add(case_, prompt === null ? null : { whole: `prompt ${i}`, asked: '', isText: true, ...prompt })
  })
  return likeness
}

const many = (count: number, of: (i: number) => Given) => Array.from({ length: count }, (_, i) => of(i))
const written = (likeness: Likeness): unknown => JSON.parse(JSON.stringify(likenessCodec.write(likeness)))

function merged(...parts: readonly (readonly Given[])[]): Likeness {
  const sum = new Likeness()
  for (const part of parts) sum.merge(likenessOf(part))
  return sum
}

describe('a column of groups', () => {
  const columns = (all: readonly Given[]) =>
    likenessOf(all)
      .clusterColumns()
      .map(({ column }) => column)
  /** Cases of a column in groups of these sizes. */
  const sized = (...sizes: readonly number[]) =>
    sizes.flatMap((size, group) => many(size, () => ({ raw: { session: `s-${group}` } })))
  const times = (count: number, size: number) => Array<number>(count).fill(size)

  it('has ten groups, or its values are categories', () => {
    expect(columns(sized(...times(10, 3)))).toEqual(['session'])
    expect(columns(sized(...times(9, 4)))).toEqual([])
  })

  it('has 20 cases that are not alone', () => {
    expect(columns(sized(...times(10, 2)))).toEqual(['session'])
    expect(columns(sized(...times(9, 2), 1, 1))).toEqual([])
  })

  it('makes a case meet a tenth of another on average', () => {
    // Σm²/Σm: (10·4 + 180)/200 = 1.1 and (10·4 + 181)/201 below it.
    expect(columns(sized(...times(10, 2), ...times(180, 1)))).toEqual(['session'])
    expect(columns(sized(...times(10, 2), ...times(181, 1)))).toEqual([])
  })

  it('holds texts or numbers, one and the same where they are written alike', () => {
    const of = (value: (i: number) => unknown) => columns(many(40, (i) => ({ raw: { chat: value(i) } })))
    expect(of((i) => i % 20)).toEqual(['chat'])
    expect(of((i) => (i < 20 ? i : String(i - 20)))).toEqual(['chat'])
    expect(of((i) => [i % 20])).toEqual([])
    expect(of((i) => ({ of: i % 20 }))).toEqual([])
    expect(of((i) => i % 2 === 0)).toEqual([])
  })

  it('is one of the first sixteen by name, whichever came first', () => {
    const own = [
      ...['article', 'author', 'book', 'chapter', 'chat', 'cluster', 'context', 'conv', 'customer', 'dialog', 'doc'],
      ...['document', 'file', 'group', 'image', 'page', 'paragraph', 'video'],
    ]
    const holding = (names: readonly string[]) =>
      many(40, (i) => ({ raw: Object.fromEntries(names.map((name) => [name, i % 20])) }))
    const shuffled = own.map((_, i) => own[(7 * i + 9) % own.length]!)
    for (const names of [own, [...own].reverse(), shuffled]) expect(columns(holding(names))).toEqual(own.slice(0, 16))
    const sum = merged(holding(own.slice(9)), holding(own.slice(0, 9)))
    expect(sum.clusterColumns().map(({ column }) => column)).toEqual(own.slice(0, 16))
    const back = merged(holding(own.slice(0, 17)), holding(own.slice(9)))
    expect(back.clusterColumns().map(({ column }) => column)).toEqual(own.slice(0, 16))
  })

  it('is looked for in the baseline’s first record, also where there is no prompt', () => {
    expect(columns(many(40, (i) => ({ raw: { thread: i % 20, answer: i % 20 } })))).toEqual(['thread'])
    const likeness = new Likeness()
    likeness.add(makeCase('none', { baseline: [], tuned: [makeSample({ raw: { thread: 1 } })] }), null)
    expect(likeness.clusterColumns()).toEqual([])
  })

  it('counts no case that names its cluster', () => {
    expect(columns(many(40, (i) => ({ raw: { thread: i % 20 }, cluster: 'named' })))).toEqual([])
  })
})

describe('a long beginning', () => {
  /** Cases whose prompts share their first characters in pairs. */
  const pairs = (length: number, more: string, task = 'tides') =>
    many(40, (i) => ({
      task,
      prompt: {
        whole: `${task} ${i}`,
        asked: `${String(i % 20).padStart(3, '0')}${'~'.repeat(length - 3)}${more}${i}`,
      },
    }))

  it('is one of 256 characters or of 1,024, with more after it', () => {
    expect(likenessOf(pairs(256, '')).sharedBeginnings()).toMatchObject({ characters: 256, designEffect: 2 })
    expect(likenessOf(pairs(255, '')).sharedBeginnings()).toBeNull()
    expect(
      likenessOf(many(40, (i) => ({ prompt: { asked: `${i % 20}`.padEnd(256, '~') } }))).sharedBeginnings(),
    ).toBeNull()
  })

  it('is told by task, the worst first; of equals the shorter, then the first by name', () => {
    const triples = many(60, (i) => ({ task: 'winds', prompt: { asked: `${i % 20}`.padEnd(300, '~') } }))
    expect(likenessOf([...pairs(1100, '', 'b'), ...pairs(1100, '', 'a')]).sharedBeginnings()).toMatchObject({
      task: 'a',
      characters: 256,
      repeated: 20,
      cases: 40,
    })
    expect(likenessOf([...pairs(1100, '', 'a'), ...triples]).sharedBeginnings()).toMatchObject({
      task: 'winds',
      designEffect: 3,
    })
  })

  it('adds up over shards', () => {
    const all = [...pairs(1100, '', 'b'), ...pairs(300, '', 'a')]
    expect(written(merged(all.slice(0, 30), all.slice(30)))).toEqual(written(likenessOf(all)))
  })
})

describe('prompts', () => {
  it('are plain text as long as each of them is, in every shard', () => {
    const plain = [{ prompt: {} }, { prompt: {} }]
    const turns = [{ prompt: { isText: false } }]
    expect(likenessOf(plain).textOnly).toBe(true)
    expect(likenessOf([...turns, ...plain]).textOnly).toBe(false)
    expect(merged(plain, turns).textOnly).toBe(false)
    expect(merged(turns, plain).textOnly).toBe(false)
    expect(merged(plain, plain).textOnly).toBe(true)
  })

  it('that stand once are not repeated; those that stand twice are', () => {
    expect(likenessOf(many(30, () => ({ prompt: {} }))).repeatedPrompts()).toBeNull()
    expect(likenessOf(many(30, () => ({ prompt: null }))).repeatedPrompts()).toBeNull()
    const twice = likenessOf([...many(30, () => ({ prompt: {} })), { prompt: { whole: 'prompt 3' } }])
    expect(twice.repeatedPrompts()).toEqual({
      repeated: 1,
      cases: 2,
      groups: 30,
      exact: true,
      designEffect: (29 + 4) / 31,
    })
  })
})

describe('a likeness that was written and read', () => {
  const all = many(60, (i) => ({
    raw: { thread: i % 20 },
    task: i % 2 === 0 ? 'tides' : 'winds',
    prompt: { whole: `prompt ${i % 50}`, asked: `${i % 20}`.padEnd(1100, '~'), isText: i > 3 },
  }))
  const says = (likeness: Likeness) => [
    likeness.textOnly,
    likeness.repeatedPrompts(),
    likeness.clusterColumns(),
    likeness.sharedBeginnings(),
  ]

  it('says the same, and adds up with others', () => {
    const own = likenessOf(all)
    const read = likenessCodec.read(written(own))
    expect(says(read)).toEqual(says(own))
    expect(written(read)).toEqual(written(own))
    read.merge(likenessOf(all.slice(0, 9)))
    expect(says(read)).toEqual(says(merged(all, all.slice(0, 9))))
  })
})
