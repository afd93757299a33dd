import type { Evaluation } from '../audit/evaluate.js'
import type { Case } from '../domain/case.js'
import type { Finding } from '../domain/finding.js'
import { sortedBy } from '../domain/order.js'
import { exchanged } from '../trial/case-variants.js'
import { unchanged } from './cases.js'
import type { Bench } from './run.js'

/** What a law is tried on: cases, and a number for each by which they are put in another order and into shards. */
export interface Trial {
  readonly bench: Bench
  readonly cases: readonly Case[]
  readonly ranks: readonly number[]
}

/** Says what broke the law, or null where it holds. */
export type Law = (trial: Trial) => string | null

/** By name: what holds for every detector, whatever was read. */
export const LAWS = {
  /** No output makes it throw, and no number that it gives is NaN or infinite. */
  'never-throws': ({ bench, cases }) => {
    const [crash] = bench.audit(cases).crashed.values()
    return crash === undefined ? null : `it threw ${crash instanceof Error ? crash.stack : String(crash)}`
  },
  /** It changes nothing that it is given. */
  'changes-nothing': ({ bench, cases }) => {
    const before = written(cases)
    bench.audit(cases)
    return written(cases) === before ? null : 'it changed a case that it observed'
  },
  /** The findings do not depend on the order of the records. */
  order: ({ bench, cases, ranks }) => {
    const shuffled = sortedBy(
      cases.map((case_, i) => ({ case_, key: `${String(ranks[i] ?? 0).padStart(12, '0')} ${case_.id}` })),
      ({ key }) => key,
    ).map(({ case_ }) => case_)
    return difference(bench.audit(shuffled), bench.audit(cases), 'in another order')
  },
  /** Shards and threads: any split of the cases adds up to the whole, examples too. */
  shards: ({ bench, cases, ranks }) => {
    const parts = [2, 0, 1, 3].map((shard) => cases.filter((_, i) => (ranks[i] ?? 0) % 4 === shard))
    return difference(bench.merge(parts), bench.audit(cases), 'from the tallies of four shards')
  },
  /** Exchanging the arms turns every change into minus itself, unless the measure has a noise floor. */
  exchange: ({ bench, cases }) => {
    const there = bench.audit(cases).findings
    const back = bench.audit(cases.map(exchanged)).findings
    return firstOf(there, (finding) => notNegated(finding, back, bench))
  },
  /** Arms that say the same throughout never fail. */
  'identical-arms': ({ bench, cases }) => {
    const same = cases.filter(({ all }) => all.baseline.length > 0).map(unchanged)
    return firstOf(bench.audit(same).findings, ({ measure, task, status, change }) =>
      status === 'fail'
        ? `${measure} on ${task ?? 'all tasks'} fails by ${change?.value} between identical arms`
        : null,
    )
  },
  /** Every measure has one pooled finding, whatever was read. */
  'one-pooled-finding': ({ bench, cases }) => {
    const pooled = bench.audit(cases).findings.filter(({ task }) => task === null)
    const found = pooled.map(({ measure }) => measure).sort()
    const known = [...bench.measures].sort()
    return String(found) === String(known) ? null : `pooled findings of ${found}, measures ${known}`
  },
} as const satisfies Record<string, Law>

export type LawName = keyof typeof LAWS

function written(cases: readonly Case[]): string {
  return JSON.stringify(cases, (_, value) => (value === undefined ? null : value))
}

/** Of findings and of what pictures are made of, byte for byte. */
function difference(other: Evaluation, own: Evaluation, how: string): string | null {
  const differing = own.findings.find((finding, i) => JSON.stringify(finding) !== JSON.stringify(other.findings[i]))
  if (differing !== undefined) {
    const twin = other.findings.find(({ measure, task }) => measure === differing.measure && task === differing.task)
    return `${how} ${JSON.stringify(twin)} instead of ${JSON.stringify(differing)}`
  }
  if (other.findings.length !== own.findings.length) return `${how} there are other findings`
  return JSON.stringify(other.exhibits) === JSON.stringify(own.exhibits) ? null : `${how} the exhibits are others`
}

function firstOf(findings: readonly Finding[], complaint: (finding: Finding) => string | null): string | null {
  for (const finding of findings) {
    const said = complaint(finding)
    if (said !== null) return said
  }
  return null
}

/** Of every measure that may decide: roles come from the baseline, so they may differ after the exchange. */
function notNegated(finding: Finding, back: readonly Finding[], { withNoiseFloor }: Bench): string | null {
  const { measure, task, margin, change, baseline, tuned } = finding
  if (margin === null || withNoiseFloor.has(measure)) return null
  const twin = back.find((other) => other.measure === measure && other.task === task)
  if (twin === undefined) return `${measure} on ${task ?? 'all tasks'} is gone when the arms are exchanged`
  const negated =
    twin.change === null || change === null ? twin.change === change : twin.change.value + change.value === 0
  if (negated && twin.baseline === tuned && twin.tuned === baseline) return null
  return `${measure} on ${task ?? 'all tasks'} changes by ${change?.value ?? 'nothing known'}, and by ${twin.change?.value ?? 'nothing known'} when the arms are exchanged`
}
