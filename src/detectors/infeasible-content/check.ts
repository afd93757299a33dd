import type { OptionFault } from '../../domain/detector.js'
import { shown } from '../../domain/printable.js'
import { PatternError } from '../../text/pattern.js'
import type { ObjectiveOptions, Options, RuleOptions, StructureOptions, VerifierOptions } from './options.js'
import { compileRule, compileValue, explainRuleError, RuleError } from './rule.js'
import { compileStructure } from './structure.js'

/** What the options' schema cannot tell. */
export function check({ structure, rules, verifier, objective }: Partial<Options>): OptionFault | null {
  return (
    (structure === undefined ? null : checkStructure(structure)) ??
    (rules === undefined ? null : checkRules(rules)) ??
    (verifier === undefined ? null : checkVerifier(verifier)) ??
    (objective === undefined ? null : checkObjective(objective))
  )
}

function checkStructure(structure: StructureOptions): OptionFault | null {
  try {
    compileStructure(structure)
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const path = error instanceof PatternError && typeof structure.from === 'object' ? ['from', 'pattern'] : ['schema']
    const what = path[0] === 'schema' ? 'the schema cannot be used' : 'the pattern cannot be used'
    return { path: ['structure', ...path], message: `structure: ${what}: ${error.message}` }
  }
}

function checkRules(rules: readonly RuleOptions[]): OptionFault | null {
  const names = new Set<string>()
  for (const [i, rule] of rules.entries()) {
    const path = ['rules', String(i)]
    if (names.has(rule.name)) return { path: [...path, 'name'], message: `two rules are named ${shown(rule.name)}.` }
    names.add(rule.name)
    const message = faultOf(rule.expression, () => compileRule(rule))
    if (message !== null) return { path: [...path, 'expression'], message: `rule ${shown(rule.name)}: ${message}` }
  }
  return null
}

function checkObjective({ value, best }: ObjectiveOptions): OptionFault | null {
  for (const [key, expression] of Object.entries({ value, best })) {
    if (expression === undefined) continue
    const message = faultOf(expression, () => compileValue(expression))
    if (message !== null) return { path: ['objective', key], message: `objective.${key}: ${message}` }
  }
  return null
}

/** The error's message with the expression and a caret under the place; null where it compiles. */
function faultOf(expression: string, compile: () => unknown): string | null {
  try {
    compile()
    return null
  } catch (error) {
    if (error instanceof RuleError) return explainRuleError(expression, error)
    throw error
  }
}

function checkVerifier({ module, command }: VerifierOptions): OptionFault | null {
  if ((module === undefined) !== (command === undefined)) return null
  return { path: ['verifier'], message: 'verifier: give one of module and command.' }
}
