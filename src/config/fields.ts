/** What may stand for a field: a top-level key, or a JSON Pointer (RFC 6901), which starts with a slash. */
export const FIELD_VALUE = /^(?:[^/]|(?:\/(?:[^/~]|~[01])*)+$)/

/** Every value as a JSON Pointer. */
export function pointers(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, toPointer(value)]))
}

function toPointer(value: string): string {
  return value.startsWith('/') ? value : `/${value.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
