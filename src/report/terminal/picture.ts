import type { Finding } from '../../domain/finding.js'

/** Of at most so many characters; harm grows to the right. */
export const PICTURE_WIDTH = 21

export const LEGEND = '│ no change, ┊ margin, ├─●─┤ interval; harm to the right'

/**
 * An interval against its margin, to scale: `│` at no change, `┊` at the margin, `├──●──┤` the change. Null without an
 * interval or a margin.
 */
export function picture({ change, margin, worse }: Finding): string | null {
  if (change === null || change.low === null || change.high === null || margin === null || worse === null) return null
  const sign = worse === 'lower' ? -1 : 1
  const harm = sign * change.value
  const [low, high] = sign === 1 ? [change.low, change.high] : [-change.high, -change.low]
  const from = Math.min(low, 0)
  const to = Math.max(high, margin)
  if (!(to > from)) return null
  const column = (value: number) => Math.round(((value - from) / (to - from)) * (PICTURE_WIDTH - 1))
  const cells = new Array<string>(PICTURE_WIDTH).fill(' ')
  for (let i = column(low); i <= column(high); i++) cells[i] = '─'
  cells[column(low)] = '├'
  cells[column(high)] = '┤'
  // Marks stay visible within the interval; where both fall together the margin is further out than it looks.
  mark(cells, column(0), '│', '┼')
  mark(cells, column(margin), '┊', '┊')
  cells[column(harm)] = '●'
  return cells.join('').trimEnd()
}

function mark(cells: string[], at: number, alone: string, within: string): void {
  cells[at] = cells[at] === ' ' ? alone : within
}
