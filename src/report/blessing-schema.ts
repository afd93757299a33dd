import { STATUSES } from '../domain/finding.js'
import { VERDICTS } from '../domain/report.js'
import { knownChange, waiver } from './schema.js'
import { count, list, nullable, number, record, text } from './schema-parts.js'

const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' }

/** JSON Schema (draft-07) of what `bless` writes, version 1. */
export const blessingSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit blessing, version 1',
  ...record({
    schemaVersion: { const: 1 },
    owner: text,
    reason: text,
    report: digest,
    verdict: { enum: VERDICTS.filter((verdict) => verdict !== 'error') },
    outputs: { ...list(digest), minItems: 1 },
    cases: count,
    findings: list(
      record({
        detector: text,
        measure: text,
        task: nullable(text),
        status: { enum: [...STATUSES] },
        baseline: nullable(number),
        tuned: nullable(number),
        change: { anyOf: [{ type: 'null' }, knownChange] },
        margin: nullable(number),
        waiver,
      }),
    ),
  }),
}
