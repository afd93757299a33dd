import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/domain/case.js'
import { draftSchema } from '../../src/draft/schema-draft.js'
import { halfOf, Survey } from '../../src/draft/survey.js'
import { draftTask, tasksToDeclare } from '../../src/draft/task-draft.js'
import { makeCase, makeSample } from '../audit/support.js'

/** Quotes of a bicycle shop, one a case. */
function quotes(count: number, of: (i: number) => unknown): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const value = of(i)
    const output = typeof value === 'string' ? value : JSON.stringify(value)
    return makeCase(`quote-${i}`, { baseline: [makeSample({ output })], tuned: [] })
  })
}

function drafted(cases: readonly Case[]) {
  const survey = new Survey('baseline')
  for (const case_ of cases) survey.observe(case_)
  const [first] = survey.results
  return draftSchema(first!.counts, cases)
}

describe('draftSchema', () => {
  it('is strict where one half of the cases keeps what the other shows', () => {
    const { schema, heldOut } = drafted(quotes(200, (i) => ({ total: i, part: i % 2 === 0 ? 'chain' : 'tube' })))
    expect(schema).toMatchObject({
      required: ['part', 'total'],
      properties: { total: { type: 'integer' }, part: { enum: ['chain', 'tube'] } },
    })
    expect(heldOut).toEqual({ outputs: 200, broken: 0 })
  })

  it('takes no text for one of few where the other half of the cases has a further one', () => {
    const rare = new Set(
      quotes(400, () => '')
        .filter((one) => halfOf(one) === 0)
        .slice(0, 6)
        .map(({ id }) => id),
    )
    const { schema, heldOut } = drafted(
      quotes(400, (i) => ({ total: i, part: rare.has(`quote-${i}`) ? 'saddle' : ['chain', 'tube'][i % 2] })),
    )
    expect(schema).toMatchObject({ properties: { total: { type: 'number' }, part: { type: 'string' } } })
    expect(JSON.stringify(schema)).not.toContain('enum')
    expect(heldOut).toEqual({ outputs: 400, broken: 0 })
  })

  it('asks for parsing alone where the halves share no shape', () => {
    const first = new Set(
      quotes(200, () => '')
        .filter((one) => halfOf(one) === 0)
        .map(({ id }) => id),
    )
    const { schema, heldOut } = drafted(quotes(200, (i) => (first.has(`quote-${i}`) ? [i] : { total: i })))
    expect(schema).toBeNull()
    expect(heldOut).toEqual({ outputs: 200, broken: 200 })
  })
})

describe('what is declared for a task', () => {
  const wishes = { schemas: true, formats: true, stated: true }
  const draft = (cases: readonly Case[], wanted = wishes) => {
    const survey = new Survey('baseline')
    for (const case_ of cases) survey.observe(case_)
    return tasksToDeclare(survey.results).declared.map((one) => draftTask(one, cases, wanted))
  }

  it('JSON that nine in ten outputs set out to be, though some do not parse', () => {
    const [task] = draft(quotes(100, (i) => (i < 30 ? '{"total": 3' : { total: i })))
    expect(task).toMatchObject({ format: 'json', structure: { schema: { required: ['total'] } } })
  })

  it('nothing where JSON is rare, or cases are few', () => {
    const [task] = draft(quotes(100, (i) => (i < 50 ? 'It costs much.' : { total: i })))
    expect(task).toMatchObject({ format: null, structure: null, domain: null, stated: null })
    expect(draft(quotes(59, (i) => ({ total: i })))).toEqual([])
  })

  it('nothing that was not wished for', () => {
    const [task] = draft(
      quotes(100, (i) => ({ total: i })),
      { schemas: false, formats: false, stated: false },
    )
    expect(task).toMatchObject({ format: null, structure: null })
  })

  it.each([
    ['a tag', (i: number) => `It rains.\n<confidence>0.${(i % 8) + 1}</confidence>`, { tag: 'confidence' }],
    ['a percentage', (i: number) => `It rains. Confidence: ${50 + (i % 40)}%`, { pattern: expect.any(String) }],
  ])('the confidence that outputs state with %s', (_, of, spec) => {
    expect(draft(quotes(80, of))[0]?.stated).toEqual(spec)
  })

  it('at most twenty tasks, the largest', () => {
    const cases = Array.from({ length: 22 }, (_, t) =>
      quotes(60 + t, () => 'dry').map((case_) => ({ ...case_, task: `station-${t}` })),
    ).flat()
    const survey = new Survey('baseline')
    for (const case_ of cases) survey.observe(case_)
    const { declared, undeclared } = tasksToDeclare(survey.results)
    expect([declared.length, undeclared]).toEqual([20, 2])
    expect(declared.map((one) => one.survey.task)).not.toContain('station-1')
  })

  it.each([
    ['judged by a scale', { score: 0.7, correct: false }, 'chat'],
    ['right or wrong', { score: 1, correct: true }, 'math'],
  ])('the domain of repeated prompts that are %s', (_, values, domain) => {
    const cases = Array.from({ length: 60 }, (_unused, i) =>
      makeCase(`q${i}`, {
        baseline: [0, 1].map((number) => makeSample({ output: `dry ${i}`, number, ...values })),
        tuned: [],
      }),
    )
    expect(draft(cases)[0]?.domain).toBe(domain)
  })
})
