import type { MeasurePlan, Plan, PlannedMeasure, SuperiorityPlan } from '../../domain/plan.js'
import type { RenderOptions } from '../index.js'
import { explainReason } from '../reason.js'
import { type Paint, paintOf } from '../terminal/paint.js'
import { counted } from '../terminal/words.js'
import { wrap } from '../wrap.js'
import { samplesText } from './samples.js'
import { sourceText } from './source.js'

/** For a person at a terminal of 80 columns. */
export function renderPlan(plan: Plan, { color }: RenderOptions): string {
  const sections = plan.kind === 'superiority' ? superiority(plan) : measures(plan, paintOf(color))
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function superiority({ cases, delta, power, alpha, sides, omega2, sigma2, samples }: SuperiorityPlan): string[][] {
  const test = sides === 2 ? 'two-sided' : 'one-sided'
  const parts = [
    `ω² ${omega2}`,
    ...(sigma2.baseline === 0 ? [] : [`σ²/K of the baseline ${sigma2.baseline}/${samples.baseline}`]),
    ...(sigma2.tuned === 0 ? [] : [`σ²/K of the tuned arm ${sigma2.tuned}/${samples.tuned}`]),
  ]
  const what = `show a change of ${delta} with ${percent(power)} power (${test}, α ${alpha}; ${parts.join(', ')}).`
  return [
    wrap(`${cases} independent cases ${what}`),
    wrap('Miller 2024, arXiv:2411.00640: (z + z_power)²·(ω² + σ²_A/K_A + σ²_B/K_B)/δ².'),
  ]
}

function measures(plan: MeasurePlan, paint: Paint): string[][] {
  const all = [
    headline(plan, paint),
    sourceText(plan),
    ...plan.measures.map((measure) => [paint.bold(titleOf(measure)), ...measureLines(measure)]),
    unplanned(plan),
  ]
  return all.filter((lines) => lines.length > 0)
}

function headline({ passChance, measures: planned, source }: MeasurePlan, paint: Paint): string[] {
  if (planned.length === 0) return wrap('Nothing here would be guarded: an audit of these data could not pass.')
  const cases = 'cases' in source ? `${counted(source.cases, 'case')}: ` : ''
  const needed = planned.map(({ casesNeeded }) => casesNeeded.toPass)
  const each = planned.length === 1 ? 'it passes' : 'each measure by itself passes'
  const more = needed.includes(null)
    ? 'No number of cases alone makes every measure pass.'
    : `With ${counted(Math.max(...needed.map(Number)), 'case')} ${each} with a chance of 80 %.`
  const chance = passChance === null ? '' : `a harmless tune passes with probability ${passChance.toFixed(2)}. `
  const [first = '', ...rest] = wrap(`PLAN  ${cases}${chance}${more}`)
  return [paint.bold('PLAN') + first.slice(4), ...rest]
}

function titleOf({ measure, detector, margin, worse }: PlannedMeasure): string {
  return `${measure} (${detector}), margin ${worse === 'lower' ? '−' : '+'}${margin}`
}

function measureLines(measure: PlannedMeasure): string[] {
  const { n, casesNeeded } = measure
  const rows = [
    ...(n === null ? [] : [['cases', casesText(measure)] as const, ...sizes(measure)]),
    ['cases to pass', neededText(casesNeeded.toPass, 'a harmless tune')] as const,
    ['cases to fail', neededText(casesNeeded.toFail, 'a tune of twice the margin’s harm')] as const,
    ['samples', samplesText(measure)] as const,
  ]
  return rows.flatMap(([name, text]) => wrap(text, { first: `  ${name.padEnd(15)}`, rest: ' '.repeat(17) }))
}

function casesText({ n, clusters, basis, deviation }: PlannedMeasure): string {
  const worth =
    clusters === null || Math.abs(clusters - (n ?? 0)) < 0.5 ? '' : `, worth ${clusters.toFixed(0)} clusters`
  return `${n}${worth}; a change has standard deviation ${deviation.toFixed(4)} (${BASIS[basis]})`
}

const BASIS: Record<PlannedMeasure['basis'], string> = {
  'own-samples': 'from its own samples',
  churn: 'from churn',
  'own-samples-and-churn': 'from its own samples and churn',
  report: 'from the report',
  stated: 'as stated',
}

function sizes({ passChance, failChance, rulesOut, shows }: PlannedMeasure): (readonly [string, string])[] {
  const end = rulesOut === null ? 'no harm' : `harm above ${rulesOut.toFixed(4)}`
  return [
    ['passes', `a harmless tune with probability ${(passChance ?? 0).toFixed(2)}`],
    ['rules out', `${end}, with a chance of 80 %`],
    ['shows', `${shows === null ? 'no harm' : `harm of ${shows.toFixed(4)}`}, with a chance of 80 %`],
    ['fails', `a tune of twice the margin’s harm with probability ${(failChance ?? 0).toFixed(2)}`],
  ]
}

function neededText(cases: number | null, what: string): string {
  return cases === null ? `no number of them lets ${what} be told` : `${cases} for ${what}, with a chance of 80 %`
}

function unplanned({ unplanned: all }: MeasurePlan): string[] {
  return all.flatMap(({ measure, reason }) =>
    wrap(`Not planned (${explainReason(reason)}): ${measure}.`, { rest: '  ' }),
  )
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`
}
