import type { MeasurePlan, Plan, PlannedMeasure, SuperiorityPlan } from '../../domain/plan.js'
import type { RenderOptions } from '../index.js'
import { explainReason } from '../reason.js'
import { type Paint, paintOf } from '../terminal/paint.js'
import { counted } from '../words.js'
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

function headline(plan: MeasurePlan, paint: Paint): string[] {
  const { passChance, measures: planned, source } = plan
  if (planned.length === 0) return wrap('Nothing here would be guarded: an audit of these data could not pass.')
  const cases = 'cases' in source ? `${counted(source.cases, 'case')}. ` : ''
  const chance = passChance === null ? '' : `A harmless tune passes with probability ${passChance.toFixed(2)}. `
  const [first = '', ...rest] = wrap(`PLAN  ${cases}${chance}${moreCases(plan)}`)
  return [paint.bold('PLAN') + first.slice(4), ...rest]
}

/** Each measure counts its own cases: not every case carries it. */
function moreCases({ measures: planned, power }: MeasurePlan): string {
  const short = planned.filter(({ passChance }) => passChance === null || passChance < power)
  if (short.length === 0) return 'Every measure by itself passes often enough.'
  const needs = short.map(({ measure, n, casesNeeded: { toPass } }) => {
    const has = n === null ? '' : ` (has ${n})`
    return `${measure} ${toPass ?? 'more than can be had'}${has}`
  })
  return `Cases needed, for a harmless tune to pass four times in five: ${needs.join(', ')}.`
}

function titleOf({ measure, detector, margin, worse }: PlannedMeasure): string {
  return `${measure} (${detector}), margin ${worse === 'lower' ? '−' : '+'}${margin}`
}

function measureLines(measure: PlannedMeasure): string[] {
  const { n, casesNeeded } = measure
  const rows = [
    ...(n === null ? [] : [['cases', casesText(measure)] as const, ...sizes(measure)]),
    ['cases to pass', neededText(casesNeeded.toPass)] as const,
    ['cases to fail', `${neededText(casesNeeded.toFail)}, for twice the margin’s harm`] as const,
    ...(measure.samples === null ? [] : [['samples', samplesText(measure.samples, n)] as const]),
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
  return [
    ['passes', `a harmless tune: ${chance(passChance)}`],
    ['fails', `twice the margin’s harm: ${chance(failChance)}`],
    ['rules out', rulesOut === null ? 'no harm' : `harm above ${rulesOut.toFixed(4)}`],
    ['shows', shows === null ? 'no harm' : `harm of ${shows.toFixed(4)}`],
  ]
}

function chance(probability: number | null): string {
  return `probability ${(probability ?? 0).toFixed(2)}`
}

function neededText(cases: number | null): string {
  return cases === null ? 'no number is enough' : String(cases)
}

function unplanned({ unplanned: all }: MeasurePlan): string[] {
  return all.flatMap(({ measure, reason }) =>
    wrap(`Not planned (${explainReason(reason)}): ${measure}.`, { rest: '  ' }),
  )
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`
}
