import { clip } from '../clip.js'
import { xml } from '../xml.js'

/** HTML that was made by `html`: everything else is text. */
export interface Markup {
  readonly source: string
}

export type Content = Markup | string | number | null | readonly Content[]

/** Longer texts are cut: no name or sentence of a report needs more. */
const LONGEST = 4000

/** Markup with values in it; a value that is text is escaped, wherever it stands. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { source: strings.reduce((before, part, i) => `${before}${sourceOf(values[i - 1] ?? null)}${part}`) }
}

function sourceOf(content: Content): string {
  if (content === null) return ''
  if (typeof content === 'string') return xml(clip(content, LONGEST))
  if (typeof content === 'number') return String(content)
  return 'source' in content ? content.source : content.map(sourceOf).join('')
}

/** Text in which line breaks stand, for elements that show them. */
export function lines(text: string): Markup {
  const parts = clip(text, LONGEST).split(/\r\n|\r|\n/)
  return { source: parts.map(xml).join('\n') }
}

/** A name, short enough for a table. */
export function name(text: string): string {
  return text === '' ? '(empty)' : clip(text, 80)
}
