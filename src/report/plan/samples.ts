import type { SamplesPlan } from '../../domain/plan.js'

/** Which of more cases or more samples per case is the cheaper way, a sample costing the same either way. */
export function samplesText(samples: SamplesPlan, n: number | null): string {
  const { needed, outputs, cheaper, between, within } = samples
  const variances = `ω² ${between.toFixed(4)}, σ²_A + σ²_B ${within.toFixed(4)}`
  if (cheaper === 'neither') return `${ADVICE.neither} (${variances})`
  const cases =
    outputs.moreCases === null ? 'no number of cases is enough' : `more cases take ${outputs.moreCases} outputs per arm`
  const more =
    needed === null
      ? `no number of samples on these ${n} cases is enough`
      : `${needed} per case on these ${n} cases take ${outputs.moreSamples}`
  return `${ADVICE[cheaper]} (${cases}; ${more}; ${variances})`
}

const ADVICE = {
  neither: 'enough as they are',
  cases: 'more cases are cheaper',
  either: 'more cases and more samples cost about the same',
  samples: 'more samples per case are cheaper',
  none: 'neither more cases nor more samples are enough',
} as const

/** Where samples per case are not known: by the same model no number of them beats as many further cases. */
export const WITHOUT_REPEATS =
  'What more samples per case would do shows in a baseline with repeats; more cases are never the dearer way.'
