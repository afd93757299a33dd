import { BASES } from '../../domain/plan.js'
import { coded, count, inputFile, list, nullable, number, perArm, record, share, text } from '../schema-parts.js'

const positive = { type: 'number', exclusiveMinimum: 0 }
const tool = record({ name: text, version: text })
const many = nullable(count)

const samples = record({
  perCase: number,
  between: number,
  within: number,
  needed: many,
  outputs: record({ moreCases: many, moreSamples: many }),
  cheaper: { enum: ['neither', 'cases', 'either', 'samples', 'none'] },
})

const measure = record({
  detector: text,
  measure: text,
  unit: { enum: ['share', 'score', 'squared-error', 'area', 'error', 'log', 'ratio'] },
  worse: { enum: ['higher', 'lower', null] },
  margin: number,
  basis: { enum: [...BASES] },
  n: many,
  clusters: nullable(number),
  deviation: number,
  tail: share,
  passChance: nullable(share),
  failChance: nullable(share),
  rulesOut: nullable(number),
  shows: nullable(number),
  casesNeeded: record({ toPass: many, toFail: many }),
  samples: { anyOf: [{ type: 'null' }, samples] },
})

const source = {
  anyOf: [
    record({
      kind: { const: 'baseline' },
      inputs: list(inputFile),
      tasks: count,
      cases: count,
      looked: count,
      samplesPerCase: number,
      churn: nullable(share),
      redrawn: share,
      flipped: nullable(share),
    }),
    record({ kind: { const: 'report' }, path: text, cases: count, tasks: count }),
    record({ kind: { const: 'rates' }, rate: share, churn: share }),
  ],
}

const common = { schemaVersion: { const: 1 }, tool }

/** JSON Schema (draft-07) of a plan, version 1. */
export const planSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit plan, version 1',
  anyOf: [
    record({
      ...common,
      kind: { const: 'measures' },
      source,
      alpha: share,
      power: share,
      passChance: nullable(share),
      measures: list(measure),
      unplanned: list(record({ detector: text, measure: text, reason: coded })),
    }),
    record({
      ...common,
      kind: { const: 'superiority' },
      omega2: number,
      sigma2: perArm(number),
      samples: perArm(count),
      delta: positive,
      alpha: share,
      power: share,
      sides: { enum: [1, 2] },
      cases: count,
    }),
  ],
}
