import { compilePattern, type Pattern, PatternError } from '../../text/pattern.js'
import { type Frame, spend, spendText, Unevaluable } from './rule-frame.js'
import { textOf } from './rule-values.js'

/** matches(text, pattern): anywhere in the text. extract(text, pattern): the first group of the first match, or the match. */
export const PATTERN_FUNCTIONS = {
  matches: {
    arity: [2, 2],
    returns: 'bool',
    known: ['method'],
    prepare: (stated: string | null) => applied(stated, (pattern, text) => pattern.test(text)),
  },
  extract: {
    arity: [2, 2],
    returns: 'string',
    prepare: (stated: string | null) => applied(stated, extract),
  },
} as const

type Use = (pattern: Pattern, text: string, site: string) => unknown

function applied(stated: string | null, use: Use) {
  const patternOf = stated === null ? dynamicPattern() : constantly(compilePattern(stated))
  return ([value, source]: readonly unknown[], frame: Frame, site: string) => {
    const text = textOf(value, site)
    const pattern = patternOf(source, site)
    spendText(frame, text.length)
    if (stated === null) spend(frame, Math.ceil((text.length * pattern.size) / PER_STEP))
    return use(pattern, text, site)
  }
}

/** What a pattern from the data does at worst, of its instructions times the text, in the time of one step. */
const PER_STEP = 32

function extract(pattern: Pattern, text: string, site: string): string {
  const match = pattern.find(text)
  if (match === null) throw new Unevaluable(`${site}: the pattern does not match`)
  const found = match.groups.length === 0 ? match.text : match.groups[0]
  if (typeof found === 'string') return found
  throw new Unevaluable(`${site}: the pattern's group takes no part in the match`)
}

function constantly(pattern: Pattern) {
  return () => pattern
}

/** Compiled patterns that one call keeps; the oldest goes first. */
const KEPT = 64
/** A pattern from the data is hostile until shown otherwise: its program may be a thousand times as long as it is. */
const LONGEST = 1000

/** For a pattern that the expression computes, such as one that stands in the record. */
function dynamicPattern() {
  const kept = new Map<string, Pattern>()
  return (value: unknown, site: string): Pattern => {
    const source = textOf(value, site)
    const known = kept.get(source)
    if (known !== undefined) return known
    const pattern = compiled(source, site)
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(source, pattern)
    return pattern
  }
}

function compiled(source: string, site: string): Pattern {
  if (source.length > LONGEST) throw new Unevaluable(`${site}: the pattern is longer than ${LONGEST} characters`)
  try {
    return compilePattern(source)
  } catch (error) {
    if (error instanceof PatternError) throw new Unevaluable(`${site}: the pattern is invalid`)
    throw error
  }
}
