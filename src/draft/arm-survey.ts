import type { ArmSurvey, ColumnShare } from '../domain/draft.js'
import { ALIASES, FIELDS } from '../domain/fields.js'
import { sortedBy } from '../domain/order.js'
import type { InputFile } from '../domain/report.js'
import type { Survey } from './survey.js'

/** Columns of one arm, by name. */
export interface Columns {
  readonly names: readonly string[]
  readonly share: (name: string) => number
  readonly kind: (name: string) => string
}

export interface Counted {
  readonly files: readonly InputFile[]
  readonly columns: Columns
  readonly scoreNames: readonly string[]
  readonly beyond: ArmSurvey['beyond']
  /** Columns that a field is mapped to, and so in use. */
  readonly mapped: readonly string[]
}

export function armSurvey(survey: Survey, { files, columns, scoreNames, beyond, mapped }: Counted): ArmSurvey {
  const { results } = survey
  const sum = (of: (one: (typeof results)[number]) => number) => results.reduce((total, one) => total + of(one), 0)
  const lacks = {
    correct: results.every((one) => one.survey.scored === 0),
    confidence: results.every((one) => one.survey.confident === 0),
    logprobs: results.every((one) => one.survey.confident === 0),
  }
  return {
    files,
    cases: sum((one) => one.survey.cases),
    outputs: sum((one) => one.survey.outputs),
    mostSamples: Math.max(0, ...results.map(({ counts }) => counts.mostSamples)),
    failed: sum(({ counts }) => counts.failed),
    tasks: results.map((one) => one.survey),
    scoreNames,
    costs: COSTS.flatMap((name) => (columns.share(name) === 0 ? [] : [{ name, share: columns.share(name) }])),
    unused: unusedColumns(columns, mapped).filter(({ field }) => lacks[field]),
    beyond,
  }
}

const COSTS = ['cost', 'tokens', 'input_tokens', 'output_tokens', 'latency']

const KNOWN: ReadonlySet<string> = new Set(FIELDS.flatMap((field) => [field, ...ALIASES[field]]))

const CONFIDENCE_LIKE = /conf|prob|cert|sure|(?:^|_)p(?:_|$)/i

/** Which columns could be a field that they are not read as. */
function unusedColumns(columns: Columns, mapped: readonly string[]): ArmSurvey['unused'] {
  return sortedBy(columns.names, (name) => name).flatMap((name) => {
    const field = fieldLike(name, columns.kind(name))
    const free = name === 'logprobs' || name === 'token_logprobs' || !(KNOWN.has(name) || mapped.includes(name))
    const column: ColumnShare = { name, share: columns.share(name) }
    return field === null || !free ? [] : [{ ...column, field }]
  })
}

function fieldLike(name: string, kind: string): ArmSurvey['unused'][number]['field'] | null {
  if (kind === 'boolean') return 'correct'
  if (kind === 'share' && CONFIDENCE_LIKE.test(name)) return 'confidence'
  return kind === 'logprobs' ? 'logprobs' : null
}
