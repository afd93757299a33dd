import { printable } from '../../domain/printable.js'
import type { FindingName } from '../../domain/report.js'
import type { RunShare } from '../../domain/selftest.js'

export function percent(share: number): string {
  const value = 100 * share
  return `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`
}

/** The interval without its unit. */
export function interval({ low, high }: RunShare): string {
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`
}

export function nameOf({ measure, task }: FindingName): string {
  return task === null ? measure : `${measure} on ${printable(task)}`
}
