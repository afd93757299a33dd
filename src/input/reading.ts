import type { Field } from '../domain/fields.js'
import { murmurHex } from '../domain/hash.js'
import { type Policy, readsLogprobs } from '../domain/policy.js'
import type { Raw, Sample } from '../domain/record.js'
import type { ReadingContext, ReadingRules } from './context.js'
import { type FieldMap, fieldOf } from './fields.js'
import type { RawRecord } from './formats/format.js'
import type { Part } from './formats/log-format.js'
import { kindOf } from './intake.js'
import { BadLine, canonicalJson } from './json.js'
import type { Span } from './lines.js'
import { fieldMissing } from './missing-field.js'
import { type CanonicalRecord, checkRecord } from './record-schema.js'
import { settingsOf, withFileSettings } from './settings.js'
import { domainOf, tagsOf } from './tags.js'
import { Unknowns, valuesOf } from './values.js'
import { verificationOf } from './verification.js'

/** A record as pairing needs it: the sample has no number yet where repeats are numbered by hash. */
export interface Reading {
  /** Unambiguous for (task, id). */
  readonly key: string
  readonly task: string
  readonly id: string
  readonly cluster: string | null
  readonly tags: readonly string[]
  readonly domain: string | null
  /** Canonical text of the prompt. */
  readonly prompt: string | null
  readonly number: number | null
  /** Hash of the record's text, by which repeats without a number are ordered; '' where repeats are not declared. */
  readonly order: string
  /** Numbered 0 where the record has no number. */
  readonly sample: Sample
  readonly span: Span
  /** Set where several rows of a log make one sample. */
  readonly part: Part | null
}

/**
 * A reading of one record; null for a task that is not selected. Throws BadLine for a value that cannot be read,
 * AuditError for one that no tolerance of bad lines may hide.
 */
export function readRecord(source: RawRecord, rules: ReadingRules, context: ReadingContext): Reading | null {
  const { raw, nonFinite, span, part = null, score = null } = source
  const record = canonical(raw, rules.fields, context)
  const unknown = new Unknowns(nonFinite)
  const task = nameOf(record.task) ?? 'default'
  if (!rules.isSelected(task)) {
    context.arm?.tasks.add(task)
    if (context.file !== null) context.file.otherTasks++
    return null
  }
  const id = idOf(record, raw, rules.fields, context)
  const output = part?.partial === true ? partialOutput(record) : outputOf(record, raw, rules.fields, context)
  countRecord(source, task, context)
  const reading = {
    key: keyOf(task, id),
    task,
    id,
    cluster: nameOf(record.cluster),
    tags: tagsOf(record.tags),
    domain: domainOf(record.domain),
    prompt: promptText(record.prompt),
    number: record.sample ?? null,
    order: rules.policy.pairing.repeats ? (source.order ?? textOrder(source.text)) : '',
    sample: {
      number: record.sample ?? 0,
      ...output,
      ...valuesOf(record, { rules, raw, task, unknown, context, mapped: score }),
      prompt: record.prompt ?? undefined,
      reference: record.reference ?? undefined,
      embedding: embeddingOf(record),
      verification: verificationOf(record.verification),
      settings: withFileSettings(settingsOf(record.meta), source.settings ?? []),
      raw,
      place: context.place,
    },
    span,
    part,
  }
  if (context.file !== null) context.file.unknownNumbers += unknown.count
  if (context.arm !== null) context.arm.unknownNumbers += unknown.count
  return reading
}

/** By which repeats without a number are put in order, from a record's text. */
export function textOrder(text: string): string {
  return murmurHex(text.trimEnd())
}

/** A task name with a NUL in it is told apart by a key that holds none. */
function keyOf(task: string, id: string): string {
  return task.includes('\u0000') ? JSON.stringify([task, id]) : `${task}\u0000${id}`
}

/** Canonical fields that something looks at; others are listed as columns not used. */
export const READ_FIELDS = [
  'id',
  'output',
  'task',
  'cluster',
  'prompt',
  'reference',
  'correct',
  'score',
  'scores',
  'confidence',
  'sample',
  'error',
  'embedding',
  'meta',
  'tags',
  'domain',
  'verification',
] as const satisfies readonly Field[]

