import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SchemaNode } from '../../src/draft/schema-node.js'

const RULES = { cases: 1, strict: true }
const FEW = { cases: 60, strict: true }

function schemaOf(values: readonly unknown[], rules = RULES): object {
  const node = new SchemaNode()
  for (const [i, value] of values.entries()) node.add(value, i)
  return node.toSchema(rules)
}

const times = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i))
const valid = (schema: object, value: unknown) =>
  new Ajv({ strict: true, allowUnionTypes: true }).validate(schema, value)

describe('SchemaNode', () => {
  it('admits every value that it was made from', () => {
    const value = fc.jsonValue({ maxDepth: 8 })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), fc.boolean(), (values, strict) => {
        const schema = schemaOf(values, { cases: 1, strict })
        expect(values.filter((one) => !valid(schema, JSON.parse(JSON.stringify(one))))).toEqual([])
      }),
    )
  })

  it('is the same whatever the order of the cases', () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    const shuffled = fc
      .array(value, { minLength: 1, maxLength: 20 })
      .chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })))
    fc.assert(
      fc.property(shuffled, ([values, others]) => {
        expect(JSON.stringify(schemaOf(others))).toBe(JSON.stringify(schemaOf(values)))
      }),
    )
  })

  it('asks for the keys that every object has, nested ones too', () => {
    const orders = times(60, (i) => ({
      total: i + 0.5,
      count: i,
      lines: [
        { part: 'chain', each: 2 },
        { part: 'tube', note: 'late' },
      ],
      ...(i % 7 === 0 ? { coupon: null } : {}),
    }))
    expect(schemaOf(orders, FEW)).toEqual({
      type: 'object',
      required: ['count', 'lines', 'total'],
      properties: {
        count: { type: 'integer' },
        lines: {
          type: 'array',
          items: {
            type: 'object',
            required: ['part'],
            properties: {
              each: { type: 'integer' },
              note: { type: 'string', enum: ['late'] },
              part: { type: 'string', enum: ['chain', 'tube'] },
            },
          },
        },
        total: { type: 'number' },
      },
    })
  })

  it('says nothing from fewer cases than it takes, however many samples they have', () => {
    const node = new SchemaNode()
    for (let i = 0; i < 590; i++) node.add({ answer: 'B' }, Math.floor(i / 10))
    expect([node.values, node.cases]).toEqual([590, 59])
    expect(node.toSchema(FEW)).toEqual({})
  })

  it.each<[string, string[], string[] | null]>([
    ['few texts of many cases', times(80, (i) => 'ABCD'[i % 4]!), ['A', 'B', 'C', 'D']],
    ['a text of one case', [...times(79, (i) => 'ABC'[i % 3]!), 'D'], null],
    ['too few cases for so many texts', times(79, (i) => 'ABCD'[i % 4]!), null],
    ['more than eight texts', times(900, (i) => 'ABCDEFGHI'[i % 9]!), null],
    ['long texts', times(80, () => 'rain '.repeat(13)), null],
  ])('enumerates %s: %s', (_, values, expected) => {
    expect(schemaOf(values, FEW)).toEqual({ type: 'string', ...(expected === null ? {} : { enum: expected }) })
  })

  it('loosely takes a whole number for a number, and few texts for any', () => {
    const values = times(60, (i) => ({ count: i, part: 'chain' }))
    expect(schemaOf(values, { cases: 60, strict: false })).toMatchObject({
      properties: { count: { type: 'number' }, part: { type: 'string' } },
    })
  })

  it.each<[string, unknown, unknown]>([
    ['objects with many keys', times(60, (i) => ({ [`k${i}`]: i })), { type: 'object' }],
    ['a number beyond the doubles', [...times(60, (i) => i), Number.POSITIVE_INFINITY], {}],
    ['values of two types', times(60, (i) => (i % 2 === 0 ? null : 'dry')), { type: ['string', 'null'] }],
    ['keys that every object inherits', times(60, () => ({ valueOf: 1, toString: 'x' })), { type: 'object' }],
    ['keys such as __proto__', times(60, () => JSON.parse('{"__proto__": 1}')), { type: 'object' }],
  ])('of %s says no more than holds', (_, values, expected) => {
    expect(schemaOf(values as unknown[], FEW)).toEqual(expected)
  })

  it('looks five levels deep', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 'rain' : { in: deep(levels - 1) })
    const schema = JSON.stringify(
      schemaOf(
        times(60, () => deep(500)),
        FEW,
      ),
    )
    expect(schema.split('"in":').length - 1).toBe(5)
  })
})
