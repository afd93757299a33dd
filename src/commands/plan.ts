import { EXIT } from '../audit/verdict.js'
import { taskPolicies } from '../config/tasks.js'
import type { MeasurePlan, Plan, PlannedMeasure, SuperiorityPlan } from '../domain/plan.js'
import { printable } from '../domain/printable.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import { readBaseline } from '../engine/baseline.js'
import { Meter } from '../input/meter.js'
import { readReportFile } from '../input/report-file.js'
import { planReporters } from '../report/plan/index.js'
import { reportSchema } from '../report/schema.js'
import { planBaseline } from '../trial/plan-baseline.js'
import { planRates, STATED_POWER } from '../trial/plan-rates.js'
import { planReport } from '../trial/plan-report.js'
import { planSuperiority } from '../trial/plan-superiority.js'
import type { CommandContext } from './context.js'
import {
  COUNT,
  ERROR_RATE,
  INSIDE,
  type Mode,
  modeOf,
  namedMargins,
  numberIn,
  type PlanFlags,
  POSITIVE,
  plainMargin,
  required,
  SHARE,
  SIDES,
  VARIANCE,
} from './plan-flags.js'
import { detectorsFor, policyOf } from './policy.js'
import { progressLine, withProgress } from './progress.js'
import { choice } from './values.js'

/** α where nothing else is said. */
const ALPHA = 0.05

/** `tuneaudit plan`: what a run could say, before it is run. Throws AuditError for usage problems. */
export async function planCommand(
  positional: readonly string[],
  flags: PlanFlags,
  context: CommandContext,
): Promise<number> {
  const mode = modeOf(positional, flags)
  const format = choice('--format', flags.format, ['terminal', 'json'] as const)
  try {
    context.out(planReporters[format](await planOf[mode](flags, context), { color: context.color }))
    return EXIT.pass
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    context.err(`error: ${error.message}\nexit ${EXIT.data} (error)\n`)
    return EXIT.data
  }
}

const planOf: Record<Mode, (flags: PlanFlags, context: CommandContext) => Plan | Promise<Plan>> = {
  baseline: fromBaseline,
  report: fromReport,
  rate: fromRates,
  omega2: superiority,
}

async function fromBaseline(flags: PlanFlags, context: CommandContext): Promise<Plan> {
  const { cwd, stdin, signal } = context
  const churn = numberIn(flags, 'churn', SHARE)
  const planFor = numberIn(flags, 'cases', COUNT)
  const { policy, detectors } = await policyOf(flags, context)
  const meter = new Meter()
  const request = {
    paths: flags.baseline ?? [],
    labels: flags.labels ?? null,
    cwd,
    stdin,
    policy,
    detectors,
    signal,
    meter,
  }
  const baseline = await withProgress(
    (seconds) => progressLine(meter, seconds),
    context,
    () => readBaseline(request),
  )
  if (baseline.ignored.length > 0) {
    const names = baseline.ignored.slice(0, 5).map(printable).join(', ')
    context.err(`note: ${baseline.ignored.length} files in the given directories are no logs by their name: ${names}\n`)
  }
  const { cases, total, inputs } = baseline
  const plan = planBaseline({ cases, total, detectors, policy, policyOf: taskPolicies(policy), churn, planFor })
  return measurePlan(context, { ...plan, source: { kind: 'baseline', inputs, ...plan.looked }, alpha: policy.alpha })
}

async function fromReport(flags: PlanFlags, context: CommandContext): Promise<Plan> {
  const path = flags.report ?? ''
  const margins = namedMargins(flags)
  const alpha = numberIn(flags, 'alpha', ERROR_RATE)
  const planFor = numberIn(flags, 'cases', COUNT)
  const report = readReportFile(path, context.cwd, reportSchema)
  const detectors = await detectorsFor(
    report.detectors.map(({ id }) => id),
    flags,
    context,
  )
  const plan = planReport({ report, detectors, margins, alpha, planFor })
  return measurePlan(context, { ...plan, source: { kind: 'report', path, cases: plan.cases, tasks: plan.tasks } })
}

function fromRates(flags: PlanFlags, context: CommandContext): Plan {
  const rate = required(flags, 'rate', 'rate', SHARE)
  const churn = required(flags, 'churn', 'rate', SHARE)
  const alpha = numberIn(flags, 'alpha', ERROR_RATE) ?? ALPHA
  const measure = planRates({ rate, churn, margin: plainMargin(flags), alpha, cases: numberIn(flags, 'cases', COUNT) })
  return measurePlan(context, { source: { kind: 'rates', rate, churn }, alpha, measures: [measure], unplanned: [] })
}

function superiority(flags: PlanFlags, { version }: CommandContext): SuperiorityPlan {
  const number = (name: keyof PlanFlags, bounds: typeof COUNT, otherwise: number) =>
    numberIn(flags, name, bounds) ?? otherwise
  return planSuperiority(
    {
      omega2: required(flags, 'omega2', 'omega2', VARIANCE),
      delta: required(flags, 'delta', 'omega2', POSITIVE),
      sigma2: { baseline: number('sigma2A', VARIANCE, 0), tuned: number('sigma2B', VARIANCE, 0) },
      samples: { baseline: number('samplesA', COUNT, 1), tuned: number('samplesB', COUNT, 1) },
      alpha: number('alpha', ERROR_RATE, ALPHA),
      power: number('power', INSIDE, STATED_POWER),
      sides: number('sides', SIDES, 1) === 2 ? 2 : 1,
    },
    toolOf(version),
  )
}

type Planned = Pick<MeasurePlan, 'source' | 'alpha' | 'measures' | 'unplanned'>

function measurePlan({ version }: CommandContext, { source, alpha, measures, unplanned }: Planned): MeasurePlan {
  return {
    schemaVersion: 1,
    tool: toolOf(version),
    kind: 'measures',
    source,
    alpha,
    power: STATED_POWER,
    passChance: chanceOfAll(measures),
    measures,
    unplanned,
  }
}

function chanceOfAll(measures: readonly PlannedMeasure[]): number | null {
  const chances = measures.map(({ passChance }) => passChance)
  if (chances.length === 0 || chances.includes(null)) return null
  return chances.reduce<number>((product, chance) => product * (chance ?? 0), 1)
}

function toolOf(version: string): Plan['tool'] {
  return { name: 'tuneaudit', version }
}
