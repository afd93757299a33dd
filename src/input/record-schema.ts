import { shown } from '../domain/printable.js'
import { BadLine } from './json.js'
import { compileOwn } from './own-schema.js'

/** A record's canonical fields after mapping, null meaning unknown. */
export interface CanonicalRecord {
  readonly id?: string | number | null
  readonly output?: unknown
  readonly task?: string | number | null
  readonly cluster?: string | number | null
  readonly prompt?: string | readonly unknown[] | object | null
  readonly reference?: unknown
  readonly correct?: boolean | 0 | 1 | null
  readonly score?: number | boolean | null
  readonly scores?: Readonly<Record<string, number | boolean | null>> | null
  readonly confidence?: number | null
  readonly sample?: number | null
  readonly error?: unknown
  readonly embedding?: readonly number[] | null
  /** Settings where it is an object; anything else says nothing. */
  readonly meta?: unknown
  readonly tags?: unknown
  readonly domain?: unknown
  /** A verdict where it has the shape of one; anything else says nothing. */
  readonly verification?: unknown
}

const MUST_BE: Readonly<Record<string, string>> = {
  id: 'a string or a number',
  task: 'a string or a number',
  cluster: 'a string or a number',
  prompt: 'a string or a list of messages',
  correct: 'true, false, 0 or 1',
  score: 'a number',
  scores: 'an object of numbers',
  confidence: 'a number',
  sample: 'a whole number from 0',
  embedding: 'a list of numbers',
}

export const RECORD_SCHEMA = {
  type: 'object',
  properties: {
    id: { type: ['string', 'number', 'null'] },
    task: { type: ['string', 'number', 'null'] },
    cluster: { type: ['string', 'number', 'null'] },
    prompt: { type: ['string', 'array', 'object', 'null'] },
    correct: { enum: [true, false, 0, 1, null] },
    score: { type: ['number', 'boolean', 'null'] },
    scores: { type: ['object', 'null'], additionalProperties: { type: ['number', 'boolean', 'null'] } },
    confidence: { type: ['number', 'null'] },
    embedding: { type: ['array', 'null'] },
    sample: { type: ['integer', 'null'], minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  },
}

const validate = compileOwn<CanonicalRecord>(RECORD_SCHEMA, { strictNumbers: false, verbose: true })

/** Throws BadLine, with the value seen, where a field has a type that cannot be read. */
export function checkRecord(record: object): CanonicalRecord {
  if (validate(record)) return record
  const { instancePath = '', data: value } = validate.errors?.[0] ?? {}
  const [field = '', ...inner] = instancePath.split('/').slice(1)
  throw new BadLine(
    `${shown([field, ...inner].join('/'))} is ${shown(value)}`,
    `It must be ${MUST_BE[field] ?? 'of another type'}; map another field with --fields.`,
  )
}
