import { createHash } from 'node:crypto'
import type { Raw } from '../../domain/record.js'
import { fieldOf } from '../fields.js'
import type { RawRecord } from '../formats/format.js'
import { asObject, asText } from '../formats/values.js'
import { canonicalJson } from '../json.js'
import type { Reading } from '../reading.js'
import { EVERY_EVAL_EVER_VERSION } from './every-eval-ever-schema.js'
import type { Writer, WritingContext } from './writer.js'

/**
 * Every Eval Ever, instance level: a row for each sample and metric. What the schema has no field for (sample number,
 * split, confidence, settings) stands in `metadata`, whose values are text. A record that only says something about
 * outputs elsewhere in its log has an empty list of outputs. Rows left out of the log are not spoken of.
 */
export const everyEvalEver: Writer = {
  id: 'every-eval-ever',
  title: 'Every Eval Ever, instance level',
  lines: (record, reading, context) => {
    const row = rowOf(record, reading, context)
    return metricsOf(record, context).map(({ name, score }) => ({
      ...row,
      ...(name === null ? {} : { evaluation_result_id: name }),
      evaluation: { score, is_correct: reading.sample.correct },
    }))
  },
  end: () => [],
}

interface Metric {
  /** Null for the score of a log that names none. */
  readonly name: string | null
  readonly score: number | null
}

/** Each score of a record; one that is not known where it has none. */
function metricsOf({ raw }: RawRecord, { fields }: WritingContext): readonly Metric[] {
  const plain = numberOf(fieldOf(raw, 'score', fields, null))
  const scores = Object.entries(asObject(fieldOf(raw, 'scores', fields, null)) ?? {})
  const named = scores.map(([name, score]) => ({ name, score: numberOf(score) }))
  return plain === null && named.length > 0 ? named : [{ name: null, score: plain }, ...named]
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null
}

function rowOf(record: RawRecord, reading: Reading, context: WritingContext): Raw {
  const { raw, part } = record
  const { sample } = reading
  const model = asText(raw.model) ?? 'unknown'
  const input = { raw: textOf(sample.prompt) ?? '', reference: referencesOf(sample.reference) }
  return {
    schema_version: EVERY_EVAL_EVER_VERSION,
    evaluation_id: `${reading.task}/${model}`,
    model_id: model,
    evaluation_name: reading.task,
    sample_id: reading.id,
    sample_hash: createHash('sha256').update(input.raw).update(input.reference.join('')).digest('hex'),
    interaction_type: 'single_turn',
    input,
    output: { raw: part?.partial === true ? [] : [sample.output] },
    messages: null,
    answer_attribution: attributionOf(record),
    ...tokenUsage(raw),
    error: sample.failed === 'error' ? (textOf(fieldOf(raw, 'error', context.fields, null)) ?? 'error') : null,
    metadata: metadataOf(record, reading, context),
  }
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : canonicalJson(value)
}

function referencesOf(reference: unknown): string[] {
  const all = Array.isArray(reference) ? reference : [reference]
  return all.flatMap((one) => textOf(one) ?? [])
}

/** What the harness took from the output, by the name of its filter. */
function attributionOf({ raw, part }: RawRecord): readonly object[] {
  const extracted = asText(raw.extracted)
  if (extracted === null) return []
  const method = part?.rank ?? 'unknown'
  return [
    {
      turn_idx: 0,
      source: 'output.raw',
      extracted_value: extracted,
      extraction_method: method,
      is_terminal: true,
    },
  ]
}

function tokenUsage({ input_tokens: read, output_tokens: written }: Raw): Raw {
  if (!isCount(read) || !isCount(written)) return {}
  return { token_usage: { input_tokens: read, output_tokens: written, total_tokens: read + written } }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function metadataOf({ raw, part, mapped }: RawRecord, reading: Reading, { fields, unfinished }: WritingContext): Raw {
  const { number, cluster, domain, tags, sample } = reading
  const meta = asObject(fieldOf(raw, 'meta', fields, null))
  const all = {
    sample: number,
    part: part?.rank,
    cluster,
    domain,
    tags: tags.length === 0 ? null : tags,
    split: raw.split,
    provider: mapped ? raw.provider : null,
    confidence: sample.confidence,
    finish_reason: raw.finish_reason,
    settings: meta,
    verification: asObject(fieldOf(raw, 'verification', fields, null)),
    unfinished,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => {
      const text = textOf(value)
      return text === null ? [] : [[name, text]]
    }),
  )
}
