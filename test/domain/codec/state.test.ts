import { describe, expect, it } from 'vitest'
import { Malformed } from '../../../src/domain/codec/codec.js'
import { mapOf, setOf } from '../../../src/domain/codec/collections.js'
import { fixed, stateOf } from '../../../src/domain/codec/state.js'
import {
  extended,
  flag,
  list,
  natural,
  nullable,
  oneOf,
  pair,
  real,
  record,
  shortText,
  text,
  whole,
  words,
} from '../../../src/domain/codec/values.js'

class Gauge {
  level = 0
  private readonly storms = new Map<string, number>()
  private readonly limit: number

  constructor(limit = 9) {
    this.limit = limit
  }

  storm(name: string): void {
    this.storms.set(name, Math.min(this.limit, (this.storms.get(name) ?? 0) + 1))
  }
}

const gauge = stateOf(() => new Gauge(), { level: whole, storms: mapOf(text, natural), limit: fixed })

describe('stateOf', () => {
  it('brings private state back, names such as __proto__ too, in an order of its own', () => {
    const [one, other] = [new Gauge(), new Gauge()]
    for (const name of ['__proto__', 'Ada', 'Zoe']) one.storm(name)
    for (const name of ['Zoe', '__proto__', 'Ada']) other.storm(name)
    expect(gauge.read(JSON.parse(JSON.stringify(gauge.write(one))))).toEqual(one)
    expect(JSON.stringify(gauge.write(other))).toBe(JSON.stringify(gauge.write(one)))
  })

  it('refuses to write an object that has a field which no one said how to write', () => {
    const forgetful = stateOf(() => new Gauge(), { level: whole, limit: fixed })
    expect(() => forgetful.write(new Gauge())).toThrow('Gauge.storms is not in its codec')
  })

  it('refuses to write an object that has lost a field', () => {
    const old = stateOf(() => new Gauge(), { level: whole, storms: mapOf(text, natural), limit: fixed, tide: whole })
    expect(() => old.write(new Gauge())).toThrow('Gauge.tide is not in its codec, or no longer a field')
  })

  it.each([
    [null, 'no object'],
    [[], 'no object'],
    [{ level: 1 }, 'key "storms" is missing'],
    [{ level: 1, storms: [], tide: 2 }, 'unknown key "tide"'],
    [JSON.parse('{"level": 1, "storms": [], "__proto__": {"limit": 0}}'), 'unknown key "__proto__"'],
    [{ level: 1.5, storms: [] }, 'level: no whole number'],
    [{ level: 1, storms: [['Ada', -1]] }, 'storms.0.1: no count'],
    [
      {
        level: 1,
        storms: [
          ['Ada', 1],
          ['Ada', 2],
        ],
      },
      'storms: a key stands twice',
    ],
    [{ level: 1, storms: [['Ada']] }, 'storms.0: no pair of key and value'],
  ])('reads no %j', (json, why) => {
    expect(explained(() => gauge.read(json))).toBe(why)
  })
})

describe('values', () => {
  it.each([
    ['whole', whole, -3],
    ['natural', natural, 2 ** 53 - 1],
    ['real', real, -0.1],
    ['extended', extended, Number.POSITIVE_INFINITY],
    ['flag', flag, true],
    ['text', text, '\ud800 \u0000'],
    ['list', list(text), ['a', '']],
    ['nullable', nullable(text), null],
    ['pair', pair(text, natural), ['a', 1]],
    ['record', record<{ a: number }>({ a: natural }), { a: 1 }],
    ['set', setOf(text), new Set(['b', 'a'])],
    ['words', words, Uint32Array.of(0, 1, 2 ** 32 - 1)],
  ])('%s comes back', (_, codec, value) => {
    const { write, read } = codec as { write(value: unknown): unknown; read(json: unknown): unknown }
    expect(read(JSON.parse(JSON.stringify(write(value))))).toEqual(value)
  })

  it.each([
    ['a number beyond 2^53', natural, 2 ** 53, 'no count'],
    ['a number that JSON writes as null', real, null, 'no finite number'],
    ['the text NaN', extended, 'NaN', 'no finite number'],
    ['a name that is not known', oneOf(['calm', 'storm']), 'constructor', 'none of calm, storm'],
    ['a long text', shortText(3), 'tide', 'a text longer than 3'],
    ['bytes that are no words', words, 'AAAA', 'no list of words'],
    ['what is no base64', words, '!!!!', 'no list of words'],
    ['three for two', pair(text, text), ['a', 'b', 'c'], 'no pair'],
  ])('%s is refused', (_, codec, json, why) => {
    expect(explained(() => codec.read(json))).toBe(why)
  })

  it('what JSON cannot hold is a bug where it is written', () => {
    expect(() => real.write(Number.NaN)).toThrow('no finite number can be written: NaN')
    expect(() => whole.write(0.5)).toThrow('no whole number can be written')
  })
})

function explained(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Malformed) return error.explained
    throw error
  }
}
