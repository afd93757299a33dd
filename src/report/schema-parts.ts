export const number = { type: 'number' }
export const count = { type: 'integer', minimum: 0 }
export const text = { type: 'string' }
export const share = { type: 'number', minimum: 0, maximum: 1 }
export const nullable = (schema: { type: string }) => ({ ...schema, type: [schema.type, 'null'] })

/** An object with exactly these keys, all of them required. */
export function record(properties: Record<string, object>): object {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

export function list(items: object): object {
  return { type: 'array', items }
}

export function perArm(schema: object): object {
  return record({ baseline: schema, tuned: schema })
}

/** Data whose kind is told by `code`, with details that belong to it. */
export const coded = { type: 'object', properties: { code: text }, required: ['code'] }

export const inputFile = record({
  path: text,
  sha256: { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' },
  format: text,
  records: count,
  badLines: count,
  unknownNumbers: count,
  otherTasks: count,
  rows: count,
  leftOut: list(record({ reason: text, rows: count })),
  companions: list(record({ path: text, format: text, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } })),
})
