export interface Section {
  /** Before and after the rows. */
  readonly head: readonly string[]
  readonly rows: readonly string[]
  readonly foot: readonly string[]
  /** Instead of rows for which there is no room. */
  more(left: number): string
  /** Takes the room that the others leave. */
  readonly elastic: boolean
}

const MORE = (left: number) => `… and ${left} more, in the JSON report.`

export function section(head: readonly string[], rows: readonly string[], foot: readonly string[] = []): Section {
  return { head, rows, foot, elastic: false, more: (left) => `- ${MORE(left)}` }
}

/** A table of any length; rows are cells that are joined already. */
export function table(head: readonly string[], rows: readonly string[], foot: readonly string[] = []): Section {
  return { head, rows, foot, elastic: true, more: (left) => `\n${MORE(left)}` }
}

/** Room for "and so many more" in each section. */
const MARK = 120

/**
 * Sections one after another in at most `longest` code units: frames stand, rows are taken as far as there is room, tables
 * after all else. A section without rows is left out.
 */
export function compose(sections: readonly Section[], longest: number): string {
  const shown = sections.filter(({ rows }) => rows.length > 0)
  let room = longest - shown.reduce((total, { head, foot }) => total + size([...head, ...foot]) + MARK, 0)
  const texts = new Map<Section, string>()
  for (const section of [...shown.filter(({ elastic }) => !elastic), ...shown.filter(({ elastic }) => elastic)]) {
    const taken = fitting(section.rows, room)
    room -= size(taken)
    const left = section.rows.length - taken.length
    const more = left === 0 ? [] : [section.more(left)]
    texts.set(section, [...section.head, ...taken, ...more, ...section.foot].join('\n'))
  }
  return `${shown.map((section) => texts.get(section)).join('\n\n')}\n`
}

function fitting(rows: readonly string[], room: number): readonly string[] {
  let left = room
  const end = rows.findIndex((row) => {
    left -= row.length + 2
    return left < 0
  })
  return end < 0 ? rows : rows.slice(0, end)
}

function size(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + line.length + 2, 0)
}
