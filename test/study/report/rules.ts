import type { Result, RulesCell } from '../cell.js'
import { RULES, type RuleName } from '../rules.js'
import { percent } from './shares.js'
import { distinct, short, table } from './table.js'

export interface RulesResult extends Result {
  readonly cell: RulesCell
}

export function isRules(result: Result): result is RulesResult {
  return result.cell.kind === 'rules'
}

export const RULE_NAMES = Object.keys(RULES) as RuleName[]

export const HARMS = [
  [0, 'no harm'],
  [1, 'harm at the margin'],
  [2, 'twice the margin'],
] as const

/** How often a tune passes by each rule. */
export function rulesTables(results: readonly Result[]): string {
  const own = results.filter(isRules)
  return HARMS.flatMap(([harm, title]) => {
    const cells = own.filter(({ cell }) => cell.harm === harm)
    const sizes = distinct(cells.map(({ cell }) => cell.n))
    const at = (n: number) => cells.find(({ cell }) => cell.n === n)!
    const share = (n: number, count: string) => percent({ events: at(n).counts[count] ?? 0, n: at(n).counts.runs! })
    if (sizes.length === 0) return []
    return [
      table(
        [`Passes, ${title}; % at n =`, ...sizes.map(short)],
        [
          ...RULE_NAMES.map((rule) => [rule, ...sizes.map((n) => share(n, rule))]),
          ['(ours fails)', ...sizes.map((n) => share(n, 'oursFails'))],
        ],
      ),
    ]
  }).join('\n\n')
}
