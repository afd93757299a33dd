import type { Readable } from 'node:stream'
import { Annotator } from '../annotate/annotator.js'
import { type LabelSheet, openLabels, requireUsed } from '../annotate/sheet.js'
import { incomparable } from '../audit/comparability.js'
import { taskPolicies } from '../config/tasks.js'
import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import { sortedBy } from '../domain/order.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { AuditError, type ErrorReason, isUsageProblem } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import { readingRules } from '../input/context.js'
import { gather, type LogSource } from '../input/gather.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { canBeCut } from '../input/pieces.js'
import { caseFilter, type Shard } from '../input/shard.js'
import type { Counted } from './counted.js'
import { checkNames } from './names.js'
import { observing } from './observing.js'
import { Reading, type Watch } from './reading.js'
import { sameBytes } from './report.js'
import { taskSelector } from './selection.js'
import type { Crew } from './threads/crew.js'

export interface ReadRequest {
  readonly paths: PerArm<readonly string[]>
  /** A sheet of labels, or null. */
  readonly labels: string | null
  readonly cwd: string
  readonly stdin: Readable
  readonly policy: Policy
  readonly detectors: readonly AnyDetector[]
  /** Where detectors that are not our own come from: threads import them by these URLs. */
  readonly plugins?: readonly PluginModule[]
  /** What the baseline must be; absent where it may be anything. */
  readonly blessed?: Blessed
  /** Aborted when the user interrupts the run. */
  readonly signal?: AbortSignal
  /** Follows the run. */
  readonly meter?: Meter
  /** As in `Opening`. */
  readonly tempDir?: string
  /** Threads that read and observe; one where left out. */
  readonly threads?: number
  /** Pair with an index from the beginning: no case is given out to which a later record would belong. */
  readonly indexed?: boolean
  /** Of all cases, those that fall to one shard: whether arms can be compared is not known before all are added. */
  readonly shard?: Shard
}

export interface PluginModule {
  readonly url: string
  readonly detectors: readonly AnyDetector[]
}

/** The outputs that somebody accepted. */
export interface Blessed {
  /** The file that says so. */
  readonly file: string
  /** SHA-256 of each of their files, in order. */
  readonly outputs: readonly string[]
}

/** What a command does with a reading. */
export interface Steps<T> {
  /** Hears of each case after it was counted; made anew when the reading begins again. */
  readonly watch?: (reading: Reading) => Watch
  /** Gets arms that can be compared, unless they are a part, and the files in given directories that were not read. */
  use(reading: Reading, ignored: readonly string[]): Promise<T>
  /** What is wrong with the data is thrown where there is no answer to it. */
  refused?(problem: ErrorReason, reading: Reading | null, ignored: readonly string[]): T
}

/** Reads both arms once. Throws AuditError for a usage problem. */
export async function read<T>(request: ReadRequest, steps: Steps<T>): Promise<T> {
  const { paths, cwd, policy } = request
  const expanded = { baseline: expandPaths(paths.baseline, cwd), tuned: expandPaths(paths.tuned, cwd) }
  const logs: Record<Arm, readonly LogSource[]> = { baseline: [], tuned: [] }
  const ignored: string[] = []
  const meter = request.meter ?? new Meter()
  let reading: Reading | null = null
  let crew: Crew | null = null
  try {
    for (const arm of ARMS) {
      const gathered = await gather(expanded[arm], {
        cwd,
        stdin: request.stdin,
        meter,
        ...(request.tempDir === undefined ? {} : { tempDir: request.tempDir }),
        format: policy.input.format,
        provider: policy.input.providers[arm],
      })
      logs[arm] = gathered.logs
      ignored.push(...gathered.ignored)
    }
    const sheet = request.labels === null ? null : openLabels(request.labels, cwd)
    crew = steps.watch === undefined ? await crewFor(logs, { ...request, meter }) : null
    reading = readingOf(logs, { sheet, crew }, { ...request, meter }, steps.watch)
    await reading.run()
    if (request.blessed !== undefined) requireBlessed(reading, request.blessed)
    if (request.shard === undefined) requireComparable(reading, request)
    return await steps.use(reading, ignored)
  } catch (thrown) {
    if (steps.refused === undefined || !(thrown instanceof AuditError) || isUsageProblem(thrown.problem)) throw thrown
    return steps.refused(thrown.problem, reading, ignored)
  } finally {
    await reading?.annotator.close()
    await crew?.close()
    for (const { source } of [...logs.baseline, ...logs.tuned]) source.close()
  }
}

