import type { AnyDetector } from '../domain/detector.js'
import type { Acceptance, Finding, FindingReason, Status } from '../domain/finding.js'
import type { Details, Measure, Role } from '../domain/measure.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { weightedHolm } from '../stats/holm.js'
import { BUCKETS_TO_FAIL } from '../stats/interval.js'
import { clustersToFail, clustersToPass, detectableHarm, type PassPlan, passChance } from '../stats/power.js'
import type { Estimate, Unestimated } from './estimate.js'
import type { KeptExample } from './examples.js'

/** One measure, pooled or of one task, before it is judged. */
export interface Question {
  readonly detector: AnyDetector
  readonly measure: Measure
  readonly task: string | null
  readonly role: Role
  readonly margin: number | null
  readonly eligible: number
  /** Cases that the sample holds for the measure, however many there are; null where it looks at all of them. */
  readonly mostCases: number | null
  readonly estimate: Estimate | Unestimated
  readonly worstCase: Estimate | Unestimated | null
  readonly examples: readonly KeptExample[]
}

/**
 * Judges every question of a run at once. The family of tests, and each test's share of α, is fixed by roles and by what
 * could be measured, before any p is looked at: the pooled guarded measures share half of α, the rest the other half.
 */
export function judge(questions: readonly Question[], policy: Policy): Finding[] {
  const family = questions.filter(inFamily)
  const weights = weigh(family)
  const adjusted = weightedHolm(family.map((question, i) => ({ p: question.estimate.interval.p, weight: weights[i]! })))
  const tests = new Map(
    family.map((question, i) => [question as Question, { weight: weights[i]!, adjustedP: adjusted[i]! }]),
  )
  return questions.map((question) => finding(question, tests.get(question) ?? null, policy))
}

interface Measured {
  readonly estimate: Estimate & { readonly interval: NonNullable<Estimate['interval']> }
  readonly margin: number
}

function inFamily(question: Question): question is Question & Measured {
  const { role, estimate, margin } = question
  return role !== 'noted' && margin !== null && estimate.kind === 'measured' && estimate.interval !== null
}

function weigh(family: readonly Question[]): number[] {
  const first = family.filter(isPooledGuarded).length
  const rest = family.length - first
  const shareFirst = rest === 0 ? 1 : 0.5
  const shareRest = first === 0 ? 1 : 0.5
  return family.map((question) => (isPooledGuarded(question) ? shareFirst / first : shareRest / rest))
}

function isPooledGuarded({ role, task }: Question): boolean {
  return role === 'guarded' && task === null
}

interface Test {
  readonly weight: number
  readonly adjustedP: number
}

function finding(question: Question, test: Test | null, policy: Policy): Finding {
  const { estimate, measure, role } = question
  const measured = estimate.kind === 'measured' ? estimate : null
  const { status, reason } = decide(question, test, policy.alpha)
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
    n: estimate.n,
    eligible: question.eligible,
    clusters: measured?.clusters ?? 0,
    p: measure.worse === null ? null : (measured?.interval?.p ?? null),
    adjustedP: test?.adjustedP ?? null,
    threshold: test === null ? null : policy.alpha,
    ...sizes(question, test, policy.alpha),
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

function decide(question: Question, test: Test | null, alpha: number): Decision {
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
function worstCaseHolds({ worstCase, margin }: Question & Measured): boolean {
  if (worstCase === null) return true
  return worstCase.kind === 'measured' && worstCase.interval !== null && worstCase.interval.high <= margin
}

function worstCaseOpen({ worstCase }: Question): FindingReason {
  const end = worstCase?.kind === 'measured' ? (worstCase.interval?.high ?? null) : null
  return { code: 'worst-case-not-proven', harmfulEnd: end }
}

function whyOpen(question: Question & Measured, test: Test, alpha: number): FindingReason {
  const { interval } = question.estimate
  if (interval.canFail || test.adjustedP >= alpha) return { code: 'not-proven' }
  return { code: 'too-few-buckets-to-fail', buckets: interval.buckets, need: BUCKETS_TO_FAIL }
}

type Sizes = Pick<Finding, 'detectable' | 'casesNeeded' | 'passChance'>

function sizes(question: Question, test: Test | null, alpha: number): Sizes {
  if (test === null || !inFamily(question)) return { detectable: null, casesNeeded: null, passChance: null }
  const { interval, degreesOfFreedom, clusters, n } = question.estimate
  const tail = alpha * test.weight
  const plans = passPlans(question, alpha)
  const toPass = plans.map((plan) => clustersToPass(plan))
  const { sigma, margin } = plans[0]!
  const yesNo = question.measure.discordance !== undefined
  const most = question.mostCases ?? Number.POSITIVE_INFINITY
  const cases = (needed: number | null) => {
    const total = needed === null ? null : Math.ceil((needed * n) / clusters)
    return total === null || total > most ? null : total
  }
  return {
    detectable: detectableHarm(interval.standardError, degreesOfFreedom, tail),
    casesNeeded: {
      toPass: cases(toPass.includes(null) ? null : Math.max(...toPass.map(Number))),
      toFail: cases(clustersToFail({ sigma, margin, yesNo, tail })),
    },
    passChance: Math.min(...plans.map((plan) => passChance(plan, clusters))),
  }
}

/** A harmless tune must hold its margin, and hold it in the worst case too, which is worse by what is missing. */
function passPlans(question: Question & Measured, alpha: number): PassPlan[] {
  const { estimate, worstCase, measure, margin } = question
  const own = planOf(estimate, measure, margin, alpha)
  if (worstCase?.kind !== 'measured' || worstCase.interval === null) return [own]
  const offset = Math.abs(worstCase.change.value - estimate.change.value)
  return [own, planOf({ ...worstCase, interval: worstCase.interval }, measure, margin - offset, alpha)]
}

function planOf(
  { interval, clusters }: Measured['estimate'],
  { range }: Measure,
  margin: number,
  alpha: number,
): PassPlan {
  return { sigma: interval.spread * Math.sqrt(clusters), range, margin, alpha }
}

/** The margin that holds for a measure under a policy: the config's, else the measure's own. */
export function marginOf(measure: Measure, detector: AnyDetector, policy: TaskPolicy): number | null {
  return policy.detectors[detector.id]?.margins[measure.id] ?? measure.margin
}
