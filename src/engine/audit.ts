import type { Readable } from 'node:stream'
import { Annotator } from '../annotate/annotator.js'
import { portraitOf } from '../annotate/portrait.js'
import { type LabelSheet, openLabels, requireUsed } from '../annotate/sheet.js'
import { incomparable } from '../audit/comparability.js'
import { evaluate } from '../audit/evaluate.js'
import { Observation, preparing } from '../audit/observation.js'
import { EXIT, error, verdictOf } from '../audit/verdict.js'
import { taskPolicies } from '../config/tasks.js'
import type { AnyDetector } from '../domain/detector.js'
import { sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { Report } from '../domain/report.js'
import { readingRules } from '../input/context.js'
import { gather, type LogSource } from '../input/gather.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { taskCoverage } from './coverage.js'
import { checkNames } from './names.js'
import { Reading } from './reading.js'
import { draftReport, finishReport, type Provenance } from './report.js'
import { taskSelector } from './selection.js'

export interface AuditRequest {
  readonly paths: PerArm<readonly string[]>
  /** A sheet of labels, or null. */
  readonly labels: string | null
  readonly cwd: string
  readonly stdin: Readable
  readonly policy: Policy
  readonly detectors: readonly AnyDetector[]
  readonly version: string
  /** Aborted when the user interrupts the run. */
  readonly signal?: AbortSignal
  readonly provenance?: Provenance
  /** Follows the run. */
  readonly meter?: Meter
}

export interface AuditOutcome {
  readonly report: Report
  /** Errors by which detectors ended: bugs of ours. */
  readonly crashes: readonly unknown[]
  /** Files in given directories that were not read. */
  readonly ignored: readonly string[]
}

/**
 * Reads both arms once, counts, judges. Throws AuditError for a usage problem; what is wrong with the data becomes a
 * report whose verdict is `error` and which has no findings.
 */
export async function audit(request: AuditRequest): Promise<AuditOutcome> {
  const { paths, cwd, policy } = request
  const expanded = { baseline: expandPaths(paths.baseline, cwd), tuned: expandPaths(paths.tuned, cwd) }
  const logs: Record<Arm, readonly LogSource[]> = { baseline: [], tuned: [] }
  const ignored: string[] = []
  const meter = request.meter ?? new Meter()
  let reading: Reading | null = null
  try {
    for (const arm of ARMS) {
      const gathered = await gather(expanded[arm], {
        cwd,
        stdin: request.stdin,
        meter,
        format: policy.input.format,
        provider: policy.input.providers[arm],
      })
      logs[arm] = gathered.logs
      ignored.push(...gathered.ignored)
    }
    const sheet = request.labels === null ? null : openLabels(request.labels, cwd)
    reading = readingOf(logs, sheet, { ...request, meter })
    return { ...(await judgedReading(reading, request)), ignored }
  } catch (thrown) {
    if (!(thrown instanceof AuditError) || isUsageProblem(thrown.problem)) throw thrown
    const draft = draftReport(reading, request)
    return { report: finishReport(draft, error(thrown.problem, EXIT.data), null), crashes: [], ignored }
  } finally {
    await reading?.annotator.close()
    for (const { source } of [...logs.baseline, ...logs.tuned]) source.close()
  }
}

function readingOf(
  sources: PerArm<readonly LogSource[]>,
  sheet: LabelSheet | null,
  request: AuditRequest & { readonly meter: Meter },
): Reading {
  const { policy, detectors, cwd, signal, meter } = request
  const policyOf = taskPolicies(policy)
  const rules = readingRules(policy, policyOf, taskSelector(policy))
  return new Reading(sources, rules, {
    annotator: () => new Annotator({ detectors, policy, policyOf, labels: sheet?.labels ?? null, cwd }),
    observation: () => new Observation(detectors, policyOf, preparing(), portraitOf),
    sheet,
    signal,
    meter,
  })
}

async function judgedReading(reading: Reading, request: AuditRequest): Promise<Omit<AuditOutcome, 'ignored'>> {
  const { policy, detectors, provenance } = request
  await reading.run()
  requireOneProvider(reading, policy)
  if (reading.sheet !== null) requireUsed(reading.sheet, policy.input.tasks === null)
  checkNames(policy, detectors, reading)
  const draft = draftReport(reading, request)
  const problem = incomparable({
    policy,
    pairing: draft.pairing,
    settings: draft.settings,
    census: reading.observation.census,
    tasks: reading.tasks,
    duplicate: reading.ledger.firstDuplicate(),
    incomplete: reading.ledger.firstIncomplete(),
    ids: reading.ids,
  })
  if (problem !== null) throw new AuditError(problem)
  const evaluation = evaluate(reading.observation, {
    detectors,
    policy,
    policyOf: reading.rules.taskPolicy,
    ...(provenance === undefined ? {} : { flagged: provenance.flagged }),
  })
  const crashed = evaluation.faults.map(({ detector }) => detector)
  const judgement = verdictOf(evaluation.findings, policy, crashed, {
    unused: unusedColumns(draft),
    scores: reading.scoreNames,
  })
  const faults = [...evaluation.faults, ...reading.annotator.faults()]
  const tasks = taskCoverage(reading.observation, evaluation.findings)
  const judged = judgement.exitCode === EXIT.data ? null : { ...evaluation, faults, tasks }
  return { report: finishReport(draft, judgement, judged), crashes: [...reading.observation.crashed.values()] }
}

/** Outputs of two models under one name would be taken for repeats. */
function requireOneProvider(reading: Reading, policy: Policy): void {
  for (const arm of ARMS) {
    const providers = sortedBy(reading.intake[arm].providers.names, (name) => name)
    const given = policy.input.providers[arm]
    if (given === null ? providers.length < 2 : providers.includes(given) || providers.length === 0) continue
    throw new AuditError({ code: 'several-providers', arm, given, providers })
  }
}

function unusedColumns({ fields }: Pick<Report, 'fields'>): string[] {
  return Object.entries(fields).flatMap(([name, { used }]) => (used ? [] : [name]))
}
