import type { MeasureCell, Result } from '../cell.js'
import { familiesPicture } from './families-picture.js'
import { INTERVAL_KINDS, type MeasureResult, settingOf } from './kinds.js'
import { resultsOf } from './measures.js'
import { HARMS, isRules, RULE_NAMES } from './rules.js'
import { READINGS, type ReadingName, TOLERATED } from './shares.js'
import { type Chart, chart, type Panel, type Series } from './svg.js'

const SIZES = [20, 50, 100, 200, 500, 1000, 2000, 5000]
const WHOLE = [0, 0.25, 0.5, 0.75, 1]
const N = { x: SIZES, xLabel: 'cases' } as const

/** By file name. */
export function plots(results: readonly Result[]): Readonly<Record<string, string>> {
  return {
    'errors.svg': chart(errors(results)),
    'chances.svg': chart(chances(results)),
    'rules.svg': chart(rules(results)),
    'families.svg': familiesPicture(results),
  }
}

/** A dot for each cell. */
function errors(results: readonly Result[]): Chart {
  const panel = (title: string, harm: number, reading: ReadingName): Panel => ({
    title,
    series: INTERVAL_KINDS.map((kind) => ({
      name: kind.title,
      kind: 'dots' as const,
      points: pointsOf(
        resultsOf(kind, results).filter(({ cell }) => cell.harm === harm),
        reading,
      ),
    })),
  })
  return {
    title: 'How often one-sided 5 % bounds err, each dot a cell',
    about: 'Error rates of the harmful end at the margin and of the test without harm, by number of cases.',
    ...N,
    y: [0, 0.02, 0.04, 0.06, 0.08, 0.1],
    marks: [
      { at: 0.05, label: '5 %' },
      { at: TOLERATED, label: '6.5 %' },
    ],
    panels: [
      panel('Harmful end errs, no harm, %', 0, 'harmfulEnd'),
      panel('Harmful end errs, harm at the margin, %', 1, 'harmfulEnd'),
      panel('Harm is shown where there is none, %', 0, 'shown'),
    ],
  }
}

function pointsOf(results: readonly MeasureResult[], reading: ReadingName): [number, number][] {
  return results
    .map((result): [number, number] => {
      const { events, n } = READINGS[reading](result)
      return [result.cell.n, n === 0 ? 0 : events / n]
    })
    .sort(([a], [b]) => a - b)
}

/** Passing without harm and failing at twice the margin, of a setting that each kind of interval has. */
function chances(results: readonly Result[]): Chart {
  const usual = ({ rate, agreement }: MeasureCell) =>
    (rate === 0.2 || rate === 0.1 || rate === 0.5 || rate === 0.6) && agreement === 0.5
  const panel = (title: string, harm: number, reading: ReadingName): Panel => ({
    title,
    series: INTERVAL_KINDS.flatMap((kind): Series[] => {
      const own = resultsOf(kind, results).filter(({ cell }) => cell.harm === harm && usual(cell))
      const [first] = own.map(({ cell }) => settingOf(cell))
      const points = pointsOf(
        own.filter(({ cell }) => settingOf(cell) === first),
        reading,
      )
      return points.length < 3 ? [] : [{ name: kind.title, kind: 'line', points }]
    }),
  })
  return {
    title: 'What n cases can say of one measure alone',
    about: 'Chance to pass without harm and to fail at twice the margin, by number of cases.',
    ...N,
    y: WHOLE,
    marks: [{ at: 0.8, label: '80 %' }],
    panels: [panel('Passes, no harm, %', 0, 'pass'), panel('Fails, twice the margin, %', 2, 'fail')],
  }
}

function rules(results: readonly Result[]): Chart {
  const own = results.filter(isRules)
  return {
    title: 'How often a tune passes, by rule',
    about: 'Paired right/wrong outcomes, a fifth wrong in the baseline, 15 % discordant, margin 5 points.',
    x: [50, 100, 200, 500, 1000, 5000],
    xLabel: 'cases',
    y: WHOLE,
    marks: [],
    panels: HARMS.map(([harm, title]) => ({
      title: `Passes, ${title}, %`,
      series: RULE_NAMES.map((name) => ({
        name,
        kind: 'line' as const,
        points: own
          .filter(({ cell }) => cell.harm === harm)
          .map(({ cell, counts }): [number, number] => [cell.n, (counts[name] ?? 0) / counts.runs!])
          .sort(([a], [b]) => a - b),
      })),
    })),
  }
}
