import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import { signed } from '../numbers.js'
import { wrap } from '../wrap.js'

/** Of a guarded measure: the task that changed for the worse most, and the harm that is ruled out on every task. */
export function perTask({ role, worse }: Finding, tasks: readonly Finding[]): string[] {
  const sign = worse === 'lower' ? -1 : 1
  const known = tasks.flatMap(({ task, change }) => {
    if (change === null || change.low === null || change.high === null) return []
    return [
      { task: task!, value: change.value, harm: sign * change.value, end: sign === 1 ? change.high : -change.low },
    ]
  })
  if (role !== 'guarded' || known.length < 2) return []
  const worst = known.reduce((a, b) => (b.harm > a.harm ? b : a))
  const end = Math.max(...known.map((one) => one.end))
  const ruledOut = `harm above ${end.toFixed(4)} is ruled out on each of ${known.length}`
  const unmeasured = tasks.length - known.length
  const text = `by task: worst ${printable(worst.task)} ${signed(worst.value)}; ${ruledOut}${unmeasured === 0 ? '' : `, ${unmeasured} not measured`}`
  return wrap(text, { first: INDENT, rest: INDENT })
}

const INDENT = ' '.repeat(17)
