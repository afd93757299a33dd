import { describe, expect, it } from 'vitest'
import { checkRecord } from '../../src/input/record-schema.js'
import { badLineOf } from './weather.js'

describe('checkRecord', () => {
  it.each<[object, string, string]>([
    [{ id: true }, '"id" is true', 'a string or a number'],
    [{ id: ['q1', 'q2'] }, '"id" is an array of 2', 'a string or a number'],
    [{ task: { name: 'rain' } }, '"task" is an object with 1 keys', 'a string or a number'],
    [{ cluster: false }, '"cluster" is false', 'a string or a number'],
    [{ prompt: 7 }, '"prompt" is 7', 'a string or a list of messages'],
    [{ correct: 'yes' }, '"correct" is "yes"', 'true, false, 0 or 1'],
    [{ correct: 0.5 }, '"correct" is 0.5', 'true, false, 0 or 1'],
    [{ correct: '1' }, '"correct" is "1"', 'true, false, 0 or 1'],
    [{ score: '0.5' }, '"score" is "0.5"', 'a number'],
    [{ scores: [1] }, '"scores" is an array of 1', 'an object of numbers'],
    [{ scores: { f1: 1, bleu: 'n/a' } }, '"scores/bleu" is "n/a"', 'an object of numbers'],
    [{ confidence: 'high' }, '"confidence" is "high"', 'a number'],
    [{ confidence: true }, '"confidence" is true', 'a number'],
    [{ sample: -1 }, '"sample" is -1', 'a whole number from 0'],
    [{ sample: 1.5 }, '"sample" is 1.5', 'a whole number from 0'],
    [{ sample: 2 ** 53 }, '"sample" is 9007199254740992', 'a whole number from 0'],
    [{ score: '\u001b[31m' }, '"score" is "\\u001b[31m"', 'a number'],
  ])('refuses %j, showing the value', (record, what, rule) => {
    const error = badLineOf(() => checkRecord(record))
    expect(error.what).toBe(what)
    expect(error.remedy).toBe(`It must be ${rule}; map another field with --fields.`)
  })

  it('shows the beginning of a value that is long', () => {
    expect(badLineOf(() => checkRecord({ score: 'rain '.repeat(1000) })).what.length).toBeLessThan(120)
  })

  it.each<[object]>([
    [{ id: 'q1', output: { rain: true }, prompt: [{ role: 'user' }], correct: 1, score: true, sample: 0 }],
    [{ id: 7, task: 8, cluster: 9, correct: false, score: -3.5, scores: { f1: 1, em: false, bleu: null } }],
    [{ id: null, task: null, prompt: null, correct: null, score: null, scores: null, confidence: null, sample: null }],
    [{}],
    [{ output: 3, error: { type: 'timeout' }, reference: ['rain', 'drizzle'] }],
  ])('takes %j', (record) => {
    expect(checkRecord(record)).toBe(record)
  })
})
