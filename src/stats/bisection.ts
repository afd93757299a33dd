/** Where a condition that holds at `low` and not at `high` ends, to neighbouring doubles; it changes once between them. */
export function lastWhere(holds: (x: number) => boolean, low: number, high: number): number {
  let from = low
  let to = high
  for (;;) {
    const middle = from + (to - from) / 2
    if (middle <= from || middle >= to) return middle
    if (holds(middle)) from = middle
    else to = middle
  }
}
