import { describe, expect, it } from 'vitest'
import { portraitOf } from '../../src/annotate/portrait.js'
import { Likeness } from '../../src/audit/likeness.js'
import type { Case } from '../../src/domain/case.js'
import { makeCase, makeSample, mulberry32 } from './support.js'

interface Given {
  readonly prompt?: unknown
  readonly raw?: Readonly<Record<string, unknown>>
  readonly cluster?: string
  readonly task?: string
}

function caseOf(number: number, { prompt, raw = {}, ...own }: Given): Case {
  const sample = makeSample({ prompt, raw })
  return makeCase(`case-${number}`, { baseline: [sample], tuned: [sample] }, own)
}

function likenessOf(given: readonly Given[]): Likeness {
  const likeness = new Likeness()
  given.forEach((one, number) => {
    const case_ = caseOf(number, one)
    likeness.add(case_, portraitOf(case_).prompt)
  })
  return likeness
}

const many = (count: number, of: (number: number) => Given) => Array.from({ length: count }, (_, number) => of(number))
const harbours = (count: number, period: number) =>
  many(count, (n) => ({ prompt: `How deep is harbour ${n % period}` }))

describe('Likeness', () => {
  it('counts prompts under several ids, with the design effect Σm²/Σm', () => {
    const likeness = likenessOf([...harbours(100, 100), ...harbours(8, 8)])
    expect(likeness.repeatedPrompts()).toEqual({
      repeated: 8,
      cases: 16,
      groups: 100,
      exact: true,
      designEffect: (92 + 8 * 4) / 108,
    })
    expect(likenessOf(harbours(100, 100)).repeatedPrompts()).toBeNull()
  })

  it('leaves out cases whose cluster says already that they are alike', () => {
    const clustered = harbours(40, 10).map((given, n) => ({ ...given, cluster: `harbour-${n % 10}` }))
    expect(likenessOf(clustered).repeatedPrompts()).toBeNull()
  })

  it('tells messages apart by all of them', () => {
    const asked = (system: string) => ({
      prompt: [
        { role: 'system', content: system },
        { role: 'user', content: 'Why' },
      ],
    })
    expect(likenessOf([asked('Be brief.'), asked('Be kind.')]).repeatedPrompts()).toBeNull()
    const same = likenessOf([asked('Be brief.'), asked('Be brief.')])
    expect(same.repeatedPrompts()).toMatchObject({ repeated: 1, cases: 2 })
    expect(same.textOnly).toBe(false)
  })

  it('stays near the truth where it keeps a sample of the prompts', () => {
    const seen = likenessOf([...harbours(20_000, 20_000), ...harbours(5_000, 5_000)]).repeatedPrompts()!
    expect(seen.exact).toBe(false)
    expect(Math.abs(seen.groups - 20_000) / 20_000).toBeLessThan(0.05)
    expect(Math.abs(seen.repeated - 5_000) / 5_000).toBeLessThan(0.1)
    expect(seen.designEffect).toBeCloseTo((15_000 + 5_000 * 4) / 25_000, 1)
  })

  it('sees columns whose values look like clusters, and only those named like groups', () => {
    const likeness = likenessOf(
      many(120, (n) => ({
        raw: {
          document_id: `chart-${n % 30}`,
          sessionId: n % 40,
          difficulty: n % 40,
          group: n % 3,
          user_id: n,
          passage: ['no name'],
        },
      })),
    )
    expect(likeness.clusterColumns().map(({ column }) => column)).toEqual(['document_id', 'sessionId'])
    expect(likeness.clusterColumns()[0]).toMatchObject({ repeated: 30, cases: 120, designEffect: 4 })
  })

  it('sees passages that prompts share, and takes what a whole task shares for a template', () => {
    const passage = (n: number) => `${n} ${'The tide was high at the quay. '.repeat(12)}`
    const template = 'Answer with a number of metres and nothing else. '.repeat(8)
    const on = (text: (n: number) => string) =>
      likenessOf(many(90, (n) => ({ prompt: `${text(n)} Question ${n}`, task: 'tides' }))).sharedBeginnings()
    expect(on((n) => passage(n % 30))).toMatchObject({ task: 'tides', characters: 256, repeated: 30, designEffect: 3 })
    expect(on(() => template)).toBeNull()
    expect(on((n) => `${template}${passage(n)}`)).toBeNull()
    expect(on((n) => `${template}${template}${passage(n % 30)}`)).toMatchObject({
      characters: 1024,
    })
  })

  it('is the same in any order and any split', () => {
    const random = mulberry32(3)
    const given = many(12_000, (n) => ({
      prompt: `How deep is harbour ${Math.floor(6_000 * random())}`,
      raw: { document: Math.floor(3_000 * random()), [`page_${n % 20}`]: n },
    }))
    const said = (likeness: Likeness) => [likeness.repeatedPrompts(), likeness.clusterColumns()]
    const whole = said(likenessOf(given))
    expect(said(likenessOf([...given].reverse()))).toEqual(whole)
    const merged = new Likeness()
    for (const part of [2, 0, 1]) merged.merge(likenessOf(given.filter((_, n) => n % 3 === part)))
    expect(said(merged)).toEqual(whole)
  })
})
