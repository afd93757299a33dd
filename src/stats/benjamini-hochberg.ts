/**
 * Benjamini and Hochberg's adjusted p-values, in the order given: what is at most q has a false discovery rate of at most
 * q, if the tests are independent or positively dependent. The smallest over ranks r ≥ its own of m·p₍ᵣ₎/r, at most 1.
 * Source: Benjamini & Hochberg 1995, JRSS B 57:289–300.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const descending = ps.map((_, i) => i).sort((i, j) => ps[j]! - ps[i]!)
  const adjusted = new Array<number>(ps.length).fill(1)
  let smallest = 1
  descending.forEach((index, place) => {
    smallest = Math.min(smallest, (ps[index]! * ps.length) / (ps.length - place))
    adjusted[index] = smallest
  })
  return adjusted
}
