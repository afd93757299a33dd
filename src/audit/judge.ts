import type { AnyDetector } from '../domain/detector.js'
import type { Acceptance, Finding, FindingReason, MarginSource, Status } from '../domain/finding.js'
import type { Details, Measure, Role } from '../domain/measure.js'
import type { Policy } from '../domain/policy.js'
import { weightedHolm } from '../stats/holm.js'
import { BUCKETS_TO_FAIL } from '../stats/interval.js'
import type { KeptExample } from './examples.js'
import { inFamily, type Tested, weigh } from './family.js'
import { NO_SIZES, sizesOf } from './sizes.js'
import type { Estimate, Unestimated } from './summarise.js'

/** One measure, pooled or of one task, before it is judged. */
export interface Question {
  readonly detector: AnyDetector
  readonly measure: Measure
  readonly task: string | null
  readonly role: Role
  readonly margin: number | null
  readonly marginFrom?: MarginSource
  /** Role and margin without what the config relaxes; absent where it relaxes neither. */
  readonly unrelaxed?: Pick<Question, 'role' | 'margin'>
  readonly eligible: number
  /** Cases that the sample holds for the measure, however many there are; null where it looks at all of them. */
  readonly mostCases: number | null
  readonly estimate: Estimate | Unestimated
  readonly worstCase: Estimate | Unestimated | null
  readonly examples: readonly KeptExample[]
}

/**
 * Judges every question of a run at once. The family of tests, and each test's share of α, is fixed by roles and by what
 * could be measured, before any p is looked at.
 */
export function decide(questions: readonly Question[], policy: Policy): Decided[] {
  const family = questions.filter(inFamily)
  const weights = weigh(family)
  const adjusted = weightedHolm(family.map((question, i) => ({ p: question.estimate.interval.p, weight: weights[i]! })))
  const tests = new Map(
    family.map((question, i) => [question as Question, { weight: weights[i]!, adjustedP: adjusted[i]! }]),
  )
  return questions.map((question) => {
    const test = tests.get(question) ?? null
    return { question, test, ...decision(question, test, policy.alpha) }
  })
}

/** The questions as findings: each decided, with what stands beside it. */
export function judge(questions: readonly Question[], policy: Policy): Finding[] {
  return decide(questions, policy).map((decided) => finding(decided, policy))
}

/** A question and what was decided of it; `test` is null where it cannot decide. */
export interface Decided extends Decision {
  readonly question: Question
  readonly test: Test | null
}

export interface Test {
  /** Share of α. */
  readonly weight: number
  readonly adjustedP: number
}

function finding({ question, test, status, reason }: Decided, policy: Policy): Finding {
  const { estimate, measure, role } = question
  const measured = estimate.kind === 'measured' ? estimate : null
  return {
    detector: question.detector.id,
    measure: measure.id,
    task: question.task,
    role,
    status,
    decides: role !== 'noted',
    reason,
    unit: measure.unit,
    worse: measure.worse,
    baseline: measured?.baseline ?? null,
    tuned: measured?.tuned ?? null,
    change: measured?.change ?? null,
    margin: question.margin,
    marginFrom: question.margin === null ? null : (question.marginFrom ?? 'default'),
    wouldBe: null,
    waiver: null,
    n: estimate.n,
    eligible: question.eligible,
    clusters: measured?.clusters ?? 0,
    p: measure.worse === null ? null : (measured?.interval?.p ?? null),
    adjustedP: test?.adjustedP ?? null,
    threshold: test === null ? null : policy.alpha,
    ...(test === null || !inFamily(question)
      ? NO_SIZES
      : sizesOf(question, { alpha: policy.alpha, tail: policy.alpha * test.weight })),
    details: detailsOf(question),
    accept: status === 'fail' ? acceptance(question) : null,
    examples: question.examples.map(({ example }) => example),
  }
}

function detailsOf({ estimate, worstCase }: Question): Details {
  const own = estimate.kind === 'measured' ? estimate.details : {}
  if (worstCase?.kind !== 'measured' || worstCase.interval === null) return own
  const { baseline, tuned, change } = worstCase
  return { ...own, worstCase: { baseline, tuned, change: change.value, low: change.low, high: change.high } }
}

/** The options under which the change is meant, else the smallest margin of two digits that would have held, if any can. */
function acceptance({ measure, estimate }: Question): Acceptance | null {
  if (measure.accept !== undefined) return { kind: 'options', ...measure.accept }
  if (estimate.kind === 'unmeasured' || estimate.interval === null) return null
  const { high } = estimate.interval
  const unit = 10 ** (Math.floor(Math.log10(high)) - 1)
  const margin = Number((Math.ceil(high / unit) * unit).toPrecision(2))
  return measure.range !== null && margin >= measure.range
    ? { kind: 'role', role: 'noted' }
    : { kind: 'margin', margin }
}

interface Decision {
  readonly status: Status
  readonly reason: FindingReason | null
}

function decision(question: Question, test: Test | null, alpha: number): Decision {
  if (question.estimate.kind === 'unmeasured') return { status: 'unmeasured', reason: question.estimate.reason }
  if (test === null || !inFamily(question)) return { status: 'noted', reason: null }
  const { interval } = question.estimate
  const holds = interval.high <= question.margin
  const shown = test.adjustedP < alpha && interval.canFail
  if (holds && worstCaseHolds(question))
    return { status: 'pass', reason: shown ? { code: 'harm-within-margin' } : null }
  if (shown) {
    return { status: 'fail', reason: { code: interval.low > question.margin ? 'beyond-margin' : 'harm-shown' } }
  }
  return { status: 'inconclusive', reason: holds ? worstCaseOpen(question) : whyOpen(question, test, alpha) }
}

/** A measure without a worst-case reading holds; one whose worst case could not be measured does not. */
function worstCaseHolds({ worstCase, margin }: Question & Tested): boolean {
  if (worstCase === null) return true
  return worstCase.kind === 'measured' && worstCase.interval !== null && worstCase.interval.high <= margin
}

function worstCaseOpen({ worstCase }: Question): FindingReason {
  const end = worstCase?.kind === 'measured' ? (worstCase.interval?.high ?? null) : null
  return { code: 'worst-case-not-proven', harmfulEnd: end }
}

function whyOpen(question: Question & Tested, test: Test, alpha: number): FindingReason {
  const { interval } = question.estimate
  if (interval.canFail || test.adjustedP >= alpha) return { code: 'not-proven' }
  return { code: 'too-few-buckets-to-fail', buckets: interval.buckets, need: BUCKETS_TO_FAIL }
}
