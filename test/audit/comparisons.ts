import { Census } from '../../src/audit/census.js'
import { type Comparison, incomparable } from '../../src/audit/comparability.js'
import { Settings } from '../../src/audit/settings.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import type { Pairing } from '../../src/domain/report.js'
import { makeCase } from './support.js'

const none = { count: 0, first: [] }
const policy = resolvePolicy({}, detectors)

/** What comparability says of cases, some of which stand in one arm only. */
export function problemOf(
  cases: readonly Case[],
  given: Partial<Omit<Comparison, 'pairing'>> & { readonly pairing?: Partial<Pairing> } = {},
) {
  const both = cases.filter(({ baseline }) => baseline.length > 0).length
  const only = (arm: 'baseline' | 'tuned') => {
    const names = cases.filter(({ all, baseline }) => baseline.length === 0 && all[arm].length > 0)
    return { count: names.length, first: names.slice(0, 5).map(({ task, id }) => ({ task, id })) }
  }
  const pairing: Pairing = {
    cases: both,
    identical: 0,
    onlyBaseline: only('baseline'),
    onlyTuned: only('tuned'),
    promptMismatches: none,
    duplicates: none,
    errors: none,
    empty: none,
    ...given.pairing,
  }
  const [census, settings] = [new Census(), new Settings()]
  for (const case_ of cases) {
    census.add(case_)
    settings.add(case_)
  }
  const plain = {
    policy,
    census,
    settings: settings.summaries((given.policy ?? policy).pairing.allow),
    tasks: [...census.names].sort(),
    duplicate: null,
    incomplete: none,
    ids: { without: 0, records: cases.length, place: null },
    sameBytes: false,
    isNeeded: () => true,
  }
  return incomparable({ ...plain, ...given, pairing })
}

/** Cases of a task with the samples given for each. */
export function many(
  count: number,
  make: (i: number) => readonly [baseline: readonly Sample[], tuned: readonly Sample[]],
  task = 'coast',
): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const [baseline, tuned] = make(i)
    return makeCase(`${task}-${i}`, { baseline, tuned }, { task })
  })
}
