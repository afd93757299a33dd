export interface Indents {
  /** Before the first line, and before every other. */
  readonly first?: string
  readonly rest?: string
}

/** Words onto lines of at most 80 characters; a longer word stands alone. */
export function wrap(text: string, { first = '', rest = '' }: Indents = {}): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(' ')) {
    const longer = empty ? line + word : `${line} ${word}`
    if (!empty && longer.length > WIDTH) {
      lines.push(line)
      line = rest + word
    } else line = longer
    empty = false
  }
  return [...lines, line]
}

export const WIDTH = 80
