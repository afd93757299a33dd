import type { PlannedMeasure } from '../../domain/plan.js'

/** Which of more cases or more samples per case is the cheaper way, a sample costing the same either way. */
export function samplesText({ samples, basis, n }: PlannedMeasure): string {
  if (samples === null) return UNKNOWN[basis === 'churn' ? 'churn' : 'other']
  const { needed, outputs, cheaper, between, within } = samples
  const variances = `ω² ${between.toFixed(4)}, σ²_A + σ²_B ${within.toFixed(4)}`
  const cases =
    outputs.moreCases === null ? 'no number of cases' : `more cases take ${outputs.moreCases} outputs per arm`
  const more =
    needed === null
      ? `no number of samples on these ${n} cases is enough`
      : `${needed} per case on these ${n} cases take ${outputs.moreSamples}`
  return `${ADVICE[cheaper]} (${cheaper === 'neither' ? '' : `${cases}; ${more}; `}${variances})`
}

const ADVICE = {
  neither: 'enough as they are',
  cases: 'more cases are cheaper',
  either: 'more cases and more samples cost about the same',
  samples: 'more samples per case are cheaper',
  none: 'neither more cases nor more samples are enough',
} as const

const UNKNOWN = {
  churn:
    'more cases are never the dearer way; what more samples per case would do, halves of a baseline with more samples would show',
  other: 'more cases are never the dearer way; what more samples per case would do, only a baseline with repeats shows',
} as const
