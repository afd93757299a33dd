import { describe, expect, it } from 'vitest'
import type { StructureOptions } from '../../../src/detectors/infeasible-content/options.js'
import { compileStructure } from '../../../src/detectors/infeasible-content/structure.js'
import { makeSample } from '../../audit/support.js'

const read = (options: StructureOptions, output: string, raw: Record<string, unknown> = {}) =>
  compileStructure(options)(makeSample({ output, raw }))

describe('compileStructure', () => {
  it.each<[StructureOptions, string, unknown]>([
    [{}, '{"a": 1}', { a: 1 }],
    [{}, 'Here: {"a": 1}', { a: 1 }],
    [{}, '```json\n[1]\n```', [1]],
    [{ from: 'whole' }, ' {"a": 1} ', { a: 1 }],
    [{ from: 'whole' }, '42', 42],
    [{ from: 'fenced' }, 'So:\n```\n{"a": "x\ny"}\n```', { a: 'x\ny' }],
    [{ from: { pattern: 'ANSWER: (.*)' } }, 'hm\nANSWER: [1, 2]\nbye', [1, 2]],
    [{ from: { pattern: '\\{.*\\}' } }, 'x {"a": 1} y', { a: 1 }],
  ])('%j finds the value in %j', (options, output, value) => {
    expect(read(options, output)).toEqual({ kind: 'valid', value })
  })

  it.each<[StructureOptions, string]>([
    [{}, 'no JSON'],
    [{}, '{"a": 1'],
    [{ from: 'whole' }, 'Here: {"a": 1}'],
    [{ from: 'fenced' }, '{"a": 1}'],
    [{ from: { pattern: 'ANSWER: (.*)' } }, 'ANSWER: none'],
    [{ schema: { type: 'object', required: ['b'] } }, '{"a": 1}'],
    [{ schema: false }, '{"a": 1}'],
    [{ schema: { $ref: '#/$defs/tree', $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } } } }, '[1]'],
  ])('%j refuses %j', (options, output) => {
    expect(read(options, output).kind).toBe('invalid')
  })

  it('follows a JSON Pointer into the record, own keys only', () => {
    const raw = { plan: { 'a/b': [3] }, none: null }
    expect(read({ from: { pointer: '/plan/a~1b/0' } }, '', raw)).toEqual({ kind: 'valid', value: 3 })
    expect(read({ from: { pointer: '/none' } }, '', raw)).toEqual({ kind: 'valid', value: null })
    for (const pointer of ['/plan/x', '/constructor', '/plan/__proto__', '/none/a']) {
      expect(read({ from: { pointer } }, '', raw).kind).toBe('invalid')
    }
  })

  it('says what does not fit', () => {
    const schema = { type: 'object', properties: { hours: { type: 'array', items: { type: 'number' } } } }
    expect(read({ schema }, '{"hours": [1, "x"]}')).toEqual({ kind: 'invalid', why: '/hours/1 must be number' })
  })

  it('matches patterns of a schema in linear time, and survives a value nested deeper than the stack', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' }
    expect(read({ from: 'whole', schema }, JSON.stringify(`${'a'.repeat(50_000)}!`)).kind).toBe('invalid')
    const tree = { $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } }, $ref: '#/$defs/tree' }
    expect(['valid', 'invalid']).toContain(
      read({ from: 'whole', schema: tree }, '['.repeat(20_000) + ']'.repeat(20_000)).kind,
    )
  })

  it.each([
    { schema: { type: 'objekt' } },
    { schema: { $ref: '#/nowhere' } },
    { schema: { type: 'string', pattern: '(?=x)' } },
    { from: { pattern: '(' } },
  ])('throws at %j', (options) => {
    expect(() => compileStructure(options)).toThrow()
  })
})
