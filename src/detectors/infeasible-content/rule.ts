import type { ASTNode } from '@marcbachmann/cel-js'
import { type Comparison, compareNumbers, compareValues, type Tolerance, violationOf } from './rule-compare.js'
import { compileNode, condition, isComparison } from './rule-compile.js'
import { RuleError } from './rule-error.js'
import { type Frame, Unevaluable, WORK } from './rule-frame.js'
import { checkTypes, parseExpression } from './rule-parse.js'
import { rootScope, type Scope, siteOf } from './rule-scope.js'
import { isNumber } from './rule-values.js'

export type { Tolerance } from './rule-compare.js'
export { explainRuleError, RuleError } from './rule-error.js'

export interface RuleSpec {
  readonly name: string
  /** CEL over input, output, reference and record; gives true or false. */
  readonly expression: string
  /** Only where the whole expression is one comparison. What is not given is 0. */
  readonly tolerance?: Partial<Tolerance>
  /** What the size of a violation is divided by. Default 1. */
  readonly scale?: number
}

/** JSON values; undefined where a record has none. */
export interface RuleVariables {
  readonly input: unknown
  readonly output: unknown
  readonly reference: unknown
  readonly record: unknown
}

export interface Rule {
  readonly name: string
  /** Whether the whole expression is one ==. */
  readonly isEquality: boolean
  /** As declared; null where nothing is. */
  readonly tolerance: Tolerance | null
  /** Never throws for JSON values. */
  evaluate(variables: RuleVariables): RuleOutcome
}

export type RuleOutcome =
  | { readonly kind: 'held' }
  /** `amount` ≥ 0: see violationOf, divided by the scale; null where the rule is no numeric comparison. */
  | { readonly kind: 'violated'; readonly amount: number | null }
  /** `why` names the part of the expression and never shows the record. */
  | { readonly kind: 'unevaluable'; readonly why: string }

/** Throws RuleError. */
export function compileRule(spec: RuleSpec): Rule {
  const tolerance = toleranceOf(spec)
  const scale = scaleOf(spec)
  const parsed = parseExpression(spec.expression)
  const scope = rootScope()
  const judge = judgeOf(parsed.ast, scope, tolerance)
  const type = checkTypes(parsed)
  if (type !== 'bool' && type !== 'dyn') throw new RuleError(`a rule gives true or false; this one gives ${type}.`, 0)
  if (scope.read.size === 0) throw new RuleError('the rule reads no variable, so it says the same of every output.', 0)
  return {
    name: spec.name,
    isEquality: parsed.ast.op === '==',
    tolerance,
    evaluate: (variables) => outcomeOf(judge, variables, scale),
  }
}

/** A number computed from a record; null where it cannot be. Throws RuleError. */
export function compileValue(expression: string): (variables: RuleVariables) => number | null {
  const parsed = parseExpression(expression)
  const value = compileNode(parsed.ast, rootScope())
  const type = checkTypes(parsed)
  if (!NUMBERS.has(type)) throw new RuleError(`needed is a number; this gives ${type}.`, 0)
  return (variables) => {
    const found = evaluated(value, variables)
    return isNumber(found) ? found : null
  }
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'double', 'dyn'])

function toleranceOf({ tolerance }: RuleSpec): Tolerance | null {
  if (tolerance === undefined) return null
  const { absolute = 0, relative = 0 } = tolerance
  if (!(Number.isFinite(absolute) && absolute >= 0)) throw new RuleError('tolerance.absolute is a number ≥ 0.', null)
  if (!(relative >= 0 && relative < 1))
    throw new RuleError('tolerance.relative is a share from 0 to below 1: 0.05 for 5 %.', null)
  return { absolute, relative }
}

function scaleOf({ scale = 1 }: RuleSpec): number {
  if (Number.isFinite(scale) && scale > 0) return scale
  throw new RuleError('scale is a number above 0.', null)
}

type Verdict = { readonly holds: boolean; readonly violation: number | null }
type Judge = (frame: Frame) => Verdict

const HOLDS: Verdict = { holds: true, violation: null }
const FAILS: Verdict = { holds: false, violation: null }

function judgeOf(root: ASTNode, scope: Scope, tolerance: Tolerance | null): Judge {
  if (isComparison(root)) {
    const sides = [compileNode(root.args[0], scope), compileNode(root.args[1], scope)] as const
    const site = siteOf(root)
    return (frame) => compared(root.op, [sides[0](frame), sides[1](frame)], { tolerance, frame, site })
  }
  if (tolerance !== null)
    throw new RuleError(
      'a tolerance needs a rule that is one comparison (a == b, a <= b). Split the rule, or write abs(a - b) <= 0.01.',
      root.start,
    )
  const holds = condition(root, scope)
  return (frame) => (holds(frame) ? HOLDS : FAILS)
}

interface Circumstances {
  readonly tolerance: Tolerance | null
  readonly frame: Frame
  readonly site: string
}

/** Sides that are not both numbers are compared as CEL does, without a tolerance. */
function compared(
  op: Comparison,
  sides: readonly [unknown, unknown],
  { tolerance, frame, site }: Circumstances,
): Verdict {
  const [a, b] = sides
  if (!isNumber(a) || !isNumber(b)) return compareValues(op, a, b, frame, site) ? HOLDS : FAILS
  if (compareNumbers(op, a, b, tolerance)) return HOLDS
  return { holds: false, violation: violationOf(op, a, b) }
}

function outcomeOf(judge: Judge, variables: RuleVariables, scale: number): RuleOutcome {
  const verdict = evaluated(judge, variables)
  if (verdict instanceof Unevaluable) return { kind: 'unevaluable', why: verdict.why }
  if (verdict.holds) return { kind: 'held' }
  const amount = verdict.violation === null ? null : verdict.violation / scale
  return { kind: 'violated', amount: isNumber(amount) ? amount : null }
}

/** Every value that an expression may meet is JSON: what else is thrown is a bug, and thrown on. */
function evaluated<Value>(part: (frame: Frame) => Value, variables: RuleVariables): Value | Unevaluable {
  const { input, output, reference, record } = variables
  try {
    return part({ values: [input, output, reference, record], left: WORK })
  } catch (error) {
    if (error instanceof Unevaluable) return error
    if (error instanceof RangeError) return new Unevaluable('a value is nested too deeply or too large')
    throw error
  }
}
