import type { Raw } from '../../domain/record.js'
import { type LogFormat, recordOf } from './log-format.js'
import { messageText } from './messages.js'
import { hasKeys } from './probe.js'
import { asList, asObject, asText, at, known } from './values.js'

/**
 * Every Eval Ever, instance level, schema 0.3.0: a row for each sample and metric; rows of one sample are one record.
 * Source: arXiv 2606.14516.
 */
export const everyEvalEver: LogFormat = {
  id: 'every-eval-ever',
  tool: 'Every Eval Ever',
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['schema_version', 'evaluation_id', 'sample_id', 'interaction_type']),
  records: (row) => [recordOf(record(row), { part: { rank: metricOf(row), partial: false } })],
}

function metricOf({ evaluation_result_id: id }: Raw): string {
  return asText(id) ?? 'score'
}

function record(row: Raw): Raw {
  const { evaluation, metadata } = row
  const score = at(evaluation, 'score')
  return {
    task: row.evaluation_name,
    id: row.sample_id,
    sample: typeof at(metadata, 'sample') === 'number' ? at(metadata, 'sample') : 0,
    prompt: at(row.input, 'raw'),
    reference: firstAlone(at(row.input, 'reference')),
    output: outputOf(row),
    ...(typeof score !== 'number'
      ? {}
      : row.evaluation_result_id === undefined
        ? { score }
        : { scores: { [metricOf(row)]: score } }),
    correct: typeof at(evaluation, 'is_correct') === 'boolean' ? at(evaluation, 'is_correct') : undefined,
    confidence: at(metadata, 'confidence'),
    error: row.error,
    model: row.model_id,
    input_tokens: at(row.token_usage, 'input_tokens'),
    output_tokens: at(row.token_usage, 'output_tokens'),
    meta: known({ schema_version: row.schema_version, settings: asObject(at(metadata, 'settings')) }),
  }
}

function firstAlone(list: unknown): unknown {
  const items = asList(list)
  return items?.length === 1 ? items[0] : (items ?? undefined)
}

/** A single turn's output; of several turns the last message. */
function outputOf({ output, messages }: Raw): unknown {
  const raw = asList(at(output, 'raw'))
  if (raw !== null) return raw.length === 1 ? raw[0] : raw
  const last = asList(messages)?.at(-1)
  return last === undefined ? null : messageText(last)
}
