/** Shannon entropy in nats of shares, which are scaled to add up to 1; 0·log 0 is 0. */
export function entropy(shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.reduce((sum, share) => (share > 0 ? sum - (share / total) * Math.log(share / total) : sum), 0)
}

/**
 * Entropy in nats with the Miller–Madow correction (m − 1)/2n for n outputs in m occupied classes, which the plug-in
 * estimate lacks on average. Source: Miller 1955, Note on the bias of information estimates.
 */
export function millerMadow(shares: readonly number[], n: number): number {
  const occupied = shares.filter((share) => share > 0).length
  return entropy(shares) + (occupied - 1) / (2 * n)
}

/** Jensen–Shannon divergence in nats, from 0 to ln 2, of two lists of shares over the same classes. */
export function jensenShannon(p: readonly number[], q: readonly number[]): number {
  const mixed = p.map((share, i) => share + q[i]!)
  return Math.max(0, entropy(mixed) - (entropy(p) + entropy(q)) / 2)
}
