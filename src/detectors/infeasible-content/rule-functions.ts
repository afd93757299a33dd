import { type Frame, spend, spendText, Unevaluable } from './rule-frame.js'
import { PATTERN_FUNCTIONS } from './rule-patterns.js'
import { includesLinear, SHORT } from './rule-search.js'
import { finite, isFields, keyOf, keysOf, kindOf, listOf, numberOf, textOf } from './rule-values.js'

export type Apply = (args: readonly unknown[], frame: Frame, site: string) => unknown

export interface RuleFunction {
  /** Fewest and most arguments; a method's receiver is its first. */
  readonly arity: readonly [number, number]
  /** CEL type, for the type checker. */
  readonly returns: 'int' | 'double' | 'string' | 'bool' | 'list'
  /** Forms that the type checker knows already. */
  readonly known?: readonly ('free' | 'method')[]
  /** Gives how to apply it, the second argument's text known where the expression states it. Throws PatternError. */
  readonly prepare: (stated: string | null) => Apply
}

/** What rules may call, as `f(x)` and as `x.f()` alike. */
export const FUNCTIONS: ReadonlyMap<string, RuleFunction> = new Map(
  Object.entries({
    abs: ofNumber(Math.abs),
    ceil: ofNumber(Math.ceil),
    floor: ofNumber(Math.floor),
    // Halves away from zero, as CEL's math.round.
    round: ofNumber((x) => Math.sign(x) * Math.round(Math.abs(x))),
    sqrt: ofNumber(Math.sqrt),
    sum: { ...simple(1, sum), returns: 'double' },
    min: { ...extreme((best, x) => x < best), returns: 'double' },
    max: { ...extreme((best, x) => x > best), returns: 'double' },
    int: { ...simple(1, toWhole), returns: 'int', known: ['free'] },
    double: { ...simple(1, toNumber), returns: 'double', known: ['free'] },
    string: { ...simple(1, toText), returns: 'string', known: ['free', 'method'] },
    size: { ...simple(1, size), returns: 'int', known: ['free', 'method'] },
    distinct: { ...simple(1, distinct), returns: 'list' },
    sort: { ...simple(1, sort), returns: 'list' },
    range: { ...simple(1, range), returns: 'list' },
    contains: ofTexts(includesLinear),
    startsWith: ofTexts((text, part) => text.startsWith(part)),
    endsWith: ofTexts((text, part) => text.endsWith(part)),
    lowerAscii: ofText((text) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())),
    upperAscii: ofText((text) => text.replace(/[a-z]+/g, (run) => run.toUpperCase())),
    trim: ofText((text) => text.trim()),
    split: { ...simple(2, split), returns: 'list', known: ['method'] },
    join: { arity: [1, 2], prepare: () => join, returns: 'string', known: ['method'] },
    ...PATTERN_FUNCTIONS,
  } as const satisfies Readonly<Record<string, RuleFunction>>),
)

function simple(arguments_: number, apply: Apply): Pick<RuleFunction, 'arity' | 'prepare'> {
  return { arity: [arguments_, arguments_], prepare: () => apply }
}

function ofNumber(of: (x: number) => number): RuleFunction {
  return { ...simple(1, ([x], _frame, site) => finite(of(numberOf(x, site)), site)), returns: 'double' }
}

function ofText(of: (text: string) => string): RuleFunction {
  const apply: Apply = ([text], frame, site) => of(readText(text, frame, site))
  return { ...simple(1, apply), returns: 'string', known: ['method'] }
}

function ofTexts(of: (text: string, part: string) => boolean): RuleFunction {
  const apply: Apply = ([text, part], frame, site) => of(readText(text, frame, site), readText(part, frame, site))
  return { ...simple(2, apply), returns: 'bool', known: ['method'] }
}

function readText(value: unknown, frame: Frame, site: string): string {
  const text = textOf(value, site)
  spendText(frame, text.length)
  return text
}

function readList(value: unknown, frame: Frame, site: string): readonly unknown[] {
  const list = listOf(value, site)
  spend(frame, list.length)
  return list
}

