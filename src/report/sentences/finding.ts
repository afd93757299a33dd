import type { Finding } from '../../domain/finding.js'
import type { Unit } from '../../domain/measure.js'
import { printable } from '../../domain/printable.js'
import { contextOf } from '../context.js'
import { fixed, probability, signed } from '../numbers.js'
import { explainReason } from '../reason.js'

/** What a finding says, whole: measure, task, values, change with its interval, margin, cases, test, reason. */
export function findingSentence(finding: Finding): string {
  const clauses = [moved(finding), changed(finding), margin(finding), cases(finding), tested(finding)]
  const why = finding.reason === null ? '' : ` ${capital(explainReason(finding.reason))}.`
  const context = contextOf({ ...finding, accept: null }).map((note) => ` ${capital(note)}.`)
  return `${nameOf(finding)}: ${clauses.filter((clause) => clause !== '').join('; ')}.${why}${context.join('')}`
}

/** How much harm a passing finding leaves possible. */
export function ruledOutSentence(finding: Finding): string {
  const { change, worse } = finding
  const end = worse === 'lower' ? change?.low : change?.high
  const harm =
    end === null || end === undefined
      ? ''
      : `: a change for the worse beyond ${signed(end)} is ruled out${oneSided(finding)}; ${margin(finding)}; ${cases(finding)}`
  const why = finding.reason === null ? '' : ` ${capital(explainReason(finding.reason))}.`
  return `${nameOf(finding)}${harm}.${why}`
}

function oneSided({ change }: Finding): string {
  const level = change?.level ?? null
  return level === null ? '' : ` (one-sided, ${(50 * (1 + level)).toFixed(1).replace('.0', '')} %)`
}

const UNITS: Readonly<Record<Unit, string>> = {
  share: 'share',
  score: 'share of the score’s range',
  'squared-error': 'squared error',
  area: 'area under the curve',
  error: 'error',
  log: 'natural logarithm',
  ratio: 'ratio',
}

function nameOf({ measure, task, role, unit }: Finding): string {
  const where = task === null ? '' : ` on task ${printable(task)}`
  return `${printable(measure)}${where} (${role}, ${UNITS[unit]})`
}

function moved({ baseline, tuned, worse }: Finding): string {
  if (baseline === null || tuned === null) return ''
  const direction = tuned === baseline ? 'stayed at' : tuned > baseline ? 'rose from' : 'fell from'
  const values = tuned === baseline ? fixed(tuned) : `${fixed(baseline)} to ${fixed(tuned)}`
  return `${direction} ${values}${worse === null ? '' : ` (${worse} is worse)`}`
}

function changed({ change }: Finding): string {
  if (change === null) return ''
  const { value, low, high, level } = change
  if (low === null || high === null || level === null) return `change ${signed(value)}`
  return `change ${signed(value)}, ${(100 * level).toFixed(0)} % interval ${signed(low)} to ${signed(high)}`
}

const SOURCES = { default: 'the default', config: 'set in the config', flag: 'set on the command line' } as const

function margin({ margin: size, marginFrom, worse }: Finding): string {
  if (size === null || marginFrom === null) return ''
  return `margin ${worse === 'lower' ? '−' : '+'}${size}, ${SOURCES[marginFrom]}`
}

function cases({ n, eligible }: Finding): string {
  return n === eligible ? `${n} cases` : `${n} of ${eligible} cases`
}

function tested({ status, adjustedP, threshold }: Finding): string {
  return status !== 'fail' || adjustedP === null
    ? ''
    : `that there is harm at all: adjusted p ${probability(adjustedP)}, to be below ${threshold}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
