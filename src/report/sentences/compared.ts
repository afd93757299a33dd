import { FIELDS } from '../../domain/fields.js'
import { printable } from '../../domain/printable.js'
import type { Arm } from '../../domain/record.js'
import type { FieldCoverage, Report } from '../../domain/report.js'
import { counted, listed } from '../words.js'

/** What was compared, by which detectors, and what the records hold that nothing looked at. */
export function compared(report: Report): string[] {
  return [...measured(report), ...paired(report), ...models(report)]
}

function measured({ findings, config, fields }: Report): string[] {
  if (findings.length === 0) return hints(fields)
  const enabled = Object.entries(config.detectors).flatMap(([id, { level }]) => (level === 'off' ? [] : [id]))
  const some = enabled.filter((id) =>
    findings.some(({ detector, status }) => detector === id && status !== 'unmeasured'),
  )
  const unused = Object.entries(fields).filter(([, { used }]) => !used)
  const columns =
    unused.length === 0
      ? ''
      : `; columns not used: ${listed(
          unused.map(([name]) => printable(name)),
          8,
        )}`
  return [`${some.length} of ${counted(enabled.length, 'detector')} measured${columns}.`, ...hints(fields)]
}

const SCORE_LIKE = /score|grade|rating|reward|accura|quality|(?:^|_)(?:acc|f1|em|exact_match|bleu|rouge)(?:_|$)/i

/** Columns that could be what is missing, with the flag that would say so. */
function hints(fields: Report['fields']): string[] {
  const entries = Object.entries(fields)
  const has = (name: string) => Object.hasOwn(fields, name) && fields[name]!.used
  const free = (...kinds: FieldCoverage['kind'][]) =>
    entries.filter(([name, { used, kind, baseline, tuned }]) => {
      const known = FIELDS.some((field) => field === name)
      return !used && !known && kinds.includes(kind) && baseline > 0 && tuned > 0 && /^[\w.-]+$/.test(name)
    })
  const judged = has('correct') || has('score')
  const shares = free('share').map(([name]) => name)
  const mappings = [
    ...(judged ? [] : free('boolean').map(([name]) => `correct=/${name}`)),
    // One column is never offered for two fields: a number from 0 to 1 is a score only if it is called one.
    ...(judged ? [] : shares.filter((name) => SCORE_LIKE.test(name)).map((name) => `score=/${name}`)),
    ...(has('confidence') ? [] : shares.filter((name) => !SCORE_LIKE.test(name)).map((name) => `confidence=/${name}`)),
  ]
  return [...mappedHint(mappings), ...logprobHint(fields)]
}

function mappedHint(mappings: readonly string[]): string[] {
  if (mappings.length === 0) return []
  return [
    `If a column is what it looks like: ${mappings
      .slice(0, 3)
      .map((one) => `--fields ${one}`)
      .join(' or ')}`,
  ]
}

/** A single number a record is known by its name alone. */
const LOGPROB_LIKE = /log_?(?:prob|likelihood)|logp(?:_|$)/i

/** Where nothing says how sure the model was, and a column may. */
function logprobHint(fields: Report['fields']): string[] {
  if (Object.hasOwn(fields, 'confidence') && fields.confidence!.used) return []
  const [name] = Object.entries(fields).flatMap(([column, { used, kind }]) =>
    !used && (kind === 'logprobs' || (kind === 'number' && LOGPROB_LIKE.test(column))) ? [column] : [],
  )
  if (name === undefined) return []
  const mapping = name === 'logprobs' ? '' : `, input: {fields: {logprobs: ${printable(JSON.stringify(name))}}}`
  return [
    `${printable(name)} looks like log probabilities; confidence: {logprobs: mean}${mapping} in the config reads them as confidence.`,
  ]
}

function paired({ pairing, findings }: Report): string[] {
  const { cases, onlyBaseline, onlyTuned, errors, empty } = pairing
  const tasks = new Set(findings.flatMap(({ task }) => (task === null ? [] : [task]))).size
  const alone =
    onlyBaseline.count + onlyTuned.count === 0
      ? 'none in one arm only'
      : `${onlyBaseline.count} in the baseline only, ${onlyTuned.count} in the tuned arm only`
  return [
    `${counted(cases, 'case')} paired${tasks > 1 ? ` in ${tasks} tasks` : ''}; ${alone}.`,
    ...(errors.count + empty.count === 0
      ? []
      : [`${errors.count} outputs errored, ${empty.count} are empty; without a score they count as wrong.`]),
  ]
}

/** Which files were which arm, where any was read: the arms may have been swapped. */
export function filesOf({ inputs }: Report, arm: Arm): string | null {
  const files = inputs[arm].map(
    ({ path, records }) => `${path === '-' ? 'standard input' : printable(path)} (${records} records)`,
  )
  return files.length === 0 ? null : listed(files, 4)
}

/** Whose outputs these are, where records say it. */
function models({ inputs: { models: named } }: Report): string[] {
  const of = (arm: Arm) => {
    const { count, first } = named[arm]
    const names = first.map(({ name, records }) => `${printable(name)} (${counted(records, 'record')})`)
    return [...names, ...(count > first.length ? [`${count - first.length} more`] : [])].join(', ') || 'none'
  }
  if (named.baseline.count + named.tuned.count === 0) return []
  return [`Models named: ${of('baseline')} in the baseline; ${of('tuned')} in the tuned arm.`]
}
