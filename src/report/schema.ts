import { METHODS, STATUSES } from '../domain/finding.js'
import { ROLES } from '../domain/measure.js'
import { ARMS } from '../domain/record.js'
import { VERDICTS } from '../domain/report.js'
import { VERIFIER_FAULTS } from '../domain/verification.js'

const number = { type: 'number' }
const count = { type: 'integer', minimum: 0 }
const text = { type: 'string' }
const share = { type: 'number', minimum: 0, maximum: 1 }
const nullable = (schema: { type: string }) => ({ ...schema, type: [schema.type, 'null'] })
const anything = {}

/** An object with exactly these keys, all of them required. */
function record(properties: Record<string, object>): object {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function list(items: object): object {
  return { type: 'array', items }
}

function perArm(schema: object): object {
  return record({ baseline: schema, tuned: schema })
}

/** Data whose kind is told by `code`, with details that belong to it. */
const coded = { type: 'object', properties: { code: text }, required: ['code'] }

const listed = (name: object) => record({ count, first: list(name) })
const caseName = record({ task: text, id: text })
const armCaseName = record({ arm: { enum: [...ARMS] }, task: text, id: text })

const inputFile = record({
  path: text,
  sha256: { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' },
  format: text,
  records: count,
  badLines: count,
  unknownNumbers: count,
  otherTasks: count,
})

const labelFile = record({ path: text, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' }, rows: count })

const pairing = record({
  cases: count,
  identical: count,
  onlyBaseline: listed(caseName),
  onlyTuned: listed(caseName),
  promptMismatches: listed(caseName),
  duplicates: listed(armCaseName),
  errors: listed(armCaseName),
  empty: listed(armCaseName),
})

const change = {
  anyOf: [
    { type: 'null' },
    record({
      value: number,
      low: nullable(number),
      high: nullable(number),
      level: nullable(share),
      method: { enum: [...METHODS] },
    }),
  ],
}

const example = record({
  id: text,
  task: text,
  samples: perArm(count),
  code: text,
  severity: number,
  detail: nullable(text),
  excerpt: perArm(text),
})

const finding = record({
  detector: text,
  measure: text,
  task: nullable(text),
  role: { enum: [...ROLES] },
  status: { enum: [...STATUSES] },
  decides: { type: 'boolean' },
  reason: { anyOf: [{ type: 'null' }, coded] },
  unit: text,
  worse: { enum: ['higher', 'lower', null] },
  baseline: nullable(number),
  tuned: nullable(number),
  change,
  margin: nullable(number),
  n: count,
  eligible: count,
  clusters: { type: 'number', minimum: 0 },
  p: nullable(share),
  adjustedP: nullable(share),
  threshold: nullable(share),
  detectable: nullable(number),
  casesNeeded: { anyOf: [{ type: 'null' }, record({ toPass: nullable(count), toFail: nullable(count) })] },
  passChance: nullable(share),
  details: { type: 'object' },
  accept: {
    anyOf: [
      { type: 'null' },
      record({ kind: { const: 'options' }, options: { type: 'object' } }),
      record({ kind: { const: 'margin' }, margin: number }),
      record({ kind: { const: 'role' }, role: { const: 'noted' } }),
    ],
  },
  examples: list(example),
})

const crash = record({ detector: text, code: { const: 'detector-crashed' }, message: text })

const verifierFault = record({
  detector: text,
  code: { const: 'verifier' },
  fault: { enum: [...VERIFIER_FAULTS] },
  count,
  message: text,
  first: list(record({ arm: { enum: [...ARMS] }, task: text, id: text, sample: count })),
})

/** JSON Schema (draft-07) of the report, version 1: the public interface that every other output is made from. */
export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit report, version 1',
  ...record({
    schemaVersion: { const: 1 },
    tool: record({ name: text, version: text }),
    verdict: { enum: [...VERDICTS] },
    exitCode: count,
    reason: coded,
    inputs: record({ baseline: list(inputFile), tuned: list(inputFile), labels: list(labelFile) }),
    pairing,
    fields: {
      type: 'object',
      additionalProperties: record({
        baseline: share,
        tuned: share,
        used: { type: 'boolean' },
        kind: { enum: ['boolean', 'share', 'number', 'other'] },
      }),
    },
    notices: list(coded),
    findings: list(finding),
    exhibits: list(record({ detector: text, task: nullable(text), kind: text, data: anything })),
    faults: list({ anyOf: [crash, verifierFault] }),
    locations: perArm(list(record({ task: text, id: text, sample: count, file: text, line: count }))),
    config: { type: 'object' },
  }),
}