/** From left to right, plainly; of an empty list 0. */
function sum([list]: readonly unknown[], frame: Frame, site: string): number {
  let total = 0
  for (const item of readList(list, frame, site)) total += numberOf(item, site)
  return finite(total, site)
}

/** Of one list, or of two to eight numbers. */
function extreme(beats: (best: number, x: number) => boolean): Pick<RuleFunction, 'arity' | 'prepare'> {
  const apply: Apply = (args, frame, site) => {
    const items = args.length === 1 ? readList(args[0], frame, site) : args
    if (items.length === 0) throw new Unevaluable(`${site}: the list is empty`)
    let best = numberOf(items[0], site)
    for (const item of items) {
      const x = numberOf(item, site)
      if (beats(best, x)) best = x
    }
    return best
  }
  return { arity: [1, 8], prepare: () => apply }
}

/** Code points of a text, elements of a list, keys of an object. */
function size([value]: readonly unknown[], frame: Frame, site: string): number {
  if (Array.isArray(value)) return value.length
  if (isFields(value)) return keysOf(value, frame).length
  let points = 0
  for (const _ of readText(value, frame, site)) points++
  return points
}

/** First occurrences, in order. Numbers must be equal digit by digit to count as one. */
function distinct([list]: readonly unknown[], frame: Frame, site: string): unknown[] {
  const firsts = new Map<string, unknown>()
  for (const item of listOf(list, site)) {
    const key = keyOf(item, site, frame)
    if (!firsts.has(key)) firsts.set(key, item)
  }
  return [...firsts.values()]
}

/** Ascending: numbers, or texts by UTF-16 unit. */
function sort([value]: readonly unknown[], frame: Frame, site: string): unknown[] {
  const list = readList(value, frame, site)
  // A comparison sort visits each element about log2(n) times.
  spend(frame, list.length * Math.ceil(Math.log2(list.length + 1)))
  if (typeof list[0] === 'string') return list.map((item) => readText(item, frame, site)).sort()
  return list.map((item) => numberOf(item, site)).sort((a, b) => a - b)
}

/** 0, 1, …, n − 1. */
function range([n]: readonly unknown[], frame: Frame, site: string): number[] {
  const length = numberOf(n, site)
  if (!Number.isInteger(length) || length < 0) throw new Unevaluable(`${site}: needs a whole number ≥ 0`)
  spend(frame, length)
  return Array.from({ length }, (_, i) => i)
}

/** A number's whole part (toward zero), or what a text of digits says, as far as doubles are exact. */
function toWhole([value]: readonly unknown[], frame: Frame, site: string): number {
  if (typeof value !== 'string') return Math.trunc(numberOf(value, site))
  const number = /^[+-]?\d+$/.test(readText(value, frame, site)) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw new Unevaluable(`${site}: the text is not a whole number`)
}

function toNumber([value]: readonly unknown[], frame: Frame, site: string): number {
  if (typeof value !== 'string') return numberOf(value, site)
  const number = DECIMAL.test(readText(value, frame, site)) ? Number(value) : Number.NaN
  if (Number.isFinite(number)) return number
  throw new Unevaluable(`${site}: the text is not a number`)
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

function toText([value]: readonly unknown[], _frame: Frame, site: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return String(numberOf(value, site))
  throw new Unevaluable(`${site}: ${kindOf(value)} cannot be written as a text`)
}

function split([value, by]: readonly unknown[], frame: Frame, site: string): string[] {
  const text = readText(value, frame, site)
  const separator = textOf(by, site)
  if (separator.length > SHORT) throw new Unevaluable(`${site}: the separator is longer than ${SHORT} characters`)
  const parts = separator === '' ? [...text] : text.split(separator)
  spend(frame, parts.length)
  return parts
}

function join([list, by = '']: readonly unknown[], frame: Frame, site: string): string {
  const parts = readList(list, frame, site).map((part) => readText(part, frame, site))
  const separator = textOf(by, site)
  spendText(frame, parts.length * separator.length)
  return parts.join(separator)
}
