/** C0, C1, DEL, line and paragraph separators, bidirectional controls, zero-width characters and lone surrogates. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text that a terminal or a log shows as it is: whatever could move the cursor or turn the line becomes an escape. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A value as it stood in the input, cut to `limit` characters. */
export function shown(value: unknown, limit = 80): string {
  const text = typeof value === 'object' && value !== null ? kindOf(value) : (JSON.stringify(value) ?? String(value))
  return printable(text.length <= limit ? text : `${text.slice(0, limit)}…`)
}

/** Containers are named, not printed: they may be of any size and depth. */
function kindOf(value: object): string {
  return Array.isArray(value) ? `an array of ${value.length}` : `an object with ${Object.keys(value).length} keys`
}
