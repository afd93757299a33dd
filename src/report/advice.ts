import type { Finding } from '../domain/finding.js'

/** More than so many times the cases that there are is no advice. */
const MOST_TIMES = 100

/** Cases with which a harmless tune usually passes; null where no number that anyone could bring together does. */
export function attainable({ casesNeeded, n }: Pick<Finding, 'casesNeeded' | 'n'>): number | null {
  const needed = casesNeeded?.toPass ?? null
  return needed === null || needed > MOST_TIMES * n ? null : needed
}
