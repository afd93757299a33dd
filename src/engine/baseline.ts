import type { Readable } from 'node:stream'
import { Annotator } from '../annotate/annotator.js'
import { openLabels, requireUsed } from '../annotate/sheet.js'
import { ambiguous } from '../audit/comparability.js'
import { Observation } from '../audit/observation.js'
import { taskPolicies } from '../config/tasks.js'
import type { Case } from '../domain/case.js'
import type { AnyDetector } from '../domain/detector.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import type { Arm } from '../domain/record.js'
import type { InputFile } from '../domain/report.js'
import { readingRules } from '../input/context.js'
import { gather } from '../input/gather.js'
import type { Intake } from '../input/intake.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { checkNames } from './names.js'
import { Reading, type Watch } from './reading.js'
import { taskSelector } from './selection.js'

/** Cases that are kept of a longer baseline: whole clusters, those with the smallest hashes. */
export const MOST_KEPT = 20_000

export interface BaselineRequest {
  readonly paths: readonly string[]
  /** A sheet of labels, or null. */
  readonly labels: string | null
  readonly cwd: string
  readonly stdin: Readable
  readonly policy: Policy
  readonly detectors: readonly AnyDetector[]
  readonly signal?: AbortSignal
  readonly meter?: Meter
  /** Which arm these outputs are; the baseline unless said. It says which of several models in one log is read. */
  readonly arm?: Arm
  /** Hears of every case, those that are not kept too; made anew when the reading begins again. */
  readonly watch?: () => (case_: Case) => void
}

export interface Baseline {
  /** Samples stand in `all.baseline`; there is no other arm. */
  readonly cases: readonly Case[]
  /** Cases that were read. */
  readonly total: number
  readonly inputs: readonly InputFile[]
  /** Files in given directories that were not read. */
  readonly ignored: readonly string[]
  /** What was counted while records were read. */
  readonly intake: Intake
  readonly scoreNames: readonly string[]
}

/** Reads one arm by itself. Throws AuditError for what the user must repair. */
export async function readBaseline(request: BaselineRequest): Promise<Baseline> {
  const { cwd, policy, detectors, signal } = request
  const meter = request.meter ?? new Meter()
  const { logs, ignored } = await gather(expandPaths(request.paths, cwd), {
    cwd,
    stdin: request.stdin,
    meter,
    format: policy.input.format,
    provider: policy.input.providers[request.arm ?? 'baseline'],
  })
  let reading: Reading | null = null
  try {
    const sheet = request.labels === null ? null : openLabels(request.labels, cwd)
    const policyOf = taskPolicies(policy)
    const rules = readingRules(policy, policyOf, taskSelector(policy))
    let kept = new KeptCases()
    reading = new Reading({ baseline: logs, tuned: [] }, rules, {
      annotator: () => new Annotator({ detectors, policy, policyOf, labels: sheet?.labels ?? null, cwd, alone: true }),
      observation: () => {
        kept = new KeptCases()
        return kept
      },
      sheet,
      signal,
      meter,
      ...(request.watch === undefined ? {} : { watch: watching(request.watch) }),
    })
    await reading.run()
    if (sheet !== null) requireUsed(sheet, policy.input.tasks === null)
    checkNames(policy, detectors, reading)
    const problem = ambiguous({ duplicate: reading.ledger.firstDuplicate(), ids: reading.ids })
    if (problem !== null) throw new AuditError(problem)
    return {
      cases: kept.cases(),
      total: kept.total,
      inputs: reading.files.baseline.map((file) => file.summary()),
      ignored,
      intake: reading.intake.baseline,
      scoreNames: reading.scoreNames,
    }
  } finally {
    await reading?.annotator.close()
    for (const { source } of logs) source.close()
  }
}

function watching(watch: () => (case_: Case) => void): () => Watch {
  return () => {
    const hear = watch()
    return async (case_) => hear(case_)
  }
}

/** Counts nothing by detector: the cases themselves are kept, at most about MOST_KEPT of them. */
class KeptCases extends Observation {
  total = 0
  private count = 0
  private limit = Number.POSITIVE_INFINITY
  private readonly clusters = new Map<number, Case[]>()

  constructor() {
    super([], () => {
      throw new Error('no detector, no policy')
    })
  }

  override observe(case_: Case): void {
    this.census.add(case_)
    this.total++
    const [, high, low] = murmur128(case_.cluster ?? `${case_.task}\u0000${case_.id}`)
    const hash = high * 2 ** 21 + (low >>> 11)
    if (hash > this.limit) return
    const cluster = this.clusters.get(hash)
    if (cluster === undefined) this.clusters.set(hash, [case_])
    else cluster.push(case_)
    this.count++
    if (this.count >= 2 * MOST_KEPT) this.prune()
  }

  cases(): readonly Case[] {
    this.prune()
    return [...this.clusters.values()].flat().sort((a, b) => byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id))
  }

  private prune(): void {
    const hashes = Float64Array.from(this.clusters.keys()).sort()
    for (let i = hashes.length - 1; i > 0 && this.count > MOST_KEPT; i--) {
      this.count -= this.clusters.get(hashes[i]!)!.length
      this.clusters.delete(hashes[i]!)
      this.limit = hashes[i - 1]!
    }
  }
}
