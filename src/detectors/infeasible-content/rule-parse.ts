import { TypeError as CheckError, Environment, ParseError, type ParseResult } from '@marcbachmann/cel-js'
import { printable } from '../../domain/printable.js'
import { RuleError } from './rule-error.js'
import { FUNCTIONS } from './rule-functions.js'

export const VARIABLES = ['input', 'output', 'reference', 'record'] as const

/** Nodes of an expression: what a person writes has some dozens. It bounds the recursion over the tree. */
const MOST_NODES = 1000
const LONGEST = 20_000

/** Throws RuleError. */
export function parseExpression(expression: string): ParseResult {
  if (expression.length > LONGEST)
    throw new RuleError(`the expression is longer than ${LONGEST} characters. Split the rule.`, null)
  try {
    return environment().parse(expression)
  } catch (error) {
    // The parser bounds most nesting, yet not that of `!` and `-`.
    if (error instanceof RangeError) throw new RuleError('the expression nests too deeply. Split the rule.', null)
    if (error instanceof ParseError) throw syntaxError(expression, error)
    throw error
  }
}

/**
 * What the expression is seen to give before any record is read: a CEL type; `dyn` where the data decides. Throws
 * RuleError for operations that no data can make sense of.
 */
export function checkTypes(parsed: ParseResult): string {
  const { type, error } = parsed.check()
  if (type !== undefined) return type
  if (error instanceof CheckError && FAULTS.has(error.code) && !mixesNumbers(error)) throw typeError(error)
  return 'dyn'
}

/** To the checker `[1]` and `[2.5]` are of different types; here there is one kind of number. */
function mixesNumbers({ summary }: CheckError): boolean {
  return /\bint\b/.test(summary) && /\bdouble\b/.test(summary)
}

/** The checker also refuses what is no fault where all numbers are doubles, such as `c ? 1 : 0.5`. */
const FAULTS: ReadonlySet<string> = new Set([
  'no_such_overload',
  'no_matching_overload',
  'invalid_logical_operand',
  'invalid_condition_type',
  'invalid_comprehension_range',
  'cannot_index_type',
])

/** Tells the type checker of our variables, functions and the one kind of number. Only parsing and checking are its task. */
function environment(): Environment {
  const made = new Environment({ homogeneousAggregateLiterals: false, limits: { maxAstNodes: MOST_NODES } })
  for (const name of VARIABLES) made.registerVariable(name, 'dyn')
  for (const signature of signatures()) made.registerFunction(signature, uncalled)
  for (const op of ['+', '-', '*', '/', '%']) {
    made.registerOperator(`int ${op} double: double`, uncalled)
    made.registerOperator(`double ${op} int: double`, uncalled)
  }
  made.registerOperator('double % double: double', uncalled)
  return made.registerOperator('int == double: bool', uncalled)
}

function signatures(): string[] {
  return [...FUNCTIONS].flatMap(
    ([
      name,
      {
        arity: [fewest, most],
        returns,
        known = [],
      },
    ]) => {
      const counts = Array.from({ length: most - fewest + 1 }, (_, i) => fewest + i)
      const dyn = (count: number) => new Array(count).fill('dyn').join(', ')
      return [
        ...(known.includes('free') ? [] : counts.map((count) => `${name}(${dyn(count)}): ${returns}`)),
        ...(known.includes('method') ? [] : counts.map((count) => `dyn.${name}(${dyn(count - 1)}): ${returns}`)),
      ]
    },
  )
}

function uncalled(): never {
  throw new Error('the type checker evaluates nothing')
}

function syntaxError(expression: string, error: ParseError): RuleError {
  const offset = error.range?.start ?? null
  if (error.code === 'limit_exceeded')
    return new RuleError(`the expression is too large (${printable(error.summary)}). Split the rule.`, offset)
  const summary = error.summary.endsWith('EOF') ? 'the expression ends too early' : lowered(error.summary)
  const hint = offset === null ? undefined : HINTS.find(({ of }) => of(expression, offset))?.hint
  return new RuleError(`${summary}.${hint === undefined ? '' : ` ${hint}`}`, offset)
}

function lowered(summary: string): string {
  return printable(summary.charAt(0).toLowerCase() + summary.slice(1))
}

/** What other languages write where CEL stops reading. */
const HINTS: readonly { readonly of: (expression: string, at: number) => boolean; readonly hint: string }[] = [
  { of: (text, at) => /^and\b/i.test(text.slice(at)), hint: 'Write && for "and".' },
  { of: (text, at) => /^or\b/i.test(text.slice(at)), hint: 'Write || for "or".' },
  { of: (text, at) => /\bnot\s+$/i.test(text.slice(0, at)), hint: 'Write ! for "not".' },
  { of: (text, at) => text[at] === '=', hint: 'Write == to compare.' },
  { of: (text, at) => text.slice(at - 1, at + 1) === '<>', hint: 'Write != for "is not".' },
]

function typeError(error: CheckError): RuleError {
  const what = error.summary
    .replace(/^no such overload: /, 'no such operation: ')
    .replace(/^found no matching overload for /, 'these arguments do not fit: ')
    .replace(/\bdyn\b/g, 'any')
  return new RuleError(`${lowered(what)}.`, error.range?.start ?? null)
}
