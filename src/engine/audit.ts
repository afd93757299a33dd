import { evaluate } from '../audit/evaluate.js'
import { EXIT, error, verdictOf } from '../audit/verdict.js'
import { detectors as ours } from '../detectors/index.js'
import { DetectorCrash } from '../domain/crash.js'
import { AuditError, type ErrorReason, isUsageProblem } from '../domain/problem.js'
import type { Report } from '../domain/report.js'
import type { Counted } from './counted.js'
import { taskCoverage } from './coverage.js'
import { type ReadRequest, read } from './read.js'
import { draftReport, finishReport, type Provenance, type Told } from './report.js'

export interface AuditRequest extends ReadRequest {
  readonly version: string
  readonly provenance?: Provenance
}

export interface AuditOutcome {
  readonly report: Report
  /** Errors by which detectors ended: bugs of ours, or of a plugin. */
  readonly crashes: readonly unknown[]
  /** Files in given directories that were not read. */
  readonly ignored: readonly string[]
}

/**
 * Reads both arms once, counts, judges. Throws AuditError for a usage problem; what is wrong with the data becomes a
 * report whose verdict is `error` and which has no findings.
 */
export async function audit(request: AuditRequest): Promise<AuditOutcome> {
  return read(request, {
    use: async (reading, ignored) => ({ ...judged(reading, request), ignored }),
    refused: (problem, reading, ignored) => refused(problem, { counted: reading, told: request, ignored }),
  })
}

/** Judges what was counted elsewhere; `check` throws AuditError where it cannot be. */
export function judge(counted: Counted, request: Told, check: () => void): AuditOutcome {
  try {
    check()
    return { ...judged(counted, request), ignored: [] }
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    return refused(error.problem, { counted, told: request, ignored: [] })
  }
}

interface Refused {
  readonly counted: Counted | null
  readonly told: Told
  readonly ignored: readonly string[]
}

function refused(problem: ErrorReason, { counted, told, ignored }: Refused): AuditOutcome {
  return { report: finishReport(draftReport(counted, told), error(problem, EXIT.data), null), crashes: [], ignored }
}

function judged(reading: Counted, request: Told): Omit<AuditOutcome, 'ignored'> {
  const { policy, detectors, provenance } = request
  const draft = draftReport(reading, request)
  const evaluation = evaluate(reading.observation, {
    detectors,
    policy,
    policyOf: reading.rules.taskPolicy,
    ...(provenance === undefined ? {} : { flagged: provenance.flagged }),
  })
  const crashed = [...evaluation.crashed.keys()].filter((id) => ours.some((known) => known.id === id))
  const judgement = verdictOf(evaluation.findings, policy, crashed, {
    unused: unusedColumns(draft),
    scores: reading.scoreNames,
  })
  const faults = [...evaluation.faults, ...reading.annotations.faults.faults()]
  const tasks = taskCoverage(reading.observation, evaluation.findings)
  const said = judgement.exitCode === EXIT.data ? null : { ...evaluation, faults, tasks }
  return { report: finishReport(draft, judgement, said), crashes: [...evaluation.crashed.values()] }
}

/** Throws AuditError where the audit itself would end without a verdict, DetectorCrash where a detector would. */
export function requireAuditable(
  reading: Counted,
  { policy, detectors }: Pick<ReadRequest, 'policy' | 'detectors'>,
): void {
  const context = { detectors, policy, policyOf: reading.rules.taskPolicy, only: 'deciding' } as const
  const { findings, crashed } = evaluate(reading.observation, context)
  const [crash] = crashed
  if (crash !== undefined) throw new DetectorCrash(...crash)
  const { reason } = verdictOf(findings, policy, [], { unused: [], scores: reading.scoreNames })
  if (!('findings' in reason)) throw new AuditError(reason)
}

function unusedColumns({ fields }: Pick<Report, 'fields'>): string[] {
  return Object.entries(fields).flatMap(([name, { used }]) => (used ? [] : [name]))
}
