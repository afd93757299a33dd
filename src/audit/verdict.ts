import type { Finding } from '../domain/finding.js'
import type { Policy } from '../domain/policy.js'
import type { ErrorReason } from '../domain/problem.js'
import type { FindingName, Verdict, VerdictReason } from '../domain/report.js'

export const EXIT = { pass: 0, fail: 1, inconclusive: 2, usage: 3, data: 4, bug: 70, interrupted: 130 } as const

export interface Judgement {
  readonly verdict: Verdict
  readonly exitCode: number
  readonly reason: VerdictReason
}

/** What the data hold that was not used: named where nothing could be measured. */
export interface Seen {
  readonly unused: readonly string[]
  /** Names in `scores`. */
  readonly scores: readonly string[]
}

/** What of a finding the verdict looks at. */
export type Judged = Pick<
  Finding,
  'detector' | 'measure' | 'task' | 'role' | 'status' | 'decides' | 'reason' | 'passChance' | 'waiver'
>

/** What a run as a whole says; `crashed`: detectors of ours that ended by a bug. */
export function verdictOf(
  findings: readonly Judged[],
  policy: Policy,
  crashed: readonly string[],
  seen: Seen,
): Judgement {
  if (crashed.length > 0) return error({ code: 'detector-crashed', detectors: crashed }, EXIT.bug)
  const pooled = findings.filter((finding) => finding.task === null)
  const guarded = findings.filter((finding) => finding.role === 'guarded' && finding.waiver === null)
  const problem = unmet(pooled, policy) ?? nothingGuarded(guarded, pooled, seen)
  if (problem !== null) return error(problem, EXIT.data)
  const chance = guarded.reduce((product, finding) => product * (finding.passChance ?? 0), 1)
  const failed = findings.filter((finding) => finding.decides && finding.status === 'fail')
  const open = findings.filter((finding) => isOpen(finding) && !failed.includes(finding))
  if (failed.length > 0)
    return judged(
      'fail',
      { code: 'harm', findings: failed.map(nameOf), open: open.map(nameOf), passChance: chance },
      policy,
    )
  if (open.length > 0)
    return judged('inconclusive', { code: 'not-proven', findings: open.map(nameOf), passChance: chance }, policy)
  return judged('pass', { code: 'guarded-pass', findings: guarded.map(nameOf), passChance: chance }, policy)
}

/** A guarded measure that is not proven, or any that decides and whose code of the user's failed. */
function isOpen({ role, status, decides, reason, waiver }: Judged): boolean {
  if (waiver !== null) return false
  return (role === 'guarded' && status !== 'pass') || (decides && reason !== null && isUsersFault(reason.code))
}

/** The user's verifier or plugin: a detector of ours that crashes ends the run. */
function isUsersFault(code: string): boolean {
  return code === 'verifier-failed' || code === 'detector-crashed'
}

export function error(reason: ErrorReason, exitCode: number): Judgement {
  return { verdict: 'error', exitCode, reason }
}

function judged(verdict: 'pass' | 'fail' | 'inconclusive', reason: VerdictReason, policy: Policy): Judgement {
  return { verdict, exitCode: exitCodeOf(verdict, policy), reason }
}

function exitCodeOf(verdict: 'pass' | 'fail' | 'inconclusive', { gate, onInconclusive }: Policy): number {
  if (gate === 'report') return EXIT.pass
  if (verdict !== 'inconclusive' || onInconclusive === 'default') return EXIT[verdict]
  return EXIT[onInconclusive]
}

function nameOf({ detector, measure, task }: Judged): FindingName {
  return { detector, measure, task }
}

/** A detector that the config requires, or a measure that it guards by name, and that could not be measured. */
function unmet(pooled: readonly Judged[], policy: Policy): ErrorReason | null {
  for (const detector of policy.required) {
    const own = pooled.filter((finding) => finding.detector === detector && finding.decides)
    if (own.every(isMissing)) return required(detector, null, own)
  }
  for (const finding of pooled) {
    const declared = policy.detectors[finding.detector]?.roles[finding.measure] === 'guarded'
    if (declared && isMissing(finding)) return required(finding.detector, finding.measure, [finding])
  }
  return null
}

function required(detector: string, measure: string | null, findings: readonly Judged[]): ErrorReason {
  return { code: 'required-unmeasured', detector, measure, missing: missingOf(findings) }
}

function nothingGuarded(guarded: readonly Judged[], pooled: readonly Judged[], seen: Seen): ErrorReason | null {
  if (guarded.some((finding) => !isMissing(finding))) return null
  return {
    code: 'nothing-guarded',
    scores: seen.scores,
    missing: missingOf(pooled.filter(({ decides }) => decides)),
    unused: seen.unused,
  }
}

/** Unmeasured for want of data. Where the user's own code failed, data were there: the run is open, not void. */
function isMissing({ status, reason }: Judged): boolean {
  return status === 'unmeasured' && !(reason !== null && isUsersFault(reason.code))
}

/** The fields that unmeasured findings lacked, each once, in order; the reasons where no field was missing. */
function missingOf(findings: readonly Judged[]): string[] {
  const reasons = findings.flatMap(({ reason }) => (reason === null || reason.code === 'not-declared' ? [] : [reason]))
  const fields = reasons.flatMap((reason): readonly string[] => (reason.code === 'missing-field' ? reason.needs : []))
  return [...new Set(fields.length > 0 ? fields : reasons.map(({ code }) => code))].sort()
}
