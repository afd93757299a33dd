import { type GridSums, LARGEST_LOGIT, outputsOf } from './confidence-grid.js'

const COLDEST = 0.05
const HOTTEST = 20

/** Halvings of log T's range, after which neighbours are as near as doubles get. */
const HALVINGS = 60

/**
 * The temperature T in [0.05, 20] under which σ(logit(q)/T) has the least log loss; T > 1 means that the model is
 * over-confident. Logits are those of the levels' mean confidences, cut at ±20, so that atoms have finite ones. An end of
 * the range is returned where the loss falls beyond it. Null where T changes nothing: no outputs, or every q at ½.
 *
 * The loss is convex in 1/T, so its slope changes sign once: halving log T's range on that sign finds T to a double's
 * precision, where a search on the loss itself stops at half of the digits.
 * Source: Guo, Pleiss, Sun & Weinberger 2017, arXiv 1706.04599, §4.2.
 */
export function fitTemperature(grid: GridSums): number | null {
  const levels = logitLevels(grid)
  if (levels.every(({ logit }) => logit === 0)) return null
  if (gainFromCooling(levels, COLDEST) >= 0) return COLDEST
  if (gainFromCooling(levels, HOTTEST) <= 0) return HOTTEST
  let low = Math.log(COLDEST)
  let high = Math.log(HOTTEST)
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (gainFromCooling(levels, Math.exp(middle)) > 0) high = middle
    else low = middle
  }
  return Math.exp((low + high) / 2)
}

/** Brier score, 0–1, of σ(logit(q)/T), with the logits of `fitTemperature` and T > 0. Null without outputs. */
export function brierAtTemperature(grid: GridSums, temperature: number): number | null {
  const outputs = outputsOf(grid)
  if (outputs === 0) return null
  const loss = logitLevels(grid).reduce((total, { right, wrong, logit }) => {
    return total + right * logistic(-logit / temperature) ** 2 + wrong * logistic(logit / temperature) ** 2
  }, 0)
  return loss / outputs
}

interface LogitLevel {
  readonly right: number
  readonly wrong: number
  readonly logit: number
}

function logitLevels(grid: GridSums): LogitLevel[] {
  return grid.n.flatMap((n, level) => {
    if (n === 0) return []
    const right = grid.correct[level]!
    return [{ right, wrong: n - right, logit: cutLogit(grid.confidence[level]! / n) }]
  })
}

function cutLogit(q: number): number {
  return Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, Math.log(q / (1 - q))))
}

/** Minus the slope of the summed log loss in 1/T: positive where a lower temperature would lower the loss. */
function gainFromCooling(levels: readonly LogitLevel[], temperature: number): number {
  return levels.reduce((total, { right, wrong, logit }) => {
    const residual = right * logistic(-logit / temperature) - wrong * logistic(logit / temperature)
    return total + logit * residual
  }, 0)
}

/** Small values keep their digits: 1 − logistic(x) is written logistic(−x). */
function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
