import { Annotations } from '../annotate/annotations.js'
import type { LabelSheet } from '../annotate/sheet.js'
import type { Observation } from '../audit/observation.js'
import { SizeSketch } from '../audit/size-sketch.js'
import { taskPolicies } from '../config/tasks.js'
import { writtenPolicy } from '../config/written.js'
import { Malformed } from '../domain/codec/codec.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { InputFile } from '../domain/report.js'
import { Ledger } from '../input/case-builder.js'
import { type ReadingRules, readingRules } from '../input/context.js'
import { Intake } from '../input/intake.js'
import { readTalliesFile } from '../input/tallies-file.js'
import { type AuditOutcome, judge } from './audit.js'
import { Counted } from './counted.js'
import { requireOneRun } from './merge-heads.js'
import { observing } from './observing.js'
import { KEPT_CASES, type PartCounts, type PartHead, readPart } from './part.js'
import { requireComparable } from './read.js'
import { taskSelector } from './selection.js'

export interface MergeRequest {
  /** Files of tallies, one a shard. */
  readonly paths: readonly string[]
  readonly cwd: string
  readonly detectors: readonly AnyDetector[]
  readonly version: string
  /** YYYY-MM-DD: what waivers are held against. */
  readonly today: string
}

/**
 * Adds what shards counted, and judges it as one run would. Throws AuditError for tallies that cannot be added; what is
 * wrong with the data becomes a report, as in `audit`.
 */
export function merge(request: MergeRequest): AuditOutcome {
  const parts = request.paths.map((path) => ({ path, head: partOf(path, request.cwd).head }))
  requireOneRun(parts, request)
  const inOrder = parts.toSorted((a, b) => a.head.shard.number - b.head.shard.number)
  const { path, head } = inOrder[0]!
  const policy = policyFrom(head, path, request)
  const provenance = { files: head.told.files, flagged: head.told.flagged }
  const told = { ...request, policy, provenance }
  const counted = new Sum(policy, observing(policy, request.detectors))
  for (const part of inOrder) counted.add(part.path, part.head, countsOf(part.path, request.cwd, counted.empty))
  return judge(counted, told, () => {
    counted.requireTolerable()
    requireComparable(counted, told)
  })
}

/** By id, what some shard was counted with. Throws AuditError. */
export function detectorsIn(paths: readonly string[], cwd: string): string[] {
  return [...new Set(paths.flatMap((path) => [...partOf(path, cwd).head.detectors.keys()]))]
}

function partOf(path: string, cwd: string): ReturnType<typeof readPart> {
  return wellFormed(path, () => readPart(readTalliesFile(path, cwd)))
}

/** Read a second time, so that the counts of one part at a time are in memory. */
function countsOf(path: string, cwd: string, empty: () => Observation): PartCounts {
  return wellFormed(path, () => partOf(path, cwd).counts(empty))
}

function wellFormed<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new AuditError({ code: 'tallies-invalid', path, what: cause.explained }, { cause })
  }
}

/** A config that is wrong in a file of tallies is no mistake of whoever gives the file. */
function policyFrom({ told }: PartHead, path: string, request: MergeRequest): Policy {
  try {
    return writtenPolicy(told.policy, path, request)
  } catch (cause) {
    if (!(cause instanceof AuditError) || !isUsageProblem(cause.problem)) throw cause
    throw new AuditError({ code: 'tallies-invalid', path, what: cause.message }, { cause })
  }
}

/** What was counted in all shards. */
class Sum extends Counted {
  readonly rules: ReadingRules
  readonly intake: PerArm<Intake> = { baseline: new Intake(), tuned: new Intake() }
  readonly inputs: Record<Arm, InputFile[]> = { baseline: [], tuned: [] }
  readonly ledger = new Ledger()
  readonly annotations = new Annotations()
  readonly observation: Observation
  readonly empty: () => Observation
  sheet: LabelSheet | null = null
  private readonly cases = new SizeSketch(KEPT_CASES)
  private added = 0

  constructor(policy: Policy, empty: () => Observation) {
    super()
    this.rules = readingRules(policy, taskPolicies(policy), taskSelector(policy))
    this.empty = empty
    this.observation = empty()
  }

  add(path: string, { shard, inputs, labels: file }: PartHead, counts: PartCounts): void {
    // Shards of the same files have all read them whole, and counted the same in them.
    if (shard.by === 'files' || this.added === 0) {
      for (const arm of ARMS) {
        this.intake[arm].merge(counts.intake[arm])
        this.inputs[arm].push(...inputs[arm])
      }
    }
    this.ledger.merge(counts.ledger)
    this.annotations.merge(counts.annotations)
    this.observation.merge(counts.observation)
    if (file !== null && counts.labels !== null) {
      if (this.sheet === null) this.sheet = { labels: counts.labels, file }
      else this.sheet.labels.merge(counts.labels)
    }
    this.cases.merge(counts.cases)
    if (this.cases.seen().repeated > 0) throw new AuditError({ code: 'input-doubled', path, file: null })
    this.added++
  }

  /** Each shard holds to the number of bad lines by itself. */
  requireTolerable(): void {
    const limit = this.rules.policy.input.maxBadLines
    const arm = ARMS.find((each) => this.intake[each].badLines > limit)
    if (arm === undefined) return
    throw new AuditError({ code: 'too-many-bad-lines', arm, lines: this.intake[arm].badLines, limit })
  }
}
