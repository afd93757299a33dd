import { setImmediate } from 'node:timers/promises'
import { Observation, preparing } from '../audit/observation.js'
import { EXIT } from '../audit/verdict.js'
import { taskPolicies } from '../config/tasks.js'
import { detectors as ours } from '../detectors/index.js'
import type { Case } from '../domain/case.js'
import { DetectorCrash } from '../domain/crash.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'
import { printable } from '../domain/printable.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import type { PerArm } from '../domain/record.js'
import type { Selftest } from '../domain/selftest.js'
import { requireAuditable } from '../engine/audit.js'
import { Interrupted } from '../engine/interrupted.js'
import { read } from '../engine/read.js'
import type { Reading, Watch } from '../engine/reading.js'
import { draftReport } from '../engine/report.js'
import { Meter } from '../input/meter.js'
import { STDIN } from '../input/paths.js'
import { jsonText } from '../report/json.js'
import { renderSelftest } from '../report/selftest/terminal.js'
import { Collector } from '../trial/collector.js'
import type { Plant } from '../trial/faults/fault.js'
import { plantsFor } from '../trial/plants.js'
import { selftest } from '../trial/selftest.js'
import { SPLITS, splitCase } from '../trial/split.js'
import type { CommandContext } from './context.js'
import { policyOf, type ReadFlags } from './policy.js'
import { progressLine, withProgress } from './progress.js'
import { choice, numberOf, requireNamed } from './values.js'

export interface SelftestFlags extends ReadFlags {
  readonly runs?: string
  readonly seed?: string
  readonly format: string
}

const RUNS = 1_000
/** Below this no share of runs says anything. */
const FEWEST_RUNS = 20
const MOST_RUNS = 1_000_000

/** `tuneaudit selftest`: returns the exit code. Throws AuditError for usage problems. */
export async function selftestCommand(
  positional: readonly string[],
  flags: SelftestFlags,
  context: CommandContext,
): Promise<number> {
  const format = choice('--format', flags.format, ['terminal', 'json'] as const)
  // A baseline by itself is read as both arms.
  const given = { ...flags, examples: false, allowIdentical: flags.tuned === undefined }
  const { policy, detectors } = await policyOf(given, context)
  const paths = armsOf(positional, flags)
  const numbers = {
    runs: wholeNumber('--runs', flags.runs ?? String(RUNS), FEWEST_RUNS, MOST_RUNS),
    seed: wholeNumber('--seed', flags.seed ?? '1', 0, 2 ** 31 - 1),
  }
  try {
    const result = await run(
      { paths, alone: flags.tuned === undefined, policy, detectors, labels: flags.labels ?? null, ...numbers },
      context,
    )
    context.out(format === 'json' ? jsonText(result) : renderSelftest(result, { color: context.color }))
    context.err(`exit ${result.exitCode} (${result.exitCode === 0 ? 'as promised' : 'not as promised'})\n`)
    return result.exitCode
  } catch (error) {
    const message = untestable(error)
    if (message === null) throw error
    context.err(`error: ${message}\nexit ${EXIT.data} (error)\n`)
    return EXIT.data
  }
}

/** Why there is nothing that can be tested; null for a usage problem and for a bug of ours. */
function untestable(error: unknown): string | null {
  if (error instanceof AuditError) return isUsageProblem(error.problem) ? null : error.message
  if (!(error instanceof DetectorCrash) || ours.some(({ id }) => id === error.detector)) return null
  return `${printable(error.message)}\nMend its plugin, or turn the detector off.`
}

interface Request {
  readonly paths: PerArm<readonly string[]>
  /** Whether there is a baseline alone, which is then read as both arms. */
  readonly alone: boolean
  readonly policy: Policy
  readonly detectors: readonly AnyDetector[]
  readonly labels: string | null
  readonly runs: number
  readonly seed: number
}

