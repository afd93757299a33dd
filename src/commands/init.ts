import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import { configFromText } from '../config/load.js'
import type { PartialConfig } from '../config/partial.js'
import { resolvePolicy } from '../config/resolve.js'
import { taskPolicies } from '../config/tasks.js'
import { detectors } from '../detectors/index.js'
import type { ArmSurvey, DetectorDraft, Draft, MarginDraft } from '../domain/draft.js'
import type { Policy } from '../domain/policy.js'
import { printable } from '../domain/printable.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import type { Arm, PerArm } from '../domain/record.js'
import { armSurvey } from '../draft/arm-survey.js'
import { ENOUGH_CASES } from '../draft/schema-draft.js'
import { Survey } from '../draft/survey.js'
import { draftTask, tasksToDeclare } from '../draft/task-draft.js'
import { type Baseline, readBaseline } from '../engine/baseline.js'
import { kindName } from '../input/intake.js'
import { Meter } from '../input/meter.js'
import { expandPaths, STDIN } from '../input/paths.js'
import { renderConfig } from '../report/draft/config.js'
import { renderFound } from '../report/draft/found.js'
import { decidableMargin } from '../trial/decidable-margin.js'
import { type BaselinePlan, planBaseline } from '../trial/plan-baseline.js'
import type { CommandContext } from './context.js'
import { type Ask, askDeclarations, askInput, askMargins, silent } from './init-questions.js'
import { configFlags, type PolicyFlags } from './policy.js'
import { progressLine, withProgress } from './progress.js'
import { requireWritable, writeWhole } from './report-files.js'
import { requireNamed } from './values.js'

export interface InitFlags extends PolicyFlags {
  readonly baseline?: readonly string[]
  readonly tuned?: readonly string[]
  readonly output: string
  readonly yes?: boolean
  readonly force?: boolean
}

/** `tuneaudit init`: a config from a baseline. Throws AuditError for usage problems, before anything is written. */
export async function initCommand(
  positional: readonly string[],
  flags: InitFlags,
  context: CommandContext,
): Promise<number> {
  const paths = armsOf(positional, flags)
  const target = targetOf(flags, paths, context)
  const ask = askerOf(flags, context)
  try {
    const { draft, tuned } = await drafted({ flags, paths, context, ask })
    writeWhole(target, renderConfig(draft))
    context.out(renderFound(draft, tuned))
    context.err(
      `${printable(flags.output)} is written. Read it, then:\n  ${auditLine(flags, paths)}\nexit ${EXIT.pass} (written)\n`,
    )
    return EXIT.pass
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    context.err(`error: ${error.message}\nexit ${EXIT.data} (error)\n`)
    return EXIT.data
  }
}

function armsOf(positional: readonly string[], { baseline, tuned }: InitFlags): PerArm<readonly string[]> {
  const example = 'tuneaudit init --baseline before.jsonl --tuned after.jsonl -o audit.yaml'
  if (positional.length > 0) throw usage(`paths are given by name, so that the arms cannot be swapped. Try: ${example}`)
  if (baseline === undefined || tuned === undefined) throw usage(`both arms are needed. Try: ${example}`)
  requireNamed('--baseline', baseline)
  requireNamed('--tuned', tuned)
  if ([...baseline, ...tuned].includes(STDIN)) throw usage('init reads the baseline twice: give files, not -.')
  return { baseline, tuned }
}

function targetOf({ output, force }: InitFlags, paths: PerArm<readonly string[]>, { cwd }: CommandContext) {
  requireNamed('--output', [output])
  const target = { path: output, absolute: resolve(cwd, output) }
  const read = [paths.baseline, paths.tuned].flatMap((some) => expandPaths(some, cwd).files)
  requireWritable(
    [target],
    read.map((path) => resolve(cwd, path)),
  )
  if (force === true || !existsSync(target.absolute)) return target
  throw usage(`${printable(output)} is there already. Give another name with -o, or --force to overwrite it.`)
}

function askerOf({ yes }: InitFlags, { ask, err }: CommandContext): Ask {
  if (yes === true) return silent
  if (ask !== null) return ask
  err('note: standard input is no terminal: every question has its default, as with --yes\n')
  return silent
}

interface Drafting {
  readonly flags: InitFlags
  readonly paths: PerArm<readonly string[]>
  readonly context: CommandContext
  readonly ask: Ask
}

async function drafted({ flags, paths, context, ask }: Drafting): Promise<{ draft: Draft; tuned: ArmSurvey }> {
  const given = configFlags(flags)
  const look = (arm: Arm, policy: Policy) => surveyed(arm, paths[arm], policy, context)
  const plain = resolvePolicy({}, detectors, given)
  const first = await look('baseline', plain)
  const { scoreName, fields, logprobs } = await askInput(ask, first.arm, plain.input.scoreName)
  const config: PartialConfig = logprobs === null ? {} : { confidence: { logprobs } }
  const policy = resolvePolicy(config, detectors, {
    ...given,
    fields: { ...given.fields, ...fields },
    ...(scoreName === null ? {} : { scoreName }),
  })
  const baseline = JSON.stringify(policy) === JSON.stringify(plain) ? first : await look('baseline', policy)
  // An arm without the score that the other has is described all the same.
  const unnamed = await look('tuned', { ...policy, input: { ...policy.input, scoreName: null } })
  const isNamed = unnamed.read.scoreNames.includes(policy.input.scoreName ?? '')
  const tuned = isNamed ? await look('tuned', policy) : unnamed
  const { declared, undeclared } = tasksToDeclare(baseline.results)
  const wishes = await askDeclarations(ask, declared, logprobs !== null)
  const draft: Draft = {
    tool: { name: 'tuneaudit', version: context.version },
    baseline: baseline.arm,
    input: inputOf(policy),
    logprobs,
    tasks: declared.map((one) => draftTask(one, baseline.read.cases, wishes)),
    undeclared,
    enough: ENOUGH_CASES,
    reference: baseline.arm.tasks.some(({ referenced, scored, cases }) => scored === 0 && 2 * referenced > cases),
    detectors: [],
    passChance: null,
  }
  return { draft: await withMargins(draft, { flags, paths, context, ask }), tuned: tuned.arm }
}

