/** −Σ p·ln p over the positive ones, in nats; summed in the order given. */
export function entropyOf(shares: Iterable<number>): number {
  let entropy = 0
  for (const share of shares) if (share > 0) entropy -= share * Math.log(share)
  return Math.max(0, entropy)
}

/**
 * Shannon entropy, in nats, of what occurs how often among `keys` (say the hashes of the opening phrases of n outputs):
 * 0 where all are the same, ln n where no two are. The plug-in estimate: biased downwards by about (kinds − 1)/2n, the
 * same function in both arms, which must have equal n. Null without keys; their order does not matter.
 */
export function keyEntropy(keys: readonly number[]): number | null {
  if (keys.length === 0) return null
  const counts = new Map<number, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const ascending = [...counts.values()].sort((a, b) => a - b)
  return entropyOf(ascending.map((count) => count / keys.length))
}