/** With those that the policy asks for. */
export function readFields(policy: Policy): readonly Field[] {
  return readsLogprobs(policy) ? [...READ_FIELDS, 'logprobs'] : READ_FIELDS
}

function canonical(raw: Raw, map: FieldMap, context: ReadingContext): CanonicalRecord {
  const { arm } = context
  return checkRecord({
    id: fieldOf(raw, 'id', map, arm),
    output: fieldOf(raw, 'output', map, arm),
    task: fieldOf(raw, 'task', map, arm),
    cluster: fieldOf(raw, 'cluster', map, arm),
    prompt: fieldOf(raw, 'prompt', map, arm),
    reference: fieldOf(raw, 'reference', map, arm),
    correct: fieldOf(raw, 'correct', map, arm),
    score: fieldOf(raw, 'score', map, arm),
    scores: fieldOf(raw, 'scores', map, arm),
    confidence: fieldOf(raw, 'confidence', map, arm),
    sample: fieldOf(raw, 'sample', map, arm),
    error: fieldOf(raw, 'error', map, arm),
    embedding: fieldOf(raw, 'embedding', map, arm),
    meta: fieldOf(raw, 'meta', map, arm),
    tags: fieldOf(raw, 'tags', map, arm),
    domain: fieldOf(raw, 'domain', map, arm),
    verification: fieldOf(raw, 'verification', map, arm),
  } satisfies Record<(typeof READ_FIELDS)[number], unknown>)
}

/** Longer names are told apart by their beginning. */
const LONGEST_MODEL_NAME = 200

function countRecord({ raw, mapped }: RawRecord, task: string, { arm, file }: ReadingContext): void {
  if (arm === null || file === null) return
  arm.records++
  file.records++
  arm.tasks.add(task)
  if (typeof raw.model === 'string') arm.models.add(raw.model.slice(0, LONGEST_MODEL_NAME))
  for (const key in raw) {
    if (raw[key] === null || raw[key] === undefined || (mapped && key === 'row')) continue
    arm.columns.add(key, kindOf(raw[key]))
  }
}

function nameOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

function idOf(record: CanonicalRecord, raw: Raw, map: FieldMap, context: ReadingContext): string {
  const id = nameOf(record.id)
  if (typeof record.id === 'number' && Math.abs(record.id) > Number.MAX_SAFE_INTEGER) {
    throw new BadLine(`the id ${record.id} has more digits than a JSON number keeps`, 'Write it as a string.')
  }
  if (id !== null) return id
  const prompt = promptText(record.prompt)
  if (prompt === null) throw fieldMissing(['id', 'prompt'], raw, map, context.place)
  if (context.arm !== null) {
    context.arm.withoutId++
    context.arm.firstWithoutId ??= context.place
  }
  return `prompt:${murmurHex(prompt)}`
}

function promptText(prompt: CanonicalRecord['prompt']): string | null {
  if (prompt === null || prompt === undefined) return null
  return typeof prompt === 'string' ? prompt : canonicalJson(prompt)
}

/** Throws BadLine for what is no direction: without numbers, with a number that is not finite, or of zeros. */
function embeddingOf({ embedding }: CanonicalRecord): readonly number[] | null {
  if (embedding === undefined || embedding === null) return null
  if (embedding.every(Number.isFinite) && embedding.some((x) => x !== 0)) return embedding
  throw new BadLine(
    '"embedding" is no vector',
    'It must be a list of finite numbers, not all 0; leave it out elsewhere.',
  )
}

type Output = Pick<Sample, 'output' | 'failed'>

/** A row that says something about an output without holding it. */
function partialOutput({ error }: CanonicalRecord): Output {
  return { output: '', failed: isError(error) ? 'error' : null }
}

function outputOf(record: CanonicalRecord, raw: Raw, map: FieldMap, context: ReadingContext): Output {
  const errored = isError(record.error)
  const value = record.output
  if (value === undefined && !errored) throw fieldMissing(['output'], raw, map, context.place)
  const output = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  if (errored) return { output, failed: 'error' }
  return { output, failed: /\S/.test(output) ? null : 'empty' }
}

/** Logs write null, false, 0, '' or an empty container where there was no error. */
function isError(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0
  return Boolean(error)
}
