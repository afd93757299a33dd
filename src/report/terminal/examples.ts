import type { Example, Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import { ARMS, type Arm, type Place } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import { chosenExamples } from '../chosen.js'
import { explainExample, explainValues } from '../example-words.js'
import { type PlaceOf, placesOf } from '../places.js'
import { WIDTH, wrap } from '../wrap.js'
import type { Paint } from './paint.js'

const MOST = 3
const LINES = 3

/** The worst case of up to three failing measures, one of each detector first: where it stands, before and after. */
export function examples(report: Report, paint: Paint): string[] {
  const shown = chosenExamples(report.findings, MOST)
  const placeOf = placesOf(report)
  if (shown.length === 0) return []
  return [paint.bold('Examples'), ...shown.flatMap(({ finding, example }) => lines(finding, example, placeOf))]
}

function lines({ measure }: Finding, example: Example, placeOf: PlaceOf): string[] {
  const title = `${measure}: ${explainExample(example.code)} (${printable(example.id)})`
  const detail = example.detail === null || example.detail === '' ? [] : [`why: ${onOneLine(example.detail)}`]
  return [
    ...wrap(title, { first: '  ', rest: '    ' }),
    ...detail.flatMap((text) => wrap(text, { first: '    ', rest: '      ' })),
    ...ARMS.flatMap((arm) => [...heading(example, arm, placeOf), ...text(example.excerpt[arm])]),
  ]
}

/** Where the output stands and what is known of it: on the next line where there is no room. */
function heading(example: Example, arm: Arm, placeOf: PlaceOf): string[] {
  const where = `    ${arm.padEnd(8)}  ${named(placeOf(example, arm))}`
  const known = explainValues(example.values[arm])
  if (known === '') return [where]
  const line = `${where}  ${known}`
  return line.length <= WIDTH ? [line] : [where, `${' '.repeat(14)}${known}`]
}

function named(place: Place | null): string {
  return place === null ? '' : `${printable(place.file)}:${place.line}`
}

function text(excerpt: string): string[] {
  const indent = ' '.repeat(6)
  if (!/\S/.test(excerpt)) return [`${indent}(empty)`]
  const all = wrap(onOneLine(excerpt), { first: indent, rest: indent })
  return all.length <= LINES ? all : [...all.slice(0, LINES - 1), `${all[LINES - 1]!.slice(0, 78)} …`]
}

/** Words longer than a line, such as JSON without spaces, are cut. */
function onOneLine(text: string): string {
  return printable(text.trim().replace(/\s*\n\s*/g, ' ⏎ ')).replace(/\S{72}(?=\S)/gu, '$& ')
}
