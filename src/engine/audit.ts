import type { Readable } from 'node:stream'
import { Annotator } from '../annotate/annotator.js'
import { type LabelSheet, openLabels, requireUsed } from '../annotate/sheet.js'
import { incomparable } from '../audit/comparability.js'
import { evaluate } from '../audit/evaluate.js'
import { Observation } from '../audit/observation.js'
import { EXIT, error, verdictOf } from '../audit/verdict.js'
import { taskPolicies } from '../config/tasks.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { Report } from '../domain/report.js'
import { readingRules } from '../input/context.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { openSource, type Source } from '../input/source.js'
import { checkNames } from './names.js'
import { Reading } from './reading.js'
import { draftReport, finishReport, sameBytes } from './report.js'
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
  const { paths, cwd, policy, version } = request
  const expanded = { baseline: expandPaths(paths.baseline, cwd), tuned: expandPaths(paths.tuned, cwd) }
  const ignored = ARMS.flatMap((arm) => expanded[arm].ignored)
  const sources: Record<Arm, Source[]> = { baseline: [], tuned: [] }
  const meter = request.meter ?? new Meter()
  let reading: Reading | null = null
  try {
    for (const arm of ARMS) {
      for (const path of expanded[arm].files) sources[arm].push(await openSource(path, cwd, request.stdin, meter))
    }
    const sheet = request.labels === null ? null : openLabels(request.labels, cwd)
    reading = readingOf(sources, sheet, { ...request, meter })
    return { ...(await judgedReading(reading, request)), ignored }
  } catch (thrown) {
    if (!(thrown instanceof AuditError) || isUsageProblem(thrown.problem)) throw thrown
    const draft = draftReport(reading, policy, version)
    return { report: finishReport(draft, error(thrown.problem, EXIT.data), null), crashes: [], ignored }
  } finally {
    await reading?.annotator.close()
    for (const source of [...sources.baseline, ...sources.tuned]) source.close()
  }
}

function readingOf(
  sources: PerArm<readonly Source[]>,
  sheet: LabelSheet | null,
  request: AuditRequest & { readonly meter: Meter },
): Reading {
  const { policy, detectors, cwd, signal, meter } = request
  const policyOf = taskPolicies(policy)
  const rules = readingRules(policy, policyOf, taskSelector(policy))
  return new Reading(sources, rules, {
    annotator: () => new Annotator({ detectors, policy, policyOf, labels: sheet?.labels ?? null, cwd }),
    observation: () => new Observation(detectors, policyOf),
    sheet,
    signal,
    meter,
  })
}

async function judgedReading(reading: Reading, request: AuditRequest): Promise<Omit<AuditOutcome, 'ignored'>> {
  const { policy, detectors, version } = request
  await reading.run()
  if (reading.sheet !== null) requireUsed(reading.sheet, policy.input.tasks === null)
  checkNames(policy, detectors, reading)
  const draft = draftReport(reading, policy, version)
  const problem = incomparable({
    policy,
    pairing: draft.pairing,
    census: reading.observation.census,
    tasks: reading.tasks,
    duplicate: reading.ledger.firstDuplicate(),
    ids: reading.ids,
    sameBytes: sameBytes(reading),
    isNeeded: (need, task) => isNeeded(need, reading.rules.taskPolicy(task), detectors),
  })
  if (problem !== null) throw new AuditError(problem)
  const evaluation = evaluate(reading.observation, { detectors, policy, policyOf: reading.rules.taskPolicy })
  const crashed = evaluation.faults.map(({ detector }) => detector)
  const judgement = verdictOf(evaluation.findings, policy, crashed, {
    unused: unusedColumns(draft),
    scores: reading.scoreNames,
  })
  const faults = [...evaluation.faults, ...reading.annotator.faults()]
  const judged = judgement.exitCode === EXIT.data ? null : { ...evaluation, faults }
  return { report: finishReport(draft, judgement, judged), crashes: [...reading.observation.crashed.values()] }
}

/** A confidence that is read from the text is the model's own to leave out. */
function isNeeded(need: 'confidence', policy: TaskPolicy, detectors: readonly AnyDetector[]): boolean {
  if (policy.confidence.stated !== null) return false
  return detectors.some((detector) => {
    const settings = policy.detectors[detector.id]
    if (settings === undefined || settings.level !== 'error') return false
    return detector.prepare(settings.options).measures.some(({ needs }) => needs.includes(need))
  })
}

function unusedColumns({ fields }: Pick<Report, 'fields'>): string[] {
  return Object.entries(fields).flatMap(([name, { used }]) => (used ? [] : [name]))
}
