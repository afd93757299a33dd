import { VERDICTS } from '../../domain/report.js'
import { NULLS } from '../../domain/selftest.js'
import { inputs } from '../schema.js'
import { coded, count, list, nullable, number, record, share, text } from '../schema-parts.js'

const name = { detector: text, measure: text, task: nullable(text) }

const runShare = record({ events: count, runs: count, share, low: share, high: share })

const falseAlarms = record({
  kind: { enum: [...NULLS] },
  cases: count,
  units: count,
  splits: count,
  failed: runShare,
  verdicts: record(Object.fromEntries(VERDICTS.map((verdict) => [verdict, count]))),
  causes: list(record({ ...name, runs: count })),
})

const fault = record({
  fault: text,
  named: record(name),
  cases: count,
  task: nullable(text),
  strengths: list(record({ strength: share, harm: number, caught: runShare, predicted: share })),
  caught80: nullable(share),
  caught95: nullable(share),
  missed: list(share),
  blame: list(record({ detector: text, failed: runShare, changed: list(record(name)) })),
})

/** JSON Schema (draft-07) of what `selftest` prints, version 1. */
export const selftestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit selftest, version 1',
  ...record({
    schemaVersion: { const: 1 },
    tool: record({ name: text, version: text }),
    exitCode: count,
    reasons: list(coded),
    seed: count,
    inputs,
    alpha: share,
    falseAlarms: list(falseAlarms),
    splitLack: { anyOf: [{ type: 'null' }, coded] },
    faults: list(fault),
    lacking: list(record({ fault: text, lack: coded })),
    config: { type: 'object' },
  }),
}
