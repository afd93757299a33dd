import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOGPROB_READINGS } from '../../src/domain/policy.js'
import { BadLine } from '../../src/input/json.js'
import { looksLikeLogprobs, PositiveLogprob, sequenceProbability } from '../../src/input/logprobs.js'

const TOKENS = [-0.05, -1.2, -0.3, -2.5]

// numpy: x = np.array([-.05, -1.2, -.3, -2.5]); np.exp(x.mean()), np.exp(x.min()), np.exp(x.sum())
const EXPECTED = { mean: 0.3633095693590113, min: 0.0820849986238988, sum: 0.017422374639493515 }

describe('sequenceProbability', () => {
  it.each(LOGPROB_READINGS)('%s is what numpy gives', (reading) => {
    expect(sequenceProbability(TOKENS, reading)).toBeCloseTo(EXPECTED[reading], 14)
  })

  it.each([
    [
      'OpenAI chat',
      { content: TOKENS.map((logprob) => ({ token: 'rain', logprob, top_logprobs: [] })), refusal: null },
    ],
    ['OpenAI completions', { tokens: ['a', 'b', 'c', 'd'], token_logprobs: TOKENS, text_offset: [0, 1, 2, 3] }],
    ['a list of tokens', TOKENS.map((logprob) => ({ token: 'rain', logprob }))],
    ['vLLM', TOKENS.map((logprob, i) => ({ [`${i}`]: { logprob, rank: 1, decoded_token: 'rain' } }))],
  ])('reads %s', (_, value) => {
    expect(sequenceProbability(value, 'mean')).toBeCloseTo(EXPECTED.mean, 14)
  })

  it('takes a single number for the aggregate', () => {
    for (const reading of LOGPROB_READINGS) expect(sequenceProbability(Math.log(0.3), reading)).toBeCloseTo(0.3, 14)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty list', []],
    ['an empty chat', { content: [], refusal: null }],
    ['a refusal', { content: null, refusal: [{ token: 'no', logprob: -1 }] }],
    ['a token that is not known', [-0.1, null]],
    ['a token object that is not known', [{ token: 'a', logprob: null }]],
    ['−Infinity', [-0.1, Number.NEGATIVE_INFINITY]],
    ['NaN', [Number.NaN]],
    ['NaN alone', Number.NaN],
  ])('leaves %s unknown', (_, value) => {
    for (const reading of LOGPROB_READINGS) expect(sequenceProbability(value, reading)).toBeNull()
  })

  it.each([
    ['text', 'very sure'],
    ['true', true],
    ['text among numbers', [-0.1, '-0.2']],
    ['a list in a list', [[-0.1]]],
    ['an object of another kind', { tokens: [1, 2] }],
    ['several candidates', [{ 5: { logprob: -0.1 }, 6: { logprob: -2 } }]],
    ['__proto__', [JSON.parse('{"__proto__": {"logprob": -1}, "a": 1}')]],
  ])('refuses %s', (_, value) => {
    expect(() => sequenceProbability(value, 'mean')).toThrow(BadLine)
  })

  it.each([
    ['a probability', [0.9, 0.8]],
    ['a cost', [1.5]],
    ['one number', 0.3],
    ['Infinity behind it', [0.2, Number.POSITIVE_INFINITY]],
  ])('refuses %s, which is above 0', (_, value) => {
    expect(() => sequenceProbability(value, 'min')).toThrow(PositiveLogprob)
  })

  it('takes what rounding put above 0 for 0', () => {
    expect(sequenceProbability([1e-7, 1e-8], 'sum')).toBe(1)
  })

  it('takes a million tokens', () => {
    const tokens = new Array<number>(1_000_000).fill(-0.5)
    expect(sequenceProbability(tokens, 'mean')).toBeCloseTo(Math.exp(-0.5), 10)
    expect(sequenceProbability(tokens, 'min')).toBe(Math.exp(-0.5))
    expect(sequenceProbability(tokens, 'sum')).toBe(0)
  })

  it('orders its readings: all together, the least likely, the mean', () => {
    const logprobs = fc.array(fc.double({ min: -50, max: 0, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(logprobs, (tokens) => {
        const [mean, min, sum] = LOGPROB_READINGS.map((reading) => sequenceProbability(tokens, reading)!)
        expect(sum).toBeLessThanOrEqual(min! * (1 + 1e-12))
        expect(min).toBeLessThanOrEqual(mean! * (1 + 1e-12))
        expect(mean).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('looksLikeLogprobs', () => {
  it.each([
    [TOKENS, true],
    [{ content: [{ logprob: -0.1 }] }, true],
    [[0, 0, -0.2], true],
    [[0, 0], false],
    [[0.1, -0.2], false],
    [[], false],
    [['a'], false],
    [{ score: -1 }, false],
    ['-0.1', false],
    [null, false],
  ])('%j: %s', (value, expected) => {
    expect(looksLikeLogprobs(value)).toBe(expected)
  })
})
