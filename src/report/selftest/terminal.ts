import type { Selftest } from '../../domain/selftest.js'
import { paintOf } from '../terminal/paint.js'
import { wrap } from '../wrap.js'
import { blame } from './blame.js'
import { falseAlarms } from './false-alarms.js'
import { missedHarm } from './missed-harm.js'
import { percent } from './words.js'

export interface SelftestOptions {
  readonly color: boolean
}

/** For a person at a terminal of 80 columns: what the verdict is worth on these data. */
export function renderSelftest(selftest: Selftest, { color }: SelftestOptions): string {
  const paint = paintOf(color)
  const good = selftest.exitCode === 0
  const word = good ? 'AS PROMISED' : 'NOT AS PROMISED'
  const [first = '', ...rest] = wrap(
    `${word}  ${selftest.reasons.map((reason) => sentence(reason, selftest)).join(' ')}`,
  )
  const sections = [
    [paint.bold(paint.of[good ? 'pass' : 'fail'](word)) + first.slice(word.length), ...rest],
    ...falseAlarms(selftest),
    ...missedHarm(selftest),
    blame(selftest),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function sentence(reason: Selftest['reasons'][number], { alpha }: Selftest): string {
  switch (reason.code) {
    case 'as-promised':
      return `Data without harm fail no more often than α = ${percent(alpha)}, and planted harm is caught as often as predicted.`
    case 'false-alarms':
      return `Data without harm fail more often than α = ${percent(alpha)} (${reason.kind}).`
    case 'harm-missed':
      return `${reason.fault} planted in ${percent(reason.strength)} of its cases is caught less often than predicted.`
    default:
      return reason satisfies never
  }
}