function inputOf({ input: { fields, scoreName, format, task, tasks, providers } }: Policy): Draft['input'] {
  return { fields, scoreName, format, task, tasks, providers }
}

/** Reads one arm and counts what its cases hold. */
async function surveyed(arm: Arm, paths: readonly string[], policy: Policy, context: CommandContext) {
  let survey = new Survey('baseline')
  const watch = () => {
    // An arm that is read by itself stands where the baseline does.
    survey = new Survey('baseline')
    return survey.observe.bind(survey)
  }
  const read = await readArm({ arm, paths, policy, watch }, context)
  return { read, results: survey.results, arm: armSurvey(survey, counted(read, policy)) }
}

function counted({ inputs, intake, scoreNames }: Baseline, policy: Policy) {
  const { columns, records, lowest, highest } = intake
  return {
    files: inputs,
    columns: {
      names: columns.names,
      share: (name: string) => columns.times(name) / Math.max(1, records),
      kind: (name: string) => kindName(columns.kinds(name)),
    },
    scoreNames,
    beyond: lowest <= highest ? { lowest, highest } : null,
    mapped: Object.values(policy.input.fields).map((pointer) => pointer.slice(1)),
  }
}

interface ArmReading {
  readonly arm: Arm
  readonly paths: readonly string[]
  readonly policy: Policy
  readonly watch?: () => Survey['observe']
}

function readArm(reading: ArmReading, context: CommandContext): Promise<Baseline> {
  const { cwd, stdin, signal } = context
  const meter = new Meter()
  const request = { ...reading, labels: null, cwd, stdin, detectors, signal, meter }
  return withProgress(
    (seconds) => progressLine(meter, seconds),
    context,
    () => readBaseline(request),
  )
}

/** What the config that is drafted so far would guard, with margins that the baseline's cases can decide. */
async function withMargins(draft: Draft, { paths, context, ask }: Drafting): Promise<Draft> {
  const baseline = await readArm({ arm: 'baseline', paths: paths.baseline, policy: policyIn(draft, context) }, context)
  const usual = planned(draft, baseline, context)
  const margins = usual.measures.map((measure) => decidableMargin(measure))
  const wider = usual.measures.filter((measure, i) => margins[i] !== measure.margin)
  const widened = await askMargins(
    ask,
    wider.map(({ measure }) => measure),
  )
  const first = withPlan(draft, usual, usual)
  if (!widened) return first
  const aimed = {
    ...first,
    detectors: first.detectors.map((detector) => ({ ...detector, margins: detector.margins.map(toDecidable) })),
  }
  return withPlan(draft, planned(aimed, baseline, context), usual)
}

function toDecidable(margin: MarginDraft): MarginDraft {
  return { ...margin, planned: { ...margin.planned, margin: decidableMargin(margin.planned) } }
}

function policyIn(draft: Draft, { cwd, today }: CommandContext): Policy {
  return resolvePolicy(configFromText('the drafted config', renderConfig(draft), { cwd, detectors, today }), detectors)
}

function planned(draft: Draft, { cases, total }: Baseline, context: CommandContext): BaselinePlan {
  const policy = policyIn(draft, context)
  return planBaseline({ cases, total, detectors, policy, policyOf: taskPolicies(policy), churn: null, planFor: null })
}

function withPlan(draft: Draft, plan: BaselinePlan, usual: BaselinePlan): Draft {
  const chances = plan.measures.map(({ passChance }) => passChance)
  return {
    ...draft,
    detectors: detectors.map(({ id, title }): DetectorDraft => {
      const own = <T extends { readonly detector: string }>(all: readonly T[]) =>
        all.filter(({ detector }) => detector === id)
      const recommended = new Map(own(usual.measures).map(({ measure, margin }) => [measure, margin]))
      return {
        id,
        title,
        margins: own(plan.measures).map((measure) => ({
          planned: measure,
          recommended: recommended.get(measure.measure) ?? measure.margin,
        })),
        watched: own(plan.watched).map(({ measure }) => measure),
        unplanned: own(plan.unplanned),
      }
    }),
    passChance:
      chances.includes(null) || chances.length === 0 ? null : chances.reduce<number>((all, one) => all * (one ?? 0), 1),
  }
}

function auditLine({ output }: InitFlags, { baseline, tuned }: PerArm<readonly string[]>): string {
  const words = ['tuneaudit', 'audit', '--baseline', ...baseline, '--tuned', ...tuned, '--config', output]
  return words
    .map((word) => (/^[\w./:@%+=-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`))
    .join(' ')
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
