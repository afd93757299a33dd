import type { Field } from '../domain/fields.js'
import { AuditError } from '../domain/problem.js'
import type { Place, Raw } from '../domain/record.js'
import { type FieldMap, fieldOf, keysOf } from './fields.js'

/** A record without a field that it needs, with its keys and the mapping that would give it every field it seems to hold. */
export function fieldMissing(
  fields: readonly ('id' | 'prompt' | 'output')[],
  raw: Raw,
  map: FieldMap,
  place: Place,
): AuditError {
  const keys = Object.keys(raw).slice(0, MOST_KEYS)
  return new AuditError({ code: 'field-missing', place, fields, keys, suggestion: mappingOf(raw, map, fields) })
}

const MOST_KEYS = 30

interface Likeness {
  readonly field: Field
  /** Names under which logs carry the field. */
  readonly name: RegExp
  readonly holds: (value: unknown) => boolean
}

const isName = (value: unknown) => typeof value === 'string' || typeof value === 'number'
const isText = (value: unknown) => typeof value === 'string' && /\S/.test(value)
const isYesNo = (value: unknown) => typeof value === 'boolean' || value === 0 || value === 1
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1

/** In the order in which columns are given to fields: each column to one field. */
const LIKENESSES: readonly Likeness[] = [
  {
    field: 'id',
    name: /(?:^|_)(?:q|u|uu|item|doc|case|example|question|prompt)?(?:id|uid|key|idx|index)$/i,
    holds: isName,
  },
  {
    field: 'correct',
    name: /correct|(?:^|_|is)right|passed|accurate|success|solved|(?:^|_)(?:pass|ok|match)(?:_|$)/i,
    holds: isYesNo,
  },
  { field: 'confidence', name: /conf|prob|certain|(?:^|_)p(?:_|$)/i, holds: isShare },
  {
    field: 'prompt',
    name: /^(?!.*(?:answer|response|output|reply|completion)).*(?:prompt|question|query|instruction|problem|^input$)/i,
    holds: isText,
  },
  {
    field: 'output',
    name: /answer|response|output|completion|generat|predict|reply|(?:^|_)text(?:_|$)|^model_/i,
    holds: isText,
  },
  { field: 'task', name: /task|subject|dataset|category|domain|bench|topic|suite/i, holds: isName },
]

/** Ids of a run or of what holds several cases: not the same in both arms, or not one a case. */
const OTHER_IDS = /run|model|session|user|request|trace|batch|conversation|thread|passage|experiment/i

const ID_LIKE = LIKENESSES[0]!.name

/** Names of other parts of a log: the right answer is no output, however much it is called one. */
const OTHERS =
  /gold|expect|target|reference|label|truth|ideal|(?:^|_)ref(?:_|$)|model_?(?:name|id|version)|^model$|prompt|error|time|date/i

/** The fields that are not found, each with the column that looks most like it; null where none does. */
function mappingOf(raw: Raw, map: FieldMap, needed: readonly Field[]): string | null {
  const free = new Set(Object.keys(raw).slice(0, MOST_KEYS))
  for (const field of TAKEN) free.delete(keysOf(field, map).find((key) => raw[key] !== undefined) ?? '')
  const chosen = new Map<Field, string>()
  for (const likeness of LIKENESSES) {
    if (fieldOf(raw, likeness.field, map, null) !== undefined) continue
    const key = likeliest(likeness, raw, free) ?? (needed[0] === likeness.field ? anyOf(likeness, raw, free) : null)
    if (key === null) continue
    chosen.set(likeness.field, key)
    free.delete(key)
  }
  if (!needed.some((field) => chosen.has(field))) return null
  return ORDER.flatMap((field) => (chosen.has(field) ? [`${field}=${pointerTo(chosen.get(field)!)}`] : [])).join(',')
}

/** As a reader expects them. */
const ORDER: readonly Field[] = ['id', 'task', 'prompt', 'output', 'correct', 'confidence']

const TAKEN: readonly Field[] = [...ORDER, 'reference', 'score', 'sample', 'cluster']

/** Of the columns that are called so and hold such values the longest text, or the first. */
function likeliest({ field, name, holds }: Likeness, raw: Raw, free: ReadonlySet<string>): string | null {
  const alike = [...free].filter((key) => name.test(key) && holds(raw[key]))
  if (field === 'id') return alike.find((key) => !OTHER_IDS.test(key)) ?? null
  return longest(
    alike.filter((key) => !ID_LIKE.test(key) && (field === 'prompt' || !OTHERS.test(key))),
    raw,
  )
}

/** Where no name tells: for a name the first column that could be one, for a text the longest, never an id. */
function anyOf({ field, holds }: Likeness, raw: Raw, free: ReadonlySet<string>): string | null {
  const fitting = [...free].filter((key) => holds(raw[key]))
  if (field === 'id') return fitting[0] ?? null
  return longest(
    fitting.filter((key) => !ID_LIKE.test(key) && !OTHERS.test(key)),
    raw,
  )
}

function longest(keys: readonly string[], raw: Raw): string | null {
  const length = (key: string) => (typeof raw[key] === 'string' ? raw[key].length : 0)
  return keys.reduce<string | null>((best, key) => (best === null || length(key) > length(best) ? key : best), null)
}

function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
