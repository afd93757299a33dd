import type { DeepPartial, ScorePolicy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'

/**
 * `over` laid upon `base`. Where it gives a range or a direction without a threshold, the inherited threshold was meant
 * for other scores: the best end of the range stands in its place, so that nothing less counts as correct unsaid.
 */
export function mergeScore(base: ScorePolicy, over: DeepPartial<ScorePolicy> = {}): ScorePolicy {
  const range = over.range ?? base.range
  const worse = over.worse ?? base.worse
  const inherited = over.range === undefined && over.worse === undefined
  const best = worse === 'lower' ? range[1] : range[0]
  return { range, worse, threshold: over.threshold ?? (inherited ? base.threshold : best) }
}

/** Throws `usage` where the threshold is no score: then no output, or every one, would count as correct. */
export function requireThreshold({ range: [low, high], threshold }: ScorePolicy): void {
  if (threshold >= low && threshold <= high) return
  const message = `score.threshold: ${threshold} is outside the range ${low} to ${high}. Set score.range and score.threshold together.`
  throw new AuditError({ code: 'usage', message })
}
