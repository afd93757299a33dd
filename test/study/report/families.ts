import { clopperPearson } from '../../../src/stats/proportion.js'
import type { Counts, FamilyCell, Result } from '../cell.js'
import { percent } from './shares.js'
import { short, table } from './table.js'

/** All parts of one setting. */
export interface Family {
  readonly cell: FamilyCell
  readonly counts: Counts
}

export function familiesOf(results: readonly Result[]): Family[] {
  const families = new Map<string, { cell: FamilyCell; counts: Record<string, number> }>()
  for (const { cell, counts } of results) {
    if (cell.kind !== 'family') continue
    const key = [cell.harm, cell.tasks, cell.cases, cell.samples].join()
    const family = families.get(key) ?? { cell, counts: {} }
    for (const [name, count] of Object.entries(counts)) family.counts[name] = (family.counts[name] ?? 0) + count
    families.set(key, family)
  }
  return [...families.values()].sort(
    ({ cell: a }, { cell: b }) =>
      a.harm - b.harm || a.tasks - b.tasks || sizeOf(a) - sizeOf(b) || a.samples - b.samples,
  )
}

function sizeOf({ cases }: FamilyCell): number {
  return cases === 'mixed' ? 0 : cases
}

export function familyName({ tasks, cases, samples }: FamilyCell): string {
  const each = cases === 'mixed' ? '3 or 50 cases' : `${short(cases)} cases`
  const of = tasks === 1 ? each : `${tasks} tasks of ${each}`
  return samples === 1 ? of : `${of}, ${samples} samples`
}

const HARMS = ['none', 'score at the margin', 'score at twice the margin']

export function familiesTable(results: readonly Result[]): string {
  const rows = familiesOf(results).map(({ cell, counts }) => {
    const share = (name: string) => percent({ events: counts[name] ?? 0, n: counts.runs! })
    const { low, high } = clopperPearson({ events: counts.fail!, n: counts.runs! }, 0.025)
    return [
      familyName(cell),
      HARMS[cell.harm]!,
      short(counts.runs!),
      (counts.tests! / counts.runs!).toFixed(0),
      `${share('fail')} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`,
      share('uncorrected'),
      share('pass'),
      share('inconclusive'),
      worstMeasures(counts),
    ]
  })
  const head = [
    'run',
    'harm',
    'runs',
    'tests',
    'fails, %',
    'uncorrected, %',
    'passes, %',
    'inconclusive, %',
    'failed by',
  ]
  return table(head, rows)
}

/** The measures that failed most often, with the share of runs in which they did. */
function worstMeasures(counts: Counts): string {
  const failed = Object.entries(counts).filter(([name]) => name.startsWith('fail:'))
  failed.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return failed
    .slice(0, 3)
    .map(([name, events]) => `${name.slice(5)} ${percent({ events, n: counts.runs! })}`)
    .join(', ')
}
