import type { Report } from '../../domain/report.js'
import type { HarmedSlice } from '../../domain/slice.js'
import { mdCode, mdText } from '../markdown-text.js'
import { probability, signed } from '../numbers.js'
import { sliceTitle } from '../sentences/slice.js'
import { counted } from '../words.js'
import { type Section, section } from './budget.js'

const MOST = 5

/** The slices of the data that harm is concentrated in. */
export function where({ slices: { harmed, searched } }: Report): Section {
  const head = [`**Where** (exploratory, decides nothing; ${counted(searched, 'slice')} searched)`, '']
  return section(head, harmed.slice(0, MOST).map(line))
}

function line(slice: HarmedSlice): string {
  const { measure, change, n, rest, adjustedP } = slice
  const interval = change.low === null || change.high === null ? '' : ` [${signed(change.low)}, ${signed(change.high)}]`
  const numbers = `${signed(change.value)}${interval}, n ${n}; the rest ${signed(rest.change.value)}, n ${rest.n} (adjusted p ${probability(adjustedP)})`
  return `- ${mdCode(sliceTitle(slice))}: ${mdCode(measure)} ${mdText(numbers)}`
}
