import type { Example } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import { ARMS } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import { type ChosenExample, chosenExamples } from '../chosen.js'
import { explainExample, explainValues } from '../example-words.js'
import { mdCode, mdFence, mdText } from '../markdown-text.js'
import { type PlaceOf, placesOf } from '../places.js'
import { type Section, section } from './budget.js'

const MOST = 10

/** The worst case of failing measures: its lines before and after, where they stand and what is known of them. */
export function examples(report: Report): Section {
  const placeOf = placesOf(report)
  const chosen = chosenExamples(report.findings, MOST)
  const head = ['<details>', `<summary>Examples (${chosen.length})</summary>`, '']
  return section(
    head,
    chosen.map((one) => text(one, placeOf)),
    ['</details>'],
  )
}

function text({ finding: { measure }, example }: ChosenExample, placeOf: PlaceOf): string {
  const detail = example.detail === null || example.detail === '' ? '' : `: ${mdText(example.detail)}`
  return [
    `**${mdCode(measure)}** ${mdText(explainExample(example.code))} (${mdCode(example.id)})${detail}`,
    '',
    ...ARMS.map((arm) => `- ${arm} ${placeText(example, arm, placeOf)}`),
    '',
    mdFence([...marked(example.excerpt.baseline, '-'), ...marked(example.excerpt.tuned, '+')], 'diff'),
    '',
  ].join('\n')
}

function placeText(example: Example, arm: 'baseline' | 'tuned', placeOf: PlaceOf): string {
  const place = placeOf(example, arm)
  const where = place === null ? '' : mdCode(`${place.file}:${place.line}`)
  const known = explainValues(example.values[arm])
  return [where, known].filter((part) => part !== '').join(', ')
}

/** A mark before every line keeps what the line says from ending the block. */
function marked(excerpt: string, mark: string): string[] {
  return excerpt.split(/\r\n|\r|\n/).map((line) => `${mark} ${printable(line)}`)
}
