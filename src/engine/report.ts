import type { Evaluation } from '../audit/evaluate.js'
import type { KeptExample } from '../audit/examples.js'
import { NOTHING_SEARCHED } from '../audit/slices/search.js'
import type { FlaggedMargins } from '../audit/terms.js'
import type { Judgement } from '../audit/verdict.js'
import { relaxationsOf } from '../config/relaxations.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Field } from '../domain/fields.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import { LOGPROB_READINGS, type Policy } from '../domain/policy.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type {
  ConfigFile,
  FieldCoverage,
  Listed,
  Location,
  ModelName,
  Notice,
  Report,
  SettingSummary,
} from '../domain/report.js'
import { Ledger } from '../input/case-builder.js'
import { keysOf } from '../input/fields.js'
import { type Intake, kindName, NameCounts } from '../input/intake.js'
import { readFields } from '../input/reading.js'
import type { Counted } from './counted.js'
import { likenessNotices } from './likeness.js'

export type Draft = Omit<
  Report,
  | 'verdict'
  | 'exitCode'
  | 'reason'
  | 'tasks'
  | 'detectors'
  | 'findings'
  | 'exhibits'
  | 'slices'
  | 'faults'
  | 'locations'
>

/** What a run was told, as far as the report speaks of it. */
export interface Told {
  readonly policy: Policy
  readonly detectors: readonly AnyDetector[]
  readonly version: string
  readonly provenance?: Provenance
}

/** Where the policy comes from: the config files, and the margins that the command line set (`detector.measure`). */
export interface Provenance {
  readonly files: readonly ConfigFile[]
  readonly flagged: FlaggedMargins
}

/** What can be said before anything is judged; of a run that could not open its files, next to nothing. */
export function draftReport(reading: Counted | null, { policy, detectors, version, provenance }: Told): Draft {
  return {
    schemaVersion: 1,
    tool: { name: 'tuneaudit', version },
    inputs: {
      ...perArm((arm) => reading?.inputs[arm] ?? []),
      labels: reading === null || reading.sheet === null ? [] : [reading.sheet.file],
      config: provenance?.files ?? [],
      models: perArm((arm) => modelsOf(reading?.intake[arm].models ?? new NameCounts())),
    },
    pairing: (reading?.ledger ?? new Ledger()).pairing(),
    relaxations: relaxationsOf(policy, detectors),
    settings: reading?.observation.settings.summaries(policy.pairing.allow) ?? [],
    fields: reading === null ? {} : coverageOf(reading),
    notices: reading === null ? [] : noticesOf(reading, policy),
    config: policy,
  }
}

export type Judged = Evaluation & Pick<Report, 'tasks'>

export function finishReport(draft: Draft, judgement: Judgement, evaluation: Judged | null): Report {
  const { schemaVersion, tool, inputs, pairing, relaxations, settings, fields, notices, config } = draft
  return {
    schemaVersion,
    tool,
    ...judgement,
    inputs,
    pairing,
    tasks: evaluation?.tasks ?? [],
    relaxations,
    settings,
    fields,
    notices,
    detectors: evaluation?.detectors ?? [],
    findings: evaluation?.findings ?? [],
    exhibits: evaluation?.exhibits ?? [],
    slices: evaluation?.slices ?? NOTHING_SEARCHED,
    faults: evaluation?.faults ?? [],
    locations: perArm((arm) => locationsOf(evaluation?.examples ?? [], arm)),
    config,
  }
}

