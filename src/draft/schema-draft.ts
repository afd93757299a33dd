import { compileStructure } from '../detectors/infeasible-content/structure.js'
import type { Case } from '../domain/case.js'
import type { SchemaDraft } from '../domain/draft.js'
import type { Json } from '../domain/json.js'
import type { SchemaRules } from './schema-node.js'
import { halfOf, type TaskCounts } from './survey.js'

/**
 * What so many cases show without exception, less than 3/60 = .05 of the others break, with confidence .95 (rule of
 * three): the margin of valid-rate.
 */
export const ENOUGH_CASES = 60

/** A fifth of that margin: so much of a harmless tune's outputs may break what the baseline merely never did. */
const MOST_BROKEN = 0.01

const STRICT: SchemaRules = { cases: ENOUGH_CASES, strict: true }
const LOOSE: SchemaRules = { cases: ENOUGH_CASES, strict: false }

/**
 * The strictest schema that holds on baseline outputs it was not made from. Each half of the cases is held against what
 * the other shows, since every schema fits the outputs it was made from and only a tune would be seen to break it.
 */
export function draftSchema(counts: TaskCounts, cases: readonly Case[]): SchemaDraft {
  let heldOut = { outputs: 0, broken: 0 }
  for (const rules of [STRICT, LOOSE]) {
    heldOut = tried(counts, cases, rules)
    if (heldOut.broken <= MOST_BROKEN * heldOut.outputs) return { schema: asJson(counts.json.toSchema(rules)), heldOut }
  }
  return { schema: null, heldOut }
}

/** Half of the cases show half as much. */
function tried({ halves }: TaskCounts, cases: readonly Case[], rules: SchemaRules): SchemaDraft['heldOut'] {
  const half = { ...rules, cases: rules.cases / 2 }
  const fits = halves.map((node) => compileStructure({ schema: asJson(node.toSchema(half)) }))
  const parses = compileStructure({})
  let outputs = 0
  let broken = 0
  for (const case_ of cases) {
    const other = fits[1 - halfOf(case_)]!
    for (const sample of case_.all.baseline) {
      if (sample.failed !== null || parses(sample).kind !== 'valid') continue
      outputs++
      broken += Number(other(sample).kind !== 'valid')
    }
  }
  return { outputs, broken }
}

/** Plain data, without keys that are undefined. */
function asJson(schema: object): Json {
  return JSON.parse(JSON.stringify(schema))
}
