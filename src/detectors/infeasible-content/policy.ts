import { compileObjective } from './objective.js'
import type { Options } from './options.js'
import type { Feasibility } from './outcome.js'
import { compileRule } from './rule.js'
import { compileStructure } from './structure.js'

/** Whether the options say anything about what is feasible. */
export function isDeclared({ structure, rules = [], verifier }: Options): boolean {
  return structure !== undefined || rules.length > 0 || verifier !== undefined
}

export function compileFeasibility({ structure, rules = [], verifier, objective }: Options): Feasibility {
  return {
    structure: structure === undefined ? null : compileStructure(structure),
    rules: rules.map(compileRule),
    verifies: verifier !== undefined,
    objective: objective === undefined ? null : compileObjective(objective),
  }
}
