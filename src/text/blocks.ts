import { type Fence, fences, hasFence } from './fences.js'
import { type LineKind, lineKind } from './line-kind.js'

/** What the lines of a text are, those inside fences left aside. */
export interface Blocks {
  readonly fences: readonly Fence[]
  /** Lines that are not blank. */
  readonly lines: number
  readonly count: Readonly<Record<LineKind, number>>
  /** Whether the first of them is a tag. */
  readonly opensWithTag: boolean
}

/** One pass over the lines. */
export function blocksOf(text: string): Blocks {
  const found = hasFence(text) ? [...fences(text)] : []
  const count = {
    blank: 0,
    heading: 0,
    rule: 0,
    item: 0,
    row: 0,
    tag: 0,
    'strong-code': 0,
    'weak-code': 0,
    text: 0,
  }
  let first: LineKind | null = null
  let fence = 0
  for (let from = 0; from < text.length; ) {
    if (found[fence]?.start === from) {
      from = found[fence++]!.end
      continue
    }
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    const kind = lineKind(text, from, to)
    count[kind]++
    if (kind !== 'blank') first ??= kind
    from = to + 1
  }
  const lines = Object.values(count).reduce((sum, n) => sum + n, 0) - count.blank
  return { fences: found, lines, count, opensWithTag: first === 'tag' }
}
