import { describe, expect, it } from 'vitest'
import { incomparable } from '../../src/audit/comparability.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import type { Pairing } from '../../src/domain/report.js'
import { makeCase, makeGraded, makeSample, observeAll } from './support.js'

const none = { count: 0, first: [] }
const policy = resolvePolicy({}, detectors)

/** What comparability says of cases, some of which stand in one arm only. */
function problemOf(cases: readonly Case[]) {
  const both = cases.filter(({ baseline }) => baseline.length > 0).length
  const only = (arm: 'baseline' | 'tuned') => {
    const names = cases.filter(({ all, baseline }) => baseline.length === 0 && all[arm].length > 0)
    return { count: names.length, first: names.slice(0, 5).map(({ task, id }) => ({ task, id })) }
  }
  const pairing: Pairing = {
    cases: both,
    onlyBaseline: only('baseline'),
    onlyTuned: only('tuned'),
    promptMismatches: none,
    duplicates: none,
    errors: none,
    empty: none,
  }
  const { census, settings } = observeAll(cases)
  const ids = { without: 0, records: cases.length, place: null }
  return incomparable({
    policy,
    pairing,
    census,
    settings: settings.summaries(policy.pairing.allow),
    tasks: [...census.names].sort(),
    duplicate: null,
    incomplete: none,
    ids,
  })
}

const right = () => makeGraded(true)
const many = (count: number, make: (i: number) => readonly [readonly Sample[], readonly Sample[]], task = 'coast') =>
  Array.from({ length: count }, (_, i) => {
    const [baseline, tuned] = make(i)
    return makeCase(`${task}-${i}`, { baseline, tuned }, { task })
  })

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
  ]
  it.each(rows)('%s', (_, cases, problem) => {
    expect(problemOf(cases)).toMatchObject(problem)
  })
})
