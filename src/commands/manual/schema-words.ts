/** A part of a JSON Schema, as plain data. */
export type Schema = Readonly<Record<string, unknown>>

const TYPES: Readonly<Record<string, string>> = {
  object: 'mapping',
  array: 'list',
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
}

/** What kind of value a schema takes: `text or list of text`. */
export function typeWords(schema: Schema): string {
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) return unique(alternatives.map(typeWords)).join(' or ')
  const items = isSchema(schema.items) ? typeWords(schema.items) : ''
  // Null says what leaving the key out says.
  const types = [schema.type].flat().filter((type) => typeof type === 'string' && type !== 'null')
  return types
    .map((type) => (type === 'array' && items !== '' ? `list of ${items}` : (TYPES[String(type)] ?? String(type))))
    .join(' or ')
}

/** Which values of that kind: names, bounds, patterns. Empty where any will do. */
export function allowedWords(schema: Schema): string {
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) return unique(alternatives.map(allowedWords)).join('; ')
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(', ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.type === 'array') return [lengthWords(schema), itemWords(schema)].filter((text) => text !== '').join(': ')
  // A description beside a pattern says what it asks for, since errors say it in its place.
  if (typeof schema.pattern === 'string' && schema.description === undefined) return `like ${schema.pattern}`
  return boundWords(schema)
}

const BOUNDS = { minimum: '≥', exclusiveMinimum: '>', maximum: '≤', exclusiveMaximum: '<' }

function boundWords(schema: Schema): string {
  const bounds = Object.entries(BOUNDS).flatMap(([key, sign]) => (key in schema ? [`${sign} ${schema[key]}`] : []))
  return bounds.join(', ')
}

function lengthWords({ minItems, maxItems }: Schema): string {
  if (minItems !== undefined && minItems === maxItems) return `${minItems} items`
  if (minItems !== undefined) return `at least ${minItems}`
  return maxItems === undefined ? '' : `at most ${maxItems}`
}

function itemWords({ items }: Schema): string {
  return isSchema(items) ? allowedWords(items) : ''
}

/** Alternatives take the type that stands beside them. */
function alternativesOf(schema: Schema): Schema[] {
  const { anyOf, type } = schema
  return Array.isArray(anyOf) ? anyOf.filter(isSchema).map((one) => (type === undefined ? one : { type, ...one })) : []
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
