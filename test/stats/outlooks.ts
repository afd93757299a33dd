import type { Outlook } from '../../src/stats/sample-size.js'

/** Outcomes of which a harmless tune flips 15 %, with the default margin. */
export const YES_NO: Outlook = {
  sigma: Math.sqrt(0.15),
  range: 1,
  margin: 0.05,
  alpha: 0.05,
  tail: 0.025,
  yesNo: true,
  buckets: 128,
}
