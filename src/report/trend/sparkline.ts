const BARS = '▁▂▃▄▅▆▇█'
const NOTHING = '·'

/** One character a value, from the smallest to the largest of them; a dot for what is not known. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const step = (value: number) => (high === low ? 0 : Math.round(((value - low) / (high - low)) * (BARS.length - 1)))
  return values.map((value) => (value === null ? NOTHING : BARS[step(value)])).join('')
}
