/** Names with commas; after `most` of them, how many there are more. */
export function listed(names: readonly string[], most: number, separator = ', '): string {
  if (names.length <= most) return names.join(separator)
  return `${names.slice(0, most).join(separator)} and ${names.length - most} more`
}

/** "1 case", "2 cases". */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
