import { expressionAt, type Run } from './expression.js'
import type { Token } from './token.js'
import { isConnective, mayFollow, mayPrecede } from './words.js'

/** Two sides of one `=`, both read in full. */
export interface Equation {
  readonly left: Run
  readonly right: Run
  /** The side before `left` in the chain; null for none, or one that is not read. */
  readonly earlier: Run | null
}

/**
 * The equations of `a + b = c = …`: each `=` with the expression that ends before it and the one that starts after it. A side is
 * read only where nothing beside it could belong to it; prose around it is no hindrance.
 */
export function equationsOf(tokens: readonly Token[]): readonly Equation[] {
  const equations: Equation[] = []
  let start = 0
  let earlier: Run | null = null
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]!.kind !== 'equals') continue
    const left = runBefore(tokens, start, at)
    const right = left === null ? null : runAfter(tokens, at + 1)
    if (left !== null && right !== null && isStatement(tokens, left, right)) equations.push({ left, right, earlier })
    earlier = left
    start = at + 1
  }
  return equations
}

/** The expression that ends at `end` and starts at `start` or later. */
function runBefore(tokens: readonly Token[], start: number, end: number): Run | null {
  for (let at = start; at < end; ) {
    const run = mayStart(tokens[at]!) ? expressionAt(tokens, at) : null
    if (run?.to === end) return isFreeBefore(tokens, run) && !(start === 0 && isListed(tokens, run)) ? run : null
    at = run === null ? at + 1 : run.to
  }
  return null
}

/** `3 and 2 apples + 4`: what is counted may be more than the last. */
function isListed(tokens: readonly Token[], { from }: Run): boolean {
  return tokens[from - 1]?.text === 'and' && tokens[from - 2]?.kind === 'number'
}

function runAfter(tokens: readonly Token[], start: number): Run | null {
  const run = expressionAt(tokens, start)
  return run !== null && isFreeAfter(tokens, run) ? run : null
}

function mayStart({ kind, text }: Token): boolean {
  return (
    kind === 'number' ||
    kind === 'open' ||
    kind === 'currency' ||
    (kind === 'operator' && (text === '-' || text === '+'))
  )
}

function isFreeBefore(tokens: readonly Token[], { from, to }: { from: number; to: number }): boolean {
  const before = tokens[from - 1]
  if (before === undefined || before.kind === 'equals') return true
  // `Jane -3` may be a difference.
  if (tokens[from]!.kind === 'operator') return false
  if (before.kind === 'word' && isRemark(tokens, { from, to }, before.text)) return false
  if (before.kind === 'word') return mayPrecede(before.text, tokens[from - 2]?.text ?? '')
  return before.kind === 'open' && tokens[from - 2]?.end !== before.at
}

/** `40 presses (20 * 2) = …`: a bracket may be a remark on the word before it. */
function isRemark(tokens: readonly Token[], { from, to }: { from: number; to: number }, word: string): boolean {
  if (tokens[from]!.kind !== 'open' || isConnective(word)) return false
  let depth = 0
  for (let at = from; at < to; at++) {
    if (tokens[at]!.kind === 'open') depth++
    if (tokens[at]!.kind === 'close' && --depth === 0) return tokens[at + 1]?.kind !== 'operator'
  }
  return false
}

function isFreeAfter(tokens: readonly Token[], { to }: Run): boolean {
  const after = tokens[to]
  if (after === undefined) return true
  if (after.kind === 'word') return mayFollow(after.text)
  if (after.kind === 'open') return after.at !== tokens[to - 1]?.end
  return after.kind === 'equals' || after.kind === 'stop' || after.kind === 'close'
}

/** Numbers alone state no arithmetic; a number alone on the left is often a name (`Case 2 = 3 + 4`). */
function isStatement(tokens: readonly Token[], left: Run, right: Run): boolean {
  if (left.value.operators > 0) return true
  if (right.value.operators === 0) return false
  const before = tokens[left.from - 1]
  if (before?.kind === 'equals') return true
  return (
    left.value.units.length === 0 && (before === undefined || (before.kind === 'word' && isConnective(before.text)))
  )
}
