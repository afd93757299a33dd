import type { PerArm } from '../domain/record.js'

/** In UTF-16 code units, marks aside. */
const LONGEST = 240
/** With its marks. */
export const LONGEST_SHOWN = LONGEST + 2

/** Two outputs around their first difference, the same place of both; `…` stands where a text is cut. */
export function excerpts({ baseline, tuned }: PerArm<string>): PerArm<string> {
  const around = firstDifference(baseline, tuned)
  return { baseline: excerpt(baseline, around), tuned: excerpt(tuned, around) }
}

/** The whole text, or as much of it as may be shown with `around` in the middle. */
export function excerpt(text: string, around = 0): string {
  if (text.length <= LONGEST) return text
  const latest = text.length - LONGEST
  const from = Math.min(Math.max(around - LONGEST / 2, 0), latest)
  const to = from + LONGEST
  const part = text.slice(splitsPair(text, from) ? from + 1 : from, splitsPair(text, to) ? to - 1 : to)
  return `${from === 0 ? '' : '…'}${part}${to === text.length ? '' : '…'}`
}

/** Equal texts differ nowhere: they are shown from their beginning. */
function firstDifference(one: string, other: string): number {
  const shared = Math.min(one.length, other.length)
  for (let i = 0; i < shared; i++) if (one.charCodeAt(i) !== other.charCodeAt(i)) return i
  return one.length === other.length ? 0 : shared
}

/** Whether a cut before `at` would go through a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}
