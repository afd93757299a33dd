import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import { many, problemOf } from './comparisons.js'
import { makeGraded, makeSample } from './support.js'

const right = () => makeGraded(true)
const sure = () => makeGraded(true, 0.9)
const asked = (prompt: string) => makeSample({ correct: true, prompt })
const allow = { policy: resolvePolicy({ pairing: { identical: 'allow' } }, detectors) }
describe('arms are comparable', () => {
  const rows: readonly (readonly [string, readonly Case[]])[] = [
    ['where both carry the same', many(100, () => [[right()], [right()]])],
    ['where 5 % of cases are missing', many(100, (i) => [[right()], i < 5 ? [] : [right()]])],
    [
      'where a small task lost one case',
      [...many(300, () => [[right()], [right()]]), ...many(6, (i) => [[right()], i === 0 ? [] : [right()]], 'inland')],
    ],
    [
      'where failed outputs carry no score',
      many(100, (i) => [[right()], i < 30 ? [makeSample({ failed: 'error' })] : [right()]]),
    ],
    ['where every case has fewer samples after tuning', many(40, () => [[right(), right(), right()], [right()]])],
  ]
  it.each(rows)('%s', (_, cases) => {
    expect(problemOf(cases)).toBeNull()
  })
})

describe('arms are not comparable', () => {
  const rows: readonly (readonly [string, readonly Case[], object])[] = [
    [
      'where they share nothing',
      many(10, (i) => (i < 5 ? [[right()], []] : [[], [right()]])),
      { code: 'no-shared-cases' },
    ],
    [
      'where 6 % of cases are missing',
      many(100, (i) => [[right()], i < 6 ? [] : [right()]]),
      { code: 'low-coverage', arm: 'baseline', paired: 94, cases: 100 },
    ],
    [
      'where a task is in one arm alone',
      [...many(300, () => [[right()], [right()]]), ...many(3, () => [[right()], []], 'inland')],
      { code: 'task-in-one-arm', task: 'inland', arm: 'baseline', cases: 3 },
    ],
    [
      'where a task has other ids in each arm',
      [
        ...many(300, () => [[right()], [right()]]),
        ...many(6, (i) => (i % 2 === 0 ? [[right()], []] : [[], [right()]]), 'inland'),
      ],
      { code: 'task-unpaired', task: 'inland', cases: { baseline: 3, tuned: 3 } },
    ],
    [
      'where a task lost a tenth of its cases',
      [...many(900, () => [[right()], [right()]]), ...many(40, (i) => [[right()], i < 4 ? [] : [right()]], 'inland')],
      { code: 'low-task-coverage', task: 'inland', paired: 36, cases: 40 },
    ],
    [
      'where some tuned cases lost samples',
      many(40, (i) => [[right(), right()], i % 2 === 0 ? [right()] : [right(), right()]]),
      { code: 'samples-lost', coverage: { baseline: 1, tuned: 0.75 } },
    ],
    [
      'where the tuned arm lost its scores',
      many(100, (i) => [[right()], i < 11 ? [makeSample()] : [right()]]),
      { code: 'field-lost', field: 'correct', coverage: { baseline: 1, tuned: 0.89 } },
    ],
    [
      'where it lost scores that the baseline only mostly had',
      many(100, (i) => [i < 15 ? [makeSample()] : [right()], [makeSample()]]),
      { code: 'field-lost', field: 'correct', coverage: { baseline: 0.85, tuned: 0 } },
    ],
    [
      'where the tuned arm lost its prompts',
      many(100, (i) => [[asked('Will it rain?')], [i < 11 ? right() : asked('Will it rain?')]]),
      { code: 'field-lost', field: 'prompt', coverage: { baseline: 1, tuned: 0.89 } },
    ],
    [
      'where no tuned record of a task has a confidence',
      [...many(100, () => [[sure()], [sure()]]), ...many(10, () => [[sure()], [right()]], 'inland')],
      { code: 'field-lost', field: 'confidence', task: 'inland', coverage: { baseline: 1, tuned: 0 } },
    ],
  ]
  it.each(rows)('%s', (_, cases, problem) => {
    expect(problemOf(cases)).toMatchObject(problem)
  })
})

describe('a field that the tuned arm lacks', () => {
  const unsure = many(40, () => [[sure()], [right()]])

  it('is the model’s doing where some records still have it, or where nothing needs it', () => {
    expect(problemOf(many(40, (i) => [[sure()], [i === 0 ? sure() : right()]]))).toBeNull()
    expect(problemOf(unsure, { isNeeded: () => false })).toBeNull()
    expect(problemOf(unsure)).toMatchObject({ field: 'confidence' })
  })

  it('may be the prompt where prompts are not compared', () => {
    const cases = many(40, () => [[asked('Will it rain?')], [right()]])
    expect(problemOf(cases)).toMatchObject({ field: 'prompt' })
    expect(problemOf(cases, { policy: resolvePolicy({ pairing: { prompts: 'ignore' } }, detectors) })).toBeNull()
  })
})

describe('arms that say the same', () => {
  const cases = (n: number) => many(n, () => [[right()], [right()]])

  it('are no two models, from 20 cases on or where the files are the same', () => {
    expect(problemOf(cases(20), { pairing: { identical: 20 } })).toEqual({
      code: 'identical-arms',
      cases: 20,
      sameBytes: false,
    })
    expect(problemOf(cases(3), { pairing: { identical: 3 }, sameBytes: true })).toMatchObject({ sameBytes: true })
  })

  it('are judged where they are few, where one differs, or where the config allows it', () => {
    expect(problemOf(cases(19), { pairing: { identical: 19 } })).toBeNull()
    expect(problemOf(cases(200), { pairing: { identical: 199 } })).toBeNull()
    expect(problemOf(cases(20), { pairing: { identical: 20 }, sameBytes: true, ...allow })).toBeNull()
  })
})