async function run(request: Request, command: CommandContext): Promise<Selftest> {
  const { paths, policy, detectors, labels } = request
  const { cwd, stdin, signal } = command
  const meter = new Meter()
  let trying: string | null = null
  let collected: Collected | null = null
  const watch = (reading: Reading): Watch => {
    collected = collecting(reading, request)
    return collected.watch
  }
  const tick = async (done: number, total: number, what: string) => {
    trying = `${what}: run ${done} of ${total}`
    await setImmediate()
    if (signal.aborted) throw new Interrupted()
  }
  const use = async (reading: Reading) => {
    requireAuditable(reading, { policy, detectors })
    return tested(reading, collected!, { ...request, tick }, command)
  }
  const line = (seconds: number) => trying ?? progressLine(meter, seconds)
  const work = () => read({ paths, labels, cwd, stdin, policy, detectors, signal, meter }, { watch, use })
  return withProgress(line, command, work)
}

interface Collected {
  readonly pair: Collector | null
  readonly splits: readonly Collector[]
  readonly plants: readonly Plant[]
  readonly watch: Watch
}

/** Collects the pair, and the baseline against itself where it has repeats. */
function collecting(reading: Reading, { policy, detectors, alone }: Request): Collected {
  const policyFor = taskPolicies(policy)
  const prepare = preparing()
  const plants = plantsFor(policyFor, (case_, sample) => reading.annotator.verified(case_, sample))
  const collector = (observation: Observation, own: readonly Plant[]) =>
    new Collector({ detectors, policyOf: policyFor, prepare, plants: own, observation })
  const pair = alone ? null : collector(reading.observation, plants)
  const splits = Array.from({ length: SPLITS }, (_, split) =>
    collector(new Observation(detectors, policyFor, prepare), alone && split === 0 ? plants : []),
  )
  const watch = async (case_: Case) => {
    await pair?.add(case_)
    for (const [number, split] of splits.entries()) {
      const own = splitCase(case_, number)
      if (own === null) continue
      split.observation.observe(own)
      await split.add(own)
    }
  }
  return { pair, splits, plants, watch }
}

async function tested(
  reading: Reading,
  { pair, splits, plants }: Collected,
  {
    policy,
    detectors,
    runs,
    seed,
    tick,
  }: Request & { tick: (done: number, total: number, what: string) => Promise<void> },
  { version }: CommandContext,
): Promise<Selftest> {
  const repeated = splits.filter(({ cases }) => cases > 0)
  if (pair === null && repeated.length === 0) throw new AuditError({ code: 'nothing-to-split' })
  const context = { detectors, policy, policyOf: taskPolicies(policy), prepare: preparing() }
  const { reasons, ...trials } = await selftest({ pair, splits: repeated, plants, context, seed, runs, tick })
  const { schemaVersion, tool, inputs } = draftReport(reading, { policy, detectors, version })
  const exitCode = reasons.every(({ code }) => code === 'as-promised') ? EXIT.pass : EXIT.fail
  return { schemaVersion, tool, exitCode, reasons, seed, inputs, alpha: policy.alpha, ...trials, config: policy }
}

/** A baseline alone is read as both arms. */
function armsOf(positional: readonly string[], { baseline, tuned }: SelftestFlags): PerArm<readonly string[]> {
  if (positional.length > 0) throw usage('paths are given by name: --baseline <path> --tuned <path>.')
  if (baseline === undefined)
    throw usage('--baseline is needed. Try: tuneaudit selftest --baseline before.jsonl --tuned after.jsonl')
  const arms = { baseline, tuned: tuned ?? baseline }
  requireNamed('--baseline', arms.baseline)
  requireNamed('--tuned', arms.tuned)
  if ([...arms.baseline, ...arms.tuned].filter((path) => path === STDIN).length > 1) {
    throw usage('only one path can be - (standard input), and a baseline alone must be a file.')
  }
  return arms
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = numberOf(flag, text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw usage(`${flag}: ${text.slice(0, 40)} is not a whole number from ${least} to ${most}.`)
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
