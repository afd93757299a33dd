/** A Markdown table: the first column left, the others right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Sorted, each once. */
export function distinct<T extends number | string>(values: Iterable<T>): T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** .05 rather than 0.05, 1,000 rather than 1000. */
export function short(x: number): string {
  return x > 0 && x < 1 ? String(x).replace(/^0/, '') : x.toLocaleString('en-US')
}
