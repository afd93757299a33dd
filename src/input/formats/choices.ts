/** Shares of the probability that choices have among themselves, from their log-likelihoods (natural). */
export function softmax(logLikelihoods: readonly number[]): number[] {
  const highest = Math.max(...logLikelihoods)
  const weights = logLikelihoods.map((value) => Math.exp(value - highest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
