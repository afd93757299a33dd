import fc from 'fast-check'
import type { Case } from '../domain/case.js'
import type { Sample } from '../domain/record.js'
import { makeCase, makeSample } from './cases.js'

/** What a model may say that no detector expects. */
const HOSTILE = [
  '\ud800 lone \udfff',
  '\u0000\u001b[31m\u202e',
  '<script>alert(1)</script>',
  '{"__proto__": {"polluted": true}, "n": 1e999}',
  '[[[[[[[[[[[[[[[[',
  '```json\n{"a": NaN}\n```',
  `${'a'.repeat(10_000)}!`,
  '💥'.repeat(50),
]

const WORDS = ['the answer is 42', 'it rains', 'it rains all day in Cork', 'no']

/** Cases of up to three samples an arm, in three tasks, with and without what measures need. */
export function arbitraryCases(outputs: readonly string[]): fc.Arbitrary<Case[]> {
  const text = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...WORDS, ...outputs) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  )
  const sample = fc
    .record({
      output: text,
      failed: fc.constantFrom(null, null, null, null, 'error' as const, 'empty' as const),
      score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
      correct: fc.option(fc.boolean(), { freq: 9 }),
      confidence: fc.option(fc.constantFrom(0, 0.1, 0.25, 0.5, 0.73, 0.9, 0.99, 1), { freq: 6 }),
    })
    .map(makeSample)
  const drawn = fc.record({
    task: fc.constantFrom('coast', 'inland', '__proto__'),
    cluster: fc.option(fc.constantFrom('monday', 'tuesday', 'wednesday'), { freq: 4 }),
    baseline: fc.array(sample, { maxLength: 3 }),
    tuned: fc.array(sample, { maxLength: 3 }),
    tags: fc.subarray(['gale', 'harbour', 'tide']),
    domain: fc.constantFrom(null, 'forecast'),
    prompt: fc.constantFrom(undefined, 'Will it rain?', 'Где дождь', 'def rain():\n  return 1'),
  })
  // Some cases are of one arm alone; none is of neither.
  const present = drawn.filter(({ baseline, tuned }) => baseline.length + tuned.length > 0)
  return fc.array(present, { minLength: 1, maxLength: 60 }).map((list) =>
    list.map(({ baseline, tuned, prompt, ...own }, n) => {
      const asked = (samples: readonly Sample[]) => samples.map((one) => ({ ...one, prompt }))
      return makeCase(`case-${n}`, { baseline: asked(baseline), tuned: asked(tuned) }, own)
    }),
  )
}
