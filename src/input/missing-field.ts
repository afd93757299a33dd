import { AuditError } from '../domain/problem.js'
import type { Place, Raw } from '../domain/record.js'
import { type FieldMap, keysOf } from './fields.js'

/** Fields whose keys are no candidates for the one that is missing. */
const OTHER_NAMES = ['id', 'output', 'task', 'prompt', 'reference', 'correct', 'score', 'confidence', 'sample'] as const

/** A record without a field that it needs, with its keys and the likeliest to map. */
export function fieldMissing(
  fields: readonly ('id' | 'prompt' | 'output')[],
  raw: Raw,
  map: FieldMap,
  place: Place,
): AuditError {
  const keys = Object.keys(raw).slice(0, 30)
  const taken = new Set(OTHER_NAMES.flatMap((field) => keysOf(field, map)))
  const kinds = fields[0] === 'id' ? ['string', 'number'] : ['string']
  const candidates = keys.filter((key) => kinds.includes(typeof raw[key]) && !taken.has(key))
  const suggestion =
    candidates[0] === undefined ? null : `${fields[0]}=/${candidates[0].replaceAll('~', '~0').replaceAll('/', '~1')}`
  return new AuditError({ code: 'field-missing', place, fields, keys, suggestion })
}
