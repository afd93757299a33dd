/** Longer names are no labels. */
const LONGEST = 200

/**
 * A case's tags: a list of names, or one. Tags only say where to look for harm and decide nothing, so what is no name is
 * left out instead of making the record unreadable.
 */
export function tagsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return NONE
  const names = (Array.isArray(value) ? value : [value]).map(domainOf)
  return names.filter((name) => name !== null)
}

const NONE: readonly string[] = []

/** A name, or null. */
export function domainOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const name = String(value)
  return name.length <= LONGEST && /\S/.test(name) ? name : null
}
