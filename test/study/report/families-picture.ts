import type { Result } from '../cell.js'
import { familiesOf, familyName } from './families.js'
import { percent } from './shares.js'
import { HUES, picture } from './svg.js'

const ROW = 26
const LABELS = 230
const BARS = 420

/** Bars, since the settings have no order. */
export function familiesPicture(results: readonly Result[]): string {
  const rows = familiesOf(results).filter(({ cell }) => cell.harm === 0)
  const height = 78 + rows.length * ROW
  const [judged, uncorrected] = HUES
  const mark = LABELS + BARS * 0.05
  return picture({
    title: 'Identical arms, all detectors: share of audits that fail, %',
    about: 'As judged, and with each test at .05 without correction for their number.',
    width: LABELS + BARS + 90,
    height,
    body: [
      `<circle cx="22" cy="40" r="4" fill="${judged}"/><text x="32" y="44">as judged</text>`,
      `<circle cx="122" cy="40" r="4" fill="${uncorrected}"/><text x="132" y="44">each test at .05, uncorrected</text>`,
      ...rows.flatMap(({ cell, counts }, place) => {
        const y = 58 + place * ROW
        const share = (name: string) => counts[name]! / counts.runs!
        const percentOf = (name: string) => percent({ events: counts[name]!, n: counts.runs! })
        const label = LABELS + BARS * Math.max(share('fail'), share('uncorrected')) + 6
        return [
          `<text x="16" y="${y + 13}">${familyName(cell)}</text>`,
          bar(share('fail'), y, judged!),
          bar(share('uncorrected'), y + 9, uncorrected!),
          `<text x="${label.toFixed(1)}" y="${y + 13}">${percentOf('fail')} / ${percentOf('uncorrected')}</text>`,
        ]
      }),
      `<line class="mark" x1="${mark}" x2="${mark}" y1="50" y2="${height - 8}"/>`,
      `<text class="mark-label" x="${mark + 4}" y="${height - 8}">5 %</text>`,
    ],
  })
}

function bar(share: number, top: number, fill: string): string {
  return `<rect x="${LABELS}" y="${top}" width="${(BARS * share).toFixed(1)}" height="8" fill="${fill}"/>`
}
