export interface Forecast {
  readonly [field: string]: unknown
}

/** `count` forecasts, one in five of them wrong. */
export function forecasts(count = 40, change: (i: number) => Forecast = () => ({})): Forecast[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `day-${i}`,
    task: 'rain',
    prompt: `Will it rain on day ${i}?`,
    output: 'yes',
    correct: i % 5 !== 0,
    ...change(i),
  }))
}

export function jsonl(records: readonly (Forecast | string)[]): string {
  return records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('')
}

export function without(name: string, records: readonly Forecast[]): Forecast[] {
  return records.map(({ [name]: _, ...rest }) => rest)
}

/** A good arm. */
export const BEFORE = jsonl(forecasts())
/** Another good arm: the same days, other outputs. */
export const AFTER = jsonl(forecasts(40, () => ({ output: 'no' })))