/** Null where this thread does all by itself: functions and single-minded formats do not cross threads. */
async function crewFor(
  logs: PerArm<readonly LogSource[]>,
  { policy, detectors, plugins = [], labels, cwd, meter, threads = 1 }: ReadRequest & { readonly meter: Meter },
): Promise<Crew | null> {
  const importable = new Set([...ours, ...plugins.flatMap((plugin) => plugin.detectors)])
  if (threads < 2 || !canBeCut(logs) || !detectors.every((detector) => importable.has(detector))) return null
  const { Crew } = await import('./threads/crew.js')
  const shared = (arm: Arm) =>
    logs[arm].map(({ source: { path, compression }, format, companions, provider }) => ({
      ...{ path, compression, companions, provider, format: format.id },
    }))
  const plan = {
    ...{ policy, cwd, labels, files: { baseline: shared('baseline'), tuned: shared('tuned') } },
    detectors: detectors.map(({ id }) => id),
    plugins: plugins.map(({ url }) => url),
  }
  return new Crew({ threads, plan, detectors, meter })
}

function readingOf(
  sources: PerArm<readonly LogSource[]>,
  { sheet, crew }: { readonly sheet: LabelSheet | null; readonly crew: Crew | null },
  request: ReadRequest & { readonly meter: Meter },
  watch?: (reading: Reading) => Watch,
): Reading {
  const { policy, detectors, cwd, signal, meter, shard, indexed = false } = request
  const policyOf = taskPolicies(policy)
  const takes = shard === undefined ? null : caseFilter(shard)
  const rules = { ...readingRules(policy, policyOf, taskSelector(policy)), takes }
  return new Reading(sources, rules, {
    annotator: () => new Annotator({ detectors, policy, policyOf, labels: sheet?.labels ?? null, cwd }),
    observation: observing(policy, detectors),
    sheet,
    crew,
    indexed,
    signal,
    meter,
    ...(watch === undefined ? {} : { watch }),
  })
}

/** Throws AuditError where the arms cannot be compared. */
export function requireComparable(
  reading: Counted,
  { policy, detectors }: Pick<ReadRequest, 'policy' | 'detectors'>,
): void {
  requireOneProvider(reading, policy)
  if (reading.sheet !== null) requireUsed(reading.sheet, policy.input.tasks === null)
  checkNames(policy, detectors, reading)
  const problem = incomparable({
    policy,
    pairing: reading.ledger.pairing(),
    settings: reading.observation.settings.summaries(policy.pairing.allow),
    census: reading.observation.census,
    tasks: reading.tasks,
    duplicate: reading.ledger.firstDuplicate(),
    incomplete: reading.ledger.firstIncomplete(),
    ids: reading.ids,
    sameBytes: sameBytes(reading),
    isNeeded: (need, task) => isNeeded(need, reading.rules.taskPolicy(task), detectors),
  })
  if (problem !== null) throw new AuditError(problem)
}

/** A baseline that is worse than what was accepted would let the next model be worse too. */
function requireBlessed({ inputs }: Counted, { file, outputs }: Blessed): void {
  const baseline = inputs.baseline.map(({ sha256 }) => sha256).sort()
  if (String(baseline) === String(outputs)) return
  throw new AuditError({ code: 'baseline-not-blessed', file, blessed: outputs, baseline })
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

/** Outputs of two models under one name would be taken for repeats. */
function requireOneProvider(reading: Counted, policy: Policy): void {
  for (const arm of ARMS) {
    const providers = sortedBy(reading.intake[arm].providers.names, (name) => name)
    const given = policy.input.providers[arm]
    if (given === null ? providers.length < 2 : providers.includes(given) || providers.length === 0) continue
    throw new AuditError({ code: 'several-providers', arm, given, providers })
  }
}
