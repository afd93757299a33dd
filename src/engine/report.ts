import type { Evaluation } from '../audit/evaluate.js'
import type { KeptExample } from '../audit/examples.js'
import type { Judgement } from '../audit/verdict.js'
import type { Field } from '../domain/fields.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { FieldCoverage, Location, Notice, Report } from '../domain/report.js'
import { Ledger } from '../input/case-builder.js'
import { keysOf } from '../input/fields.js'
import { type Intake, KIND } from '../input/intake.js'
import { READ_FIELDS } from '../input/reading.js'
import type { Reading } from './reading.js'

export type Draft = Omit<Report, 'verdict' | 'exitCode' | 'reason' | 'findings' | 'exhibits' | 'faults' | 'locations'>

/** What can be said before anything is judged; of a run that could not open its files, next to nothing. */
export function draftReport(reading: Reading | null, policy: Policy, version: string): Draft {
  return {
    schemaVersion: 1,
    tool: { name: 'tuneaudit', version },
    inputs: {
      ...perArm((arm) => reading?.files[arm].map((file) => file.summary()) ?? []),
      labels: reading === null || reading.sheet === null ? [] : [reading.sheet.file],
    },
    pairing: (reading?.ledger ?? new Ledger()).pairing(),
    fields: reading === null ? {} : coverageOf(reading),
    notices: reading === null ? [] : noticesOf(reading, policy),
    config: policy,
  }
}

export function finishReport(draft: Draft, judgement: Judgement, evaluation: Evaluation | null): Report {
  const { schemaVersion, tool, inputs, pairing, fields, notices, config } = draft
  return {
    schemaVersion,
    tool,
    ...judgement,
    inputs,
    pairing,
    fields,
    notices,
    findings: evaluation?.findings ?? [],
    exhibits: evaluation?.exhibits ?? [],
    faults: evaluation?.faults ?? [],
    locations: perArm((arm) => locationsOf(evaluation?.examples ?? [], arm)),
    config,
  }
}

function perArm<T>(of: (arm: Arm) => T): PerArm<T> {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

function coverageOf({ intake, rules }: Reading): Record<string, FieldCoverage> {
  const used = new Set(
    READ_FIELDS.flatMap((field) =>
      keysOf(field, rules.fields).filter((key) => isUsed(field, key, intake, rules.policy)),
    ),
  )
  const names = new Set(ARMS.flatMap((arm) => intake[arm].columns.names))
  return Object.fromEntries(
    sortedBy(names, (name) => name).map((name) => {
      const share = (arm: Arm) => intake[arm].columns.times(name) / Math.max(1, intake[arm].records)
      return [name, { ...perArm(share), used: used.has(name), kind: columnKind(name, intake) }]
    }),
  )
}

/** A number from 0 to 1 is a number too. */
function columnKind(name: string, intake: PerArm<Intake>): FieldCoverage['kind'] {
  const kinds = intake.baseline.columns.kinds(name) | intake.tuned.columns.kinds(name)
  if (kinds === KIND.boolean) return 'boolean'
  if (kinds === KIND.share) return 'share'
  return (kinds & ~(KIND.share | KIND.number)) === 0 ? 'number' : 'other'
}

/** A canonical name is used wherever it stands; another name only where it served for the canonical one. */
function isUsed(field: Field, key: string, intake: PerArm<Intake>, policy: Policy): boolean {
  return (
    key === field ||
    policy.input.fields[field] !== undefined ||
    ARMS.some((arm) => intake[arm].aliases.has(`${field}\t${key}`))
  )
}

function noticesOf(reading: Reading, policy: Policy): Notice[] {
  const { intake, ledger } = reading
  const counts = (of: (arm: Intake) => number): PerArm<number> => perArm((arm) => of(intake[arm]))
  const notices: Notice[] = aliasNotices(intake)
  const some = (counted: PerArm<number>, notice: Notice) => {
    if (counted.baseline + counted.tuned > 0) notices.push(notice)
  }
  const outOfRange = counts((arm) => arm.scoresOutOfRange)
  const unknown = counts((arm) => arm.unknownNumbers)
  const bad = counts((arm) => arm.badLines)
  if (reading.ids.without > 0) notices.push({ code: 'paired-by-prompt', cases: ledger.cases })
  some(outOfRange, { code: 'score-out-of-range', records: outOfRange, ...extremes(intake) })
  some(unknown, { code: 'unknown-numbers', records: unknown })
  some(bad, { code: 'bad-lines', lines: bad })
  some(ledger.surplus, { code: 'surplus-samples', samples: { ...ledger.surplus } })
  const mismatches = ledger.pairing().promptMismatches.count
  if (mismatches > 0 && policy.pairing.prompts === 'ignore')
    notices.push({ code: 'prompts-ignored', cases: mismatches })
  notices.push(...annotationNotices(reading))
  notices.push(...likenessNotices(reading, policy))
  return notices
}

function annotationNotices({ annotator: { added }, sheet }: Reading): Notice[] {
  const outputs = (what: 'graded' | 'stated' | 'labelled') => perArm((arm) => added[arm][what])
  const notices: Notice[] = [
    { code: 'labelled', outputs: outputs('labelled') },
    { code: 'graded', outputs: outputs('graded') },
    { code: 'confidence-from-text', outputs: outputs('stated') },
  ]
  const rows = sheet?.labels.unmatched().count ?? 0
  const columns = sheet?.labels.ignoredColumns ?? []
  return [
    ...notices.filter((notice) => 'outputs' in notice && notice.outputs.baseline + notice.outputs.tuned > 0),
    ...(rows + columns.length === 0 ? [] : [{ code: 'labels-unused', rows, columns } as const]),
  ]
}

/** Cases that are alike in both arms from this share on are said. */
const ALIKE = 0.9

function likenessNotices(reading: Reading, { pairing, input }: Policy): Notice[] {
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

export function sameBytes({ files }: Reading): boolean {
  const digests = perArm((arm) => files[arm].map((file) => file.summary().sha256))
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
