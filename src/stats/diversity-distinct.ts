/**
 * Expectation-adjusted distinct-n: distinct n-grams over the number expected if every one of `total` n-grams were drawn
 * evenly from a vocabulary, EAD = distinct / (V·(1 − ((V − 1)/V)^C)). Plain distinct-n, distinct/C, falls with length;
 * this falls less, and not at all where words are drawn evenly. From near 0 to about 1; above 1 where there are fewer
 * repeats than by chance. Null without n-grams. V must be one number for both arms.
 * Source: Liu et al. 2022, arXiv 2202.13587.
 */
export function expectationAdjustedDistinct(distinct: number, total: number, vocabulary: number): number | null {
  if (total === 0) return null
  return distinct / (vocabulary * -Math.expm1(total * Math.log1p(-1 / vocabulary)))
}
