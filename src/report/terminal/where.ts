import type { Report } from '../../domain/report.js'
import type { HarmedSlice } from '../../domain/slice.js'
import { fixed, probability, signed } from '../numbers.js'
import { sliceTitle } from '../sentences/slice.js'
import { counted, listed } from '../words.js'
import { wrap } from '../wrap.js'
import type { Paint } from './paint.js'

const MOST = 3
const MOST_ALIKE = 3

const INDENT = ' '.repeat(4)

/** The slices of the data that harm is concentrated in. */
export function where({ slices }: Pick<Report, 'slices'>, paint: Paint): string[] {
  const { harmed, searched } = slices
  if (harmed.length === 0) return []
  const more = harmed.length > MOST ? [`  and ${harmed.length - MOST} more in the JSON report`] : []
  const title = `Where (exploratory, decides nothing; ${counted(searched, 'slice')} searched)`
  return [paint.bold(title), ...harmed.slice(0, MOST).flatMap(lines), ...more]
}

function lines(slice: HarmedSlice): string[] {
  const { measure, baseline, tuned, change, rest, n, adjustedP, also, alike } = slice
  const arms = baseline === null || tuned === null ? '' : `  ${fixed(baseline)} → ${fixed(tuned)}`
  const names = alike.map(sliceTitle)
  const notes = [
    `${signed(change.value)}${interval(change)}, n ${n}; the rest ${signed(rest.change.value)}, n ${rest.n} (adjusted p ${probability(adjustedP)})`,
    ...(also.length === 0 ? [] : [`also in ${listed([...new Set(also.map((other) => other.measure))], MOST_ALIKE)}`]),
    ...(names.length === 0 ? [] : [`accounts for ${listed(names, MOST_ALIKE)}`]),
  ]
  return [
    ...wrap(`${sliceTitle(slice)}: ${measure}${arms}`, { first: '  ', rest: INDENT }),
    ...notes.flatMap((note) => wrap(note, { first: INDENT, rest: INDENT })),
  ]
}

function interval({ low, high }: HarmedSlice['change']): string {
  return low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`
}
