import type { Example, Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import { ARMS, type Arm } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import { explainExample, explainValues } from '../example-words.js'
import { WIDTH, wrap } from '../wrap.js'
import type { Paint } from './paint.js'

const MOST = 3
const LINES = 3

/** The worst case of up to three failing measures, one of each detector first: where it stands, before and after. */
export function examples(report: Report, paint: Paint): string[] {
  const shown = chosen(report.findings)
  if (shown.length === 0) return []
  return [paint.bold('Examples'), ...shown.flatMap(({ finding, example }) => lines(finding, example, report))]
}

interface Chosen {
  readonly finding: Finding
  readonly example: Example
}

function chosen(findings: readonly Finding[]): Chosen[] {
  const failing = findings.filter(({ status, examples }) => status === 'fail' && examples.length > 0)
  const detectors = new Set<string>()
  const first = failing.filter(({ detector }) => !detectors.has(detector) && detectors.add(detector))
  const order = [...first, ...failing.filter((finding) => !first.includes(finding))]
  const seen = new Set<string>()
  return order
    .flatMap((finding): Chosen[] => {
      const example = finding.examples.find(({ task, id }) => !seen.has(JSON.stringify([task, id])))
      if (example === undefined) return []
      seen.add(JSON.stringify([example.task, example.id]))
      return [{ finding, example }]
    })
    .slice(0, MOST)
}

function lines({ measure }: Finding, example: Example, report: Report): string[] {
  const title = `${measure}: ${explainExample(example.code)} (${printable(example.id)})`
  const detail = example.detail === null || example.detail === '' ? [] : [`why: ${onOneLine(example.detail)}`]
  return [
    ...wrap(title, { first: '  ', rest: '    ' }),
    ...detail.flatMap((text) => wrap(text, { first: '    ', rest: '      ' })),
    ...ARMS.flatMap((arm) => [...heading(example, arm, report), ...text(example.excerpt[arm])]),
  ]
}

/** Where the output stands and what is known of it: on the next line where there is no room. */
function heading(example: Example, arm: Arm, report: Report): string[] {
  const where = `    ${arm.padEnd(8)}  ${place(example, arm, report)}`
  const known = explainValues(example.values[arm])
  if (known === '') return [where]
  const line = `${where}  ${known}`
  return line.length <= WIDTH ? [line] : [where, `${' '.repeat(14)}${known}`]
}

function place({ task, id, samples }: Example, arm: Arm, { locations }: Report): string {
  const found = locations[arm].find((one) => one.task === task && one.id === id && one.sample === samples[arm])
  return found === undefined ? '' : `${printable(found.file)}:${found.line}`
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
