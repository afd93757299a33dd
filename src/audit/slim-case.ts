import type { Case } from '../domain/case.js'
import type { Sample } from '../domain/record.js'

/** A case without what its records have beside canonical fields, which may be of any size: for cases that are kept. */
export function slim(case_: Case): Case {
  const slimmed = new Map<Sample, Sample>()
  const of = (samples: readonly Sample[]) =>
    samples.map((sample) => {
      const known = slimmed.get(sample) ?? slimSample(sample)
      slimmed.set(sample, known)
      return known
    })
  const { baseline, tuned } = case_
  return {
    ...case_,
    baseline: of(baseline),
    tuned: of(tuned),
    all: { baseline: of(case_.all.baseline), tuned: of(case_.all.tuned) },
  }
}

export function slimSample(sample: Sample): Sample {
  return { ...sample, raw: {}, settings: [] }
}

/** Characters that samples hold, about: outputs, prompts, references, and 8 for each number of a vector. */
export function sizeOf(samples: readonly Sample[]): number {
  return samples.reduce(
    (sum, { output, prompt, reference, embedding }) =>
      sum + output.length + textSize(prompt) + textSize(reference) + 8 * (embedding?.length ?? 0),
    0,
  )
}

/** Of a value as the record has it. */
function textSize(value: unknown): number {
  if (typeof value === 'string') return value.length
  return value === undefined ? 0 : JSON.stringify(value).length
}
