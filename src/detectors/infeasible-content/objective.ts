import type { ObjectiveOptions } from './options.js'
import type { RuleVariables } from './rule.js'
import { compileValue } from './rule.js'

export interface Objective {
  /** (best − value)/|best|, signed so that more is worse; null where either is not a number or the best is 0. */
  gap(variables: RuleVariables, verified: number | null): number | null
}

export function compileObjective({ value, best, better }: ObjectiveOptions): Objective {
  const own = value === undefined ? null : compileValue(value)
  const known = compileValue(best)
  const sign = better === 'higher' ? 1 : -1
  return {
    gap: (variables, verified) => {
      const reached = own === null ? verified : own(variables)
      const target = known(variables)
      if (reached === null || target === null || target === 0) return null
      return (sign * (target - reached)) / Math.abs(target)
    },
  }
}
