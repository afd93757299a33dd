import type { MeasurePlan, PlanSource } from '../../domain/plan.js'
import { printable } from '../../domain/printable.js'
import { counted } from '../words.js'
import { wrap } from '../wrap.js'
import { WITHOUT_REPEATS } from './samples.js'

const COST = 'A sample is taken to cost the same, of another case or of the same.'
const CHANCE = 'Where no probability is given, it is 80 %.'

/** What the plan rests on: data, and what is assumed of a harmless tune. */
export function sourceText({ source, measures, alpha }: MeasurePlan): string[] {
  const bases = new Set(measures.map(({ basis }) => basis))
  const repeats = measures.every(({ samples }) => samples === null) ? ` ${WITHOUT_REPEATS}` : ''
  const bounds = `Each bound is a one-sided test at α ${alpha}. ${CHANCE} ${COST}${repeats}`
  return [...from(source, bases), bounds].flatMap((text) => wrap(text, { rest: '  ' }))
}

function from(source: PlanSource, bases: ReadonlySet<string>): string[] {
  switch (source.kind) {
    case 'rates':
      return [
        `A share of ${source.rate} that is right once a case; a harmless tune flips ${percent(source.churn)} of the cases, half each way. The measure has all of α.`,
      ]
    case 'report':
      return [`Spread as in ${printable(source.path)} (${counted(source.tasks, 'task')}), whatever its tune did.`]
    case 'baseline':
      return baseline(source, bases)
    default:
      return source satisfies never
  }
}

function baseline(source: Extract<PlanSource, { kind: 'baseline' }>, bases: ReadonlySet<string>): string[] {
  const { inputs, tasks, looked, cases, samplesPerCase } = source
  const files = inputs.map(({ path, records }) => `${printable(path)} (${counted(records, 'record')})`).join(', ')
  const part = looked < cases ? `; spread from ${looked} of the cases, chosen by hash` : ''
  const samples = `${counted(Number(samplesPerCase.toFixed(2)), 'sample')} per case`
  return [
    `Baseline ${files}: ${counted(cases, 'case')} in ${counted(tasks, 'task')}, ${samples}${part}.`,
    ...(bases.has('own-samples')
      ? [
          'From its own samples: a harmless tune is the same model sampled again. One that moves cases beyond that needs more of them: say how many with --churn.',
        ]
      : []),
    ...(bases.has('churn') || bases.has('own-samples-and-churn') ? [churnText(source)] : []),
  ]
}

function churnText({ redrawn, flipped, churn }: Extract<PlanSource, { kind: 'baseline' }>): string {
  const flips = flipped === null ? '' : `, which flips the outcome of ${percent(flipped)} of all`
  const assumed = churn === null ? 'assumed; --churn says otherwise' : `--churn ${churn}`
  return `From churn: a harmless tune gives ${percent(redrawn)} of the cases the outputs of others of their task${flips} (${assumed}).`
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`
}
