const DELIMITERS = [',', ';', '\t']

/** Excel's own way of naming the delimiter, on a line of its own. */
const SEPARATOR_LINE = /^"?sep=([,;\t|])"?(?:\r\n|\n|\r|$)/i

/** What a delimited text says of its delimiter, and how many characters that takes; null where it says nothing. */
export function separatorLine(text: string): { readonly delimiter: string; readonly characters: number } | null {
  const found = SEPARATOR_LINE.exec(text)
  return found === null ? null : { delimiter: found[1]!, characters: found[0].length }
}

/** The delimiter under which the header has most known names, or else most cells; the first of equals. */
export function likeliestDelimiter(
  headerUnder: (delimiter: string) => readonly string[],
  isKnown: (cell: string) => boolean,
): string {
  const marks = DELIMITERS.map((delimiter) => {
    const cells = headerUnder(delimiter)
    // One cell divides nothing: no more than a header that cannot be read.
    return cells.filter(isKnown).length * 1e6 + Math.max(1, cells.length)
  })
  return DELIMITERS[marks.indexOf(Math.max(...marks))]!
}
