import type { Discordance, Unmeasured, Value } from '../../domain/measure.js'
import type { Sums, Tally } from '../../domain/tally.js'

export interface Pair {
  readonly baseline: readonly boolean[]
  readonly tuned: readonly boolean[]
}

/** Counts a yes/no of every output of a case. */
export function observeYesNo(
  id: string,
  { baseline, tuned }: Pair,
  at: Readonly<Record<string, number>>,
  tally: Tally,
): void {
  const before = shareOf(baseline)
  const after = shareOf(tuned)
  tally.count(at[`${id}Cases`]!, 1)
  tally.add(at[`${id}Baseline`]!, before)
  tally.add(at[`${id}Tuned`]!, after)
  if (baseline.length > 1) tally.count(at[`${id}Repeats`]!, 1)
  else if (before > after) tally.count(at[`${id}OnlyBaseline`]!, 1)
  else if (after > before) tally.count(at[`${id}OnlyTuned`]!, 1)
}

/** What is read of a yes/no, its cases aside. */
export function yesNoColumns(id: string): string[] {
  return ['Baseline', 'Tuned', 'Repeats', 'OnlyBaseline', 'OnlyTuned'].map((part) => `${id}${part}`)
}

export function shareOf(outputs: readonly boolean[]): number {
  let yes = 0
  for (const output of outputs) if (output) yes++
  return yes / outputs.length
}

/** Mean share of each arm over the cases where it is known. */
export function sharesOf(id: string, sums: Sums, otherwise: Unmeasured): Value | Unmeasured {
  const n = sums.count(`${id}Cases`)
  if (n === 0) return otherwise
  return { kind: 'arms', baseline: sums.sum(`${id}Baseline`) / n, tuned: sums.sum(`${id}Tuned`) / n }
}

export function discordanceOf(id: string, sums: Sums): Discordance | null {
  if (sums.count(`${id}Repeats`) > 0) return null
  return {
    cases: sums.count(`${id}Cases`),
    onlyBaseline: sums.count(`${id}OnlyBaseline`),
    onlyTuned: sums.count(`${id}OnlyTuned`),
  }
}
