/**
 * Cohen's κ, the agreement of two raters beyond chance: (p_o − p_e)/(1 − p_e), at most 1, 0 for agreement as by chance,
 * negative below. `table[i][j]` counts items that the first rater put into class i and the second into class j. Null
 * without items, or where both put everything into one class. Source: Cohen 1960, Educ. Psychol. Meas. 20:37–46.
 */
export function cohensKappa(table: readonly (readonly number[])[]): number | null {
  const ofFirst = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const ofSecond = table.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0))
  const n = ofFirst.reduce((sum, count) => sum + count, 0)
  // Counts times n: whole numbers, so that agreement by chance alone is told apart from rounding.
  const agreed = n * table.reduce((sum, row, i) => sum + row[i]!, 0)
  const byChance = ofFirst.reduce((sum, count, i) => sum + count * ofSecond[i]!, 0)
  return n * n === byChance ? null : (agreed - byChance) / (n * n - byChance)
}
