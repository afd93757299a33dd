/**
 * The bin, 0 … bins − 1, of each level, from the levels' counts (of both arms together): the one in which the middle of
 * the level's ranks falls, so that outputs of one level always share a bin and bin numbers never fall along the levels.
 * A bin holds at most total/bins plus the largest level; where levels are larger than that share, bins stay empty. An
 * empty level gets the bin of the rank at which it lies. Without any output all levels get bin 0.
 */
export function equalMassBins(totals: readonly number[], bins = 15): number[] {
  const total = totals.reduce((sum, n) => sum + n, 0)
  let below = 0
  return totals.map((n) => {
    const twiceMiddle = 2 * below + n
    below += n
    return total === 0 ? 0 : Math.min(bins - 1, Math.floor((bins * twiceMiddle) / (2 * total)))
  })
}
