import { shown } from '../../domain/printable.js'
import type { Raw } from '../../domain/record.js'
import { type Log, type LogFormat, recordOf } from './log-format.js'
import { messageText } from './messages.js'
import { hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at, known } from './values.js'

/**
 * Every Eval Ever, instance level, schema 0.3.0: a row for each sample and metric; rows of one sample are one record.
 * `metadata` holds text only; what `tuneaudit convert` keeps there is read back. Source: arXiv 2606.14516.
 */
export const everyEvalEver: LogFormat = {
  id: 'every-eval-ever',
  tool: 'Every Eval Ever',
  reads: 'instance-level rows, one a sample and metric',
  seen: false,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['schema_version', 'evaluation_id', 'sample_id', 'interaction_type']),
  records: (row, log) => {
    requireKnown(row, log)
    requireFinished(row, log)
    const rank = `${asText(at(row.metadata, 'part')) ?? ''}\u0000${asText(row.evaluation_result_id) ?? ''}`
    return [recordOf(record(row), { part: { rank, partial: outputsOf(row)?.length === 0 } })]
  },
}

/** Fields read here are the same from 0.1 to 0.3; some files write the schema's name before its version. */
const KNOWN = /(?:^|_)0\.[123](?:\.\d+)?$/

function requireKnown({ schema_version: version }: Raw, log: Log): void {
  if (KNOWN.test(asText(version) ?? '')) return
  const what = `this is version ${shown(version)} of the Every Eval Ever schema; 0.1 to 0.3 are known`
  refuse(log, what, 'Convert it to one of these.')
}

const said = new WeakMap<Log, Set<string>>()

/** Each row of a run that is not whole says so; it is heard once. */
function requireFinished({ metadata }: Raw, log: Log): void {
  const what = asText(at(metadata, 'unfinished'))
  if (what === null) return
  const heard = said.get(log) ?? new Set()
  if (!heard.has(what)) log.unfinished(what, 'Run it to its end and convert it again.')
  said.set(log, heard.add(what))
}

function record(row: Raw): Raw {
  const { evaluation, metadata } = row
  const of = (name: string) => at(metadata, name)
  const correct = at(evaluation, 'is_correct')
  const usage = row.token_usage
  return {
    task: row.evaluation_name,
    id: row.sample_id,
    sample: numberOf(of('sample')),
    cluster: of('cluster'),
    prompt: at(row.input, 'raw') === '' ? undefined : at(row.input, 'raw'),
    reference: firstAlone(at(row.input, 'reference')),
    output: outputOf(row),
    ...scoreOf(row),
    correct: typeof correct === 'boolean' ? correct : undefined,
    confidence: numberOf(of('confidence')),
    error: row.error,
    model: row.model_id,
    provider: of('provider'),
    split: of('split'),
    domain: of('domain'),
    tags: parsedOf(of('tags')),
    finish_reason: of('finish_reason'),
    verification: parsedOf(of('verification')),
    input_tokens: at(usage, 'input_tokens'),
    output_tokens: at(usage, 'output_tokens'),
    meta: known({ schema_version: row.schema_version, ...asObject(parsedOf(of('settings'))) }),
  }
}

/** Named by the aggregate result that it is a part of, where there is one. */
function scoreOf({ evaluation, evaluation_result_id: name }: Raw): Raw {
  const value = at(evaluation, 'score')
  const score = typeof value === 'number' ? value : null
  if (typeof name === 'string') return { scores: { [name]: score } }
  return score === null ? {} : { score }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const text = asText(value)
  return text === null || text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)
}

/** Metadata is text: what was more is JSON in it. */
function parsedOf(value: unknown): unknown {
  const text = asText(value)
  if (text === null) return value
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function firstAlone(list: unknown): unknown {
  const items = asList(list)
  if (items?.length === 0) return undefined
  return items?.length === 1 ? items[0] : (items ?? undefined)
}

function outputsOf({ output }: Raw): readonly unknown[] | null {
  return asList(at(output, 'raw'))
}

/** A single turn's output; of several turns the last message. */
function outputOf(row: Raw): unknown {
  const raw = outputsOf(row)
  if (raw !== null) return raw.length === 1 ? raw[0] : raw
  const last = asList(row.messages)?.at(-1)
  return last === undefined ? null : messageText(last)
}
