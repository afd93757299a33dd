import { STATUSES } from '../../domain/finding.js'
import { VERDICTS } from '../../domain/report.js'
import { knownChange } from '../schema.js'
import { count, list, nullable, number, record, text } from '../schema-parts.js'

const index = nullable(count)

const point = record({
  tuned: nullable(number),
  change: { anyOf: [{ type: 'null' }, knownChange] },
  margin: nullable(number),
  status: { enum: [...STATUSES] },
  decides: { type: 'boolean' },
})

const series = record({
  detector: text,
  measure: text,
  task: nullable(text),
  unit: text,
  worse: { enum: ['higher', 'lower', null] },
  baseline: nullable(number),
  points: list({ anyOf: [{ type: 'null' }, point] }),
  firstFail: index,
  failsSince: index,
})

/** JSON Schema (draft-07) of what `trend` prints, version 1. */
export const trendSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit trend, version 1',
  ...record({
    schemaVersion: { const: 1 },
    reports: list(
      record({ path: text, verdict: { enum: [...VERDICTS] }, sameBaseline: { type: ['boolean', 'null'] } }),
    ),
    firstFail: index,
    series: list(series),
  }),
}
