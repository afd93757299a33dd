import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { printable } from '../domain/printable.js'

/** A user's regular expression. Every method takes time linear in the text, whatever the pattern. */
export interface Pattern {
  readonly source: string
  /** Instructions of its program: a search takes at most about `size` steps per character. */
  readonly size: number
  /** The leftmost match; of several there, the one that a backtracking engine would find first. */
  find(text: string): Match | null
  /** Whether it matches anywhere; about ten times faster than `find`. */
  test(text: string): boolean
}

export interface Match {
  readonly text: string
  /** In UTF-16 units from 0. */
  readonly index: number
  /** The capture groups from the first; null where a group took no part. */
  readonly groups: readonly (string | null)[]
}

export class PatternError extends Error {
  /** UTF-16 units into the pattern; null where the place is not known. */
  readonly offset: number | null

  constructor(message: string, offset: number | null) {
    super(message)
    this.name = 'PatternError'
    this.offset = offset
  }
}

/**
 * Compiles RE2 syntax (github.com/google/re2/wiki/Syntax): no lookaround, no backreferences; flags stand in the pattern
 * (`(?i)`, `(?s)`, `(?m)`); `.` and classes take whole code points. Throws PatternError.
 */
export function compilePattern(source: string): Pattern {
  const compiled = compile(source)
  return {
    source,
    size: compiled.programSize(),
    test: (text) => compiled.test(text),
    // The test runs on an automaton without captures: a text without a match never pays for them.
    find: (text) => (compiled.test(text) ? firstMatch(compiled, text) : null),
  }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    if (error instanceof RE2JSException) throw explained(source, error)
    throw error
  }
}

function firstMatch(compiled: RE2JS, text: string): Match | null {
  const matcher = compiled.matcher(text)
  if (!matcher.find()) return null
  const groups = Array.from({ length: matcher.groupCount() }, (_, i) => matcher.group(i + 1))
  return { text: matcher.group() ?? '', index: matcher.start(), groups }
}

function explained(source: string, error: RE2JSException): PatternError {
  if (!(error instanceof RE2JSSyntaxException)) return new PatternError(printable(error.message), null)
  const fragment = error.getPattern() ?? ''
  // Of unbalanced parentheses the engine names the whole pattern, not the place.
  const offset = error.getDescription().endsWith(')') ? null : offsetOf(source, fragment)
  const remedy = REMEDIES.find(({ of }) => of.test(fragment))?.remedy
  if (remedy !== undefined) return new PatternError(remedy, offset)
  const shown = fragment === '' ? '' : `: ${printable(fragment.slice(0, 40))}`
  return new PatternError(`${error.getDescription()}${shown}`, offset)
}

/** The engine names the fragment, not its place: the place is known where the fragment stands only once. */
function offsetOf(source: string, fragment: string): number | null {
  if (fragment === '') return null
  const first = source.indexOf(fragment)
  return first === source.lastIndexOf(fragment) && first >= 0 ? first : null
}

/** What other engines know and a linear-time one does not, by the fragment at which RE2 stops. */
const REMEDIES: readonly { readonly of: RegExp; readonly remedy: string }[] = [
  {
    of: /^\(\?<?[=!]/,
    remedy:
      'lookaround ((?=…), (?!…), (?<=…), (?<!…)) is not supported. Match the context too, and put a group around the part you mean.',
  },
  {
    of: /^\\(?:[1-9]|k)|^\(\?P=/,
    remedy:
      'backreferences (\\1, \\k<name>) are not supported. Write the repeated text out, or compare two fields in a rule.',
  },
  {
    of: /^\(\?>|^[*+?}]\+$/,
    remedy:
      'atomic groups and possessive quantifiers are not supported. Drop them: matching takes linear time without.',
  },
  { of: /^\\u/, remedy: '\\u is not supported. Write \\x{…} with the code point in hexadecimal.' },
  { of: /^\\Z/, remedy: '\\Z is not supported. Write \\z for the end of the text.' },
  {
    of: /^\(\?[a-zA-Z]*[xug]/,
    remedy:
      'this flag is not supported. Known: i (ignore case), s (. matches newlines), m (^ and $ at lines), U (lazy first).',
  },
  { of: /^\(\?#/, remedy: 'comments in patterns are not supported. Drop them.' },
  {
    of: /^\{\d+/,
    remedy: 'a repeat count is too large or the wrong way round. At most 1000, nested counts multiplied.',
  },
]
