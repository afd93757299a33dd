import { printable } from '../domain/printable.js'

/** U+FFFE and U+FFFF are no characters of XML 1.0; every other one that is not, `printable` has made an escape of. */
const NONCHARACTERS = /[\ufffe\uffff]/g

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for element content and attributes of XML 1.0 and HTML. Line breaks are for the caller to keep. */
export function xml(text: string): string {
  return printable(text)
    .replace(NONCHARACTERS, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