function perArm<T>(of: (arm: Arm) => T): PerArm<T> {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

const LISTED_MODELS = 5

function modelsOf(models: NameCounts): Listed<ModelName> {
  const names = models.names.toSorted(byCodeUnit)
  return {
    count: names.length,
    first: names.slice(0, LISTED_MODELS).map((name) => ({ name, records: models.times(name) })),
  }
}

function coverageOf({ intake, rules }: Counted): Record<string, FieldCoverage> {
  const used = new Set<string>(
    readFields(rules.policy).flatMap((field) =>
      keysOf(field, rules.fields).filter((key) => isUsed(field, key, intake, rules.policy)),
    ),
  )
  if (ARMS.some((arm) => intake[arm].models.names.length > 0)) used.add('model')
  const names = new Set(ARMS.flatMap((arm) => intake[arm].columns.names))
  return Object.fromEntries(
    sortedBy(names, (name) => name).map((name) => {
      const share = (arm: Arm) => intake[arm].columns.times(name) / Math.max(1, intake[arm].records)
      return [name, { ...perArm(share), used: used.has(name), kind: columnKind(name, intake) }]
    }),
  )
}

function columnKind(name: string, intake: PerArm<Intake>): FieldCoverage['kind'] {
  return kindName(intake.baseline.columns.kinds(name) | intake.tuned.columns.kinds(name))
}

/** A canonical name is used wherever it stands; another name only where it served for the canonical one. */
function isUsed(field: Field, key: string, intake: PerArm<Intake>, policy: Policy): boolean {
  return (
    key === field ||
    policy.input.fields[field] !== undefined ||
    ARMS.some((arm) => intake[arm].aliases.has(`${field}\t${key}`))
  )
}

function noticesOf(reading: Counted, policy: Policy): Notice[] {
  const { intake, ledger } = reading
  const counts = (of: (arm: Intake) => number): PerArm<number> => perArm((arm) => of(intake[arm]))
  const notices: Notice[] = aliasNotices(intake)
  const some = (counted: PerArm<number>, notice: Notice) => {
    if (counted.baseline + counted.tuned > 0) notices.push(notice)
  }
  const outOfRange = counts((arm) => arm.scoresOutOfRange)
  const unknown = counts((arm) => arm.unknownNumbers)
  const bad = counts((arm) => arm.badLines)
  notices.push(...chosenScores(reading))
  if (reading.ids.without > 0) notices.push({ code: 'paired-by-prompt', cases: ledger.cases })
  some(outOfRange, { code: 'score-out-of-range', records: outOfRange, ...extremes(intake) })
  some(unknown, { code: 'unknown-numbers', records: unknown })
  some(bad, { code: 'bad-lines', lines: bad })
  some(ledger.surplus, { code: 'surplus-samples', samples: { ...ledger.surplus } })
  const mismatches = ledger.pairing().promptMismatches.count
  if (mismatches > 0 && policy.pairing.prompts === 'ignore')
    notices.push({ code: 'prompts-ignored', cases: mismatches })
  for (const arm of ARMS) notices.push(...shortfallNotices(intake[arm], arm))
  notices.push(...settingNotices(reading.observation.settings.summaries(policy.pairing.allow)))
  notices.push(...annotationNotices(reading), ...likenessNotices(reading), ...samenessNotices(reading, policy))
  const model = sharedModel(intake)
  if (model !== null) notices.push({ code: 'same-model', name: model })
  return notices
}

/** `arm` is null where one is read by itself. */
export function shortfallNotices({ promises }: Intake, arm: Arm | null): Notice[] {
  return promises.shortfalls().map((shortfall) => ({ code: 'fewer-outputs', arm, ...shortfall }))
}

/** The one model that either arm names; null where an arm names none or several. */
function sharedModel({ baseline, tuned }: PerArm<Intake>): string | null {
  const [name, ...others] = [...new Set([...baseline.models.names, ...tuned.models.names])]
  const both = baseline.models.names.length > 0 && tuned.models.names.length > 0
  return name !== undefined && others.length === 0 && both ? name : null
}

function settingNotices(settings: readonly SettingSummary[]): Notice[] {
  const keys = (is: (setting: SettingSummary) => boolean) => settings.filter(is).map(({ key }) => key)
  const differs = ({ differing }: SettingSummary) => differing.count > 0
  const allowed = keys((setting) => differs(setting) && setting.decides && setting.allowed)
  const noted = keys((setting) => differs(setting) && !setting.decides)
  const baseline = keys(({ decides, onlyBaseline }) => decides && onlyBaseline > 0)
  const tuned = keys(({ decides, onlyTuned }) => decides && onlyTuned > 0)
  return [
    ...(allowed.length + noted.length === 0 ? [] : [{ code: 'settings-differ', allowed, noted } as const]),
    ...(baseline.length + tuned.length === 0 ? [] : [{ code: 'settings-in-one-arm', baseline, tuned } as const]),
  ]
}

/** Where logs themselves say which of their scores is the main one. */
function chosenScores({ intake, scoreNames }: Counted): Notice[] {
  const names = sortedBy(new Set(ARMS.flatMap((arm) => [...intake[arm].chosen.names])), (name) => name)
  if (names.length === 0) return []
  return [{ code: 'score-chosen', names, others: scoreNames.filter((name) => !names.includes(name)) }]
}

function annotationNotices({ annotations: { added }, intake, sheet }: Counted): Notice[] {
  const outputs = (what: 'graded' | 'stated' | 'labelled') => perArm((arm) => added[arm][what])
  const notices: Notice[] = [
    { code: 'labelled', outputs: outputs('labelled') },
    { code: 'graded', outputs: outputs('graded') },
    { code: 'confidence-from-text', outputs: outputs('stated') },
  ]
  const rows = sheet?.labels.unmatched().count ?? 0
  const columns = sheet?.labels.ignoredColumns ?? []
  return [
    ...logprobNotices(intake),
    ...notices.filter((notice) => 'outputs' in notice && notice.outputs.baseline + notice.outputs.tuned > 0),
    ...(rows + columns.length === 0 ? [] : [{ code: 'labels-unused', rows, columns } as const]),
  ]
}

function logprobNotices(intake: PerArm<Intake>): Notice[] {
  return LOGPROB_READINGS.flatMap((reading) => {
    const outputs = perArm((arm) => intake[arm].logprobReadings.get(reading) ?? 0)
    return outputs.baseline + outputs.tuned === 0 ? [] : [{ code: 'confidence-from-logprobs', reading, outputs }]
  })
}

/** Cases that are alike in both arms from this share on are said. */
const ALIKE = 0.9

/** Arms that say too much of the same, prompts that nobody compared, a score that displaces what was judged right. */
function samenessNotices(reading: Counted, { pairing, input }: Policy): Notice[] {
  const { cases, identical, withPrompts } = reading.ledger
  const over = perArm((arm) => reading.intake[arm].scoresOverCorrect)
  const source = input.scoreName === null ? (input.fields.score ?? '"score"') : `"scores"."${input.scoreName}"`
  return [
    ...(over.baseline + over.tuned === 0 ? [] : [{ code: 'score-before-correct', source, records: over } as const]),
    ...(pairing.prompts === 'ignore' || withPrompts === cases
      ? []
      : [{ code: 'prompts-not-compared', without: cases - withPrompts, cases } as const]),
    ...(sameBytes(reading)
      ? [{ code: 'same-bytes' } as const]
      : cases > 0 && identical >= ALIKE * cases
        ? [{ code: 'identical-outputs', identical, cases } as const]
        : []),
  ]
}

/** Of the scores outside their range. */
function extremes({ baseline, tuned }: PerArm<Intake>): { lowest: number; highest: number } {
  return { lowest: Math.min(baseline.lowest, tuned.lowest), highest: Math.max(baseline.highest, tuned.highest) }
}

function aliasNotices(intake: PerArm<Intake>): Notice[] {
  const keys = new Set(ARMS.flatMap((arm) => [...intake[arm].aliases.keys()]))
  return sortedBy(keys, (key) => key).map((key) => {
    const [field = '', name = ''] = key.split('\t')
    return { code: 'alias', field, name, records: perArm((arm) => intake[arm].aliases.get(key) ?? 0) }
  })
}

/** Two models of one log share its bytes, not their outputs. */
export function sameBytes({ inputs, rules }: Counted): boolean {
  const { baseline, tuned } = rules.policy.input.providers
  if (baseline !== tuned) return false
  const digests = perArm((arm) => inputs[arm].map(({ sha256 }) => sha256))
  return digests.baseline.every((digest) => digest !== null) && String(digests.baseline) === String(digests.tuned)
}

function locationsOf(examples: readonly KeptExample[], arm: Arm): Location[] {
  const locations = new Map<string, Location>()
  for (const { example, places } of examples) {
    const { task, id, samples } = example
    locations.set(JSON.stringify([task, id, samples[arm]]), { task, id, sample: samples[arm], ...places[arm] })
  }
  return [...locations.values()].sort(
    (a, b) => byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id) || a.sample - b.sample,
  )
}
