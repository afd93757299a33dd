export interface Hypothesis {
  readonly p: number
  /** Share of α that this hypothesis was given; all weights add up to at most 1. */
  readonly weight: number
}

/**
 * Holm's step-down correction with weights: hypotheses are taken in the order of p/weight, each tested at
 * α·weight/(sum of the weights not yet taken). Returns adjusted p-values in the order given, to be held against α.
 * Controls the family-wise error under any dependence. Source: Holm 1979, Scandinavian Journal of Statistics 6:65–70, §3.
 */
export function weightedHolm(family: readonly Hypothesis[]): number[] {
  const order = family.map((_, i) => i).sort((i, j) => ratio(family[i]!) - ratio(family[j]!))
  const adjusted = new Array<number>(family.length).fill(1)
  const remaining = sumsFromEach(order.map((i) => family[i]!.weight))
  let highest = 0
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, remaining[rank]! * ratio(family[index]!)))
    adjusted[index] = highest
  })
  return adjusted
}

/** At each place, the sum of the values from there to the end. */
function sumsFromEach(values: readonly number[]): number[] {
  const sums = [...values]
  for (let i = sums.length - 2; i >= 0; i--) sums[i]! += sums[i + 1]!
  return sums
}

function ratio({ p, weight }: Hypothesis): number {
  return p / weight
}
