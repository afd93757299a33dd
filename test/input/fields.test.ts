import { describe, expect, it } from 'vitest'
import type { Field } from '../../src/domain/fields.js'
import type { Raw } from '../../src/domain/record.js'
import { fieldMap, fieldOf, keysOf } from '../../src/input/fields.js'

function look(raw: Raw, field: Field, fields: Record<string, string> = {}, guess = true) {
  const aliases: string[] = []
  const value = fieldOf(raw, field, fieldMap(fields, guess), {
    alias: (_, name) => aliases.push(name),
    mapped: () => {},
  })
  return { value, aliases }
}

describe('fieldOf', () => {
  it.each<[string, string, unknown]>([
    ['/text', '{"text":"rain"}', 'rain'],
    ['/choices/0/text', '{"choices":[{"text":"rain"}]}', 'rain'],
    ['/a~1b', '{"a/b":"rain"}', 'rain'],
    ['/a~0b', '{"a~b":"rain"}', 'rain'],
    ['/a~01b', '{"a~1b":"rain","a/b":"sun"}', 'rain'],
    ['/', '{"":"rain"}', 'rain'],
    ['/__proto__/text', '{"__proto__":{"text":"rain"}}', 'rain'],
    ['/__proto__', '{}', undefined],
    ['/constructor/name', '{}', undefined],
    ['/choices/1/text', '{"choices":[{"text":"rain"}]}', undefined],
    ['/text/0', '{"text":"rain"}', undefined],
    ['/text/0', '{"text":null}', undefined],
  ])('follows %s in %s', (pointer, raw, value) => {
    expect(look(JSON.parse(raw), 'output', { output: pointer }).value).toBe(value)
  })

  it.each<[string, object, unknown, string[]]>([
    ['the canonical name before any other', { answer: 'sun', output: 'rain' }, 'rain', []],
    ['the first known other name', { answer: 'sun', response: 'rain' }, 'rain', ['response']],
    ['an unknown value under the canonical name', { output: null, response: 'rain' }, null, []],
    ['nothing where there is none', { text: 'rain' }, undefined, []],
  ])('takes %s', (_, raw, value, aliases) => {
    expect(look(raw as Raw, 'output')).toEqual({ value, aliases })
  })

  it('looks nowhere else once a field is mapped', () => {
    expect(look({ output: 'sun', completion: 'sun' }, 'output', { output: '/text' }).value).toBeUndefined()
  })

  it('takes canonical names only where guessing is off', () => {
    expect(look({ completion: 'rain' }, 'output', {}, false)).toEqual({ value: undefined, aliases: [] })
    expect(look({ output: 'rain' }, 'output', {}, false).value).toBe('rain')
  })
})

describe('keysOf', () => {
  it.each<[Record<string, string>, boolean, string[]]>([
    [{ cluster: '/meta/passage' }, true, ['meta']],
    [{}, false, ['reference']],
    [{}, true, ['reference', 'target', 'label', 'gold', 'ideal']],
  ])('with fields %j and guess %j is %j', (fields, guess, keys) => {
    expect(keysOf('cluster' in fields ? 'cluster' : 'reference', fieldMap(fields, guess))).toEqual(keys)
  })
})
