import type { FalseAlarms, Selftest } from '../../domain/selftest.js'
import { listed } from '../words.js'
import { wrap } from '../wrap.js'
import { interval, nameOf, percent } from './words.js'

const MOST_CAUSES = 6

export function falseAlarms(selftest: Selftest): string[][] {
  return [
    ...selftest.falseAlarms.map((own) => section(own, selftest.alpha)),
    selftest.splitLack === null
      ? []
      : wrap('The baseline is not split into two arms: no case has several samples in it.', { rest: '  ' }),
  ]
}

function section(own: FalseAlarms, alpha: number): string[] {
  const { failed, verdicts, causes } = own
  const named = causes.map((cause) => `${nameOf(cause)} (${cause.runs})`)
  const others = (['inconclusive', 'pass', 'error'] as const).filter((verdict) => verdicts[verdict] > 0)
  return [
    ...wrap(`False alarms: ${how(own)}`, { rest: '  ' }),
    `  failed in ${failed.events} of ${failed.runs} runs: ${percent(failed.share)} (95 % interval ${interval(failed)}); α is ${percent(alpha)}`,
    ...(others.length === 0
      ? []
      : [`  otherwise ${others.map((verdict) => `${verdict} ${verdicts[verdict]}`).join(', ')}`]),
    ...(named.length === 0 ? [] : wrap(`  failed by ${listed(named, MOST_CAUSES)}`, { rest: '    ' })),
  ]
}

function how({ kind, cases, units, splits }: FalseAlarms): string {
  const together = units < cases ? `, ${units} groups of them at a time` : ''
  return kind === 'exchange'
    ? `the arms of random cases exchanged (${cases} cases${together})`
    : `the baseline’s own samples, half against half (${cases} cases, ${splits} splits${together})`
}
