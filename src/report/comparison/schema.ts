import { STATUSES } from '../../domain/finding.js'
import { ROLES } from '../../domain/measure.js'
import { VERDICTS } from '../../domain/report.js'
import { knownChange } from '../schema.js'
import { count, list, nullable, number, record, text } from '../schema-parts.js'

const digests = list({ type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' })

const compared = record({
  path: text,
  tool: text,
  verdict: { enum: [...VERDICTS] },
  exitCode: count,
  cases: count,
  baseline: digests,
  tuned: digests,
})

const name = { detector: text, measure: text, task: nullable(text) }

const state = record({
  status: { enum: [...STATUSES] },
  role: { enum: [...ROLES] },
  decides: { type: 'boolean' },
  baseline: nullable(number),
  tuned: nullable(number),
  change: { anyOf: [{ type: 'null' }, knownChange] },
  margin: nullable(number),
  n: count,
})

/** JSON Schema (draft-07) of what `compare` prints, version 1. */
export const comparisonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit comparison, version 1',
  ...record({
    schemaVersion: { const: 1 },
    before: compared,
    after: compared,
    config: list(record({ path: text, before: {}, after: {} })),
    findings: list(record({ ...name, worse: { enum: ['higher', 'lower', null] }, before: state, after: state })),
    added: list(record(name)),
    removed: list(record(name)),
    unchanged: count,
  }),
}
