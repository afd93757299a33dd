import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import { problemOf, readAs, readingOf } from './weather.js'

const rain = { id: 'q1', output: 'rain' }

describe('readRecord', () => {
  it('reads a number and its text as one id', () => {
    expect(readingOf({ ...rain, id: 1 }).key).toBe(readingOf({ ...rain, id: '1' }).key)
  })

  it('puts a record without a task into "default"', () => {
    expect(readingOf(rain).task).toBe('default')
    expect(readingOf({ ...rain, task: null }).key).toBe(readingOf({ ...rain, task: 'default' }).key)
  })

  it.each([
    [
      { task: 'a', id: 'b\u0000c' },
      { task: 'a\u0000b', id: 'c' },
    ],
    [
      { task: 'a\u0000', id: 'b' },
      { task: 'a', id: '\u0000b' },
    ],
    [
      { task: 'a\u0000b', id: 'c' },
      { task: '["a\\u0000b"', id: '"c"]' },
    ],
    [
      { task: '', id: 'a' },
      { task: 'a', id: '' },
    ],
  ])('keeps the cases %j and %j apart', (one, two) => {
    expect(readingOf({ ...rain, ...one }).key).not.toBe(readingOf({ ...rain, ...two }).key)
  })

  it('names a record without an id by its prompt, in any order of keys', () => {
    const { reading, arm } = readAs({ prompt: [{ role: 'user', content: 'Rain?' }], output: 'yes' })
    expect(reading?.id).toMatch(/^prompt:[0-9a-f]{32}$/)
    expect(readingOf({ prompt: [{ content: 'Rain?', role: 'user' }], output: 'no' }).id).toBe(reading?.id)
    expect(arm).toMatchObject({ withoutId: 1, firstWithoutId: { file: 'forecasts.jsonl', line: 1 } })
  })

  it.each<[object, string, string | null]>([
    [{ output: 'rain' }, 'rain', null],
    [{ output: { sky: 'grey', wind: [1, 2] } }, '{"sky":"grey","wind":[1,2]}', null],
    [{ output: 0 }, '0', null],
    [{ output: '' }, '', 'empty'],
    [{ output: ' \n\t\u00a0' }, ' \n\t\u00a0', 'empty'],
    [{ output: null }, '', 'empty'],
    [{ error: 'timeout' }, '', 'error'],
    [{ output: 'ra', error: { code: 500 } }, 'ra', 'error'],
    [{ output: 'rain', error: null }, 'rain', null],
    [{ output: 'rain', error: '' }, 'rain', null],
    [{ output: 'rain', error: false }, 'rain', null],
    [{ completion: 'rain' }, 'rain', null],
  ])('reads %j as output %j, failed %s', (fields, output, failed) => {
    expect(readingOf({ id: 'q1', ...fields }).sample).toMatchObject({ output, failed })
  })

  it.each<[object, PartialConfig, number | null, boolean | null]>([
    [{}, {}, null, null],
    [{ correct: 1 }, {}, null, true],
    [{ correct: false }, {}, null, false],
    [{ score: 1 }, {}, 1, true],
    [{ score: 0.9 }, {}, 0.9, false],
    [{ score: true }, {}, 1, true],
    [{ score: 0.4, correct: true }, {}, 0.4, true],
    [{ score: 0.6 }, { score: { threshold: 0.5 } }, 0.6, true],
    [{ score: 3 }, { score: { range: [1, 5], threshold: 4 } }, 0.5, false],
    [{ score: 0.2 }, { score: { worse: 'higher', threshold: 0.3 } }, 0.8, true],
    [{ scores: { f1: 0.25, em: 1 } }, { input: { scoreName: 'f1' } }, 0.25, false],
    [{ score: 1, scores: { em: 1 } }, { input: { scoreName: 'f1' } }, null, null],
    [{ scores: {} }, { input: { scoreName: 'constructor' } }, null, null],
  ])('scores %j under %j as %s, correct %s', (fields, config, score, correct) => {
    expect(readingOf({ ...rain, ...fields }, config).sample).toMatchObject({ score, correct })
  })

  it.each<[string, number]>([
    ['{"id":"q1","output":"rain","score":NaN}', 1],
    ['{"id":"q1","output":"rain","score":1e999}', 1],
    ['{"id":"q1","output":"rain","score":-1048577}', 1],
    ['{"id":"q1","output":"rain","score":null,"logprobs":[NaN,-Infinity]}', 2],
    ['{"id":"q1","output":"rain","score":null}', 0],
  ])('reads the score of %s as unknown, counting %i', (text, count) => {
    const { reading, arm, file } = readAs(text)
    expect(reading?.sample.score).toBeNull()
    expect([arm.unknownNumbers, file.unknownNumbers]).toEqual([count, count])
  })

  it.each<[number, PartialConfig, number]>([
    [0.25, {}, 0.25],
    [1, {}, 1],
    [25, { confidence: { scale: 'percent' } }, 0.25],
    [100, { confidence: { scale: 'percent' } }, 1],
  ])('reads confidence %d under %j as %d', (confidence, config, share) => {
    expect(readingOf({ ...rain, confidence }, config).sample.confidence).toBe(share)
  })

  it.each<[number, PartialConfig, string]>([
    [1.01, {}, 'share'],
    [-0.1, {}, 'share'],
    [101, { confidence: { scale: 'percent' } }, 'percent'],
  ])('refuses confidence %d under %j, with its line', (value, config, scale) => {
    expect(problemOf(() => readAs({ ...rain, confidence: value }, config, 17))).toEqual({
      code: 'confidence-out-of-range',
      place: { file: 'forecasts.jsonl', line: 17 },
      value,
      scale,
    })
  })

  it.each<[object, string[], string | null]>([
    [{ idx: 7, completion: 'rain' }, ['id', 'prompt'], 'id=/idx'],
    [{ key: 'q1', output: 'rain', target: 'rain' }, ['id', 'prompt'], 'id=/key'],
    [{ 'a/b~c': 'q1', output: 'rain' }, ['id', 'prompt'], 'id=/a~1b~0c'],
    [{ output: 'rain', score: 1 }, ['id', 'prompt'], null],
    [{ id: 'q1', prompt: 'Rain?', text: 'rain' }, ['output'], 'output=/text'],
    [{ id: 'q1', score: 1 }, ['output'], null],
    [{ id: 'q1', choices: [{ text: 'rain' }] }, ['output'], null],
  ])('says of %j that %j are missing, and which --fields to try', (record, fields, suggestion) => {
    expect(problemOf(() => readAs(record, {}, 3))).toEqual({
      code: 'field-missing',
      place: { file: 'forecasts.jsonl', line: 3 },
      fields,
      keys: Object.keys(record),
      suggestion,
    })
  })

  it('offers a known other name where guessing is off', () => {
    const problem = problemOf(() => readAs({ id: 'q1', response: 'rain' }, { input: { guess: false } }))
    expect(problem).toMatchObject({ suggestion: 'output=/response' })
  })

  it('counts records of tasks that are not selected, and asks nothing of them', () => {
    const { reading, arm, file } = readAs({ task: 'snow', text: 'sleet' }, { input: { tasks: ['rain*'] } })
    expect(reading).toBeNull()
    expect([file.otherTasks, file.records, arm.records, arm.withoutId]).toEqual([1, 0, 0, 0])
    expect([...arm.tasks]).toEqual(['snow'])
  })

  it('tells the columns that a record carries, unknown values left out', () => {
    const { arm } = readAs('{"id":"q1","output":"rain","note":null,"__proto__":{"score":1},"loss":NaN}')
    expect([...arm.columns.names].sort()).toEqual(['__proto__', 'id', 'output'])
  })

  it('orders repeats by a hash of the line without its end', () => {
    const repeats = { pairing: { repeats: true } }
    const text = JSON.stringify(rain)
    expect(readAs(text, repeats).reading?.order).toMatch(/^[0-9a-f]{32}$/)
    expect(readAs(`${text}\r`, repeats).reading?.order).toBe(readAs(text, repeats).reading?.order)
    expect(readAs(text).reading?.order).toBe('')
  })
})
