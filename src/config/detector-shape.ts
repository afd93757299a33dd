import { Ajv, type ValidateFunction } from 'ajv'
import type { AnyDetector, Prepared } from '../domain/detector.js'
import { NEEDS, ROLES, UNITS } from '../domain/measure.js'
import { detectorsSchema } from './detector-schema.js'
import { explainViolation } from './explain.js'
import { violations } from './violation.js'

/** Makes the error for what is wrong with a field: `measures[0].worse`, `must be one of …`. */
export type Refuse = (field: string, what: string) => Error

/** The value as the detector that it says it is: its own fields, and what it prepares under its defaults. */
export function requireDetector(value: unknown, refuse: Refuse): AnyDetector {
  if (!fits(isDetector, value, refuse)) throw new Error('no shape is left to refuse')
  requireOptions(value, refuse)
  for (const options of [value.defaults, ...(value.described === undefined ? [] : [value.described])])
    requirePrepared(preparedBy(value, options, refuse), refuse)
  requireConfigurable(value, refuse)
  return value
}

const text = { type: 'string', minLength: 1 }
const callable = { callable: true }

/** Closed, so that a misspelt optional field is told. */
function shape(required: Record<string, object>, optional: Record<string, object> = {}): object {
  const properties = { ...required, ...optional }
  return { type: 'object', required: Object.keys(required), additionalProperties: false, properties }
}

const ID = { ...text, maxLength: 60, pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$', description: 'like format-collapse' }
const MEASURE_ID = { ...text, pattern: '^[a-z][a-z0-9-]*(?::.+)?$', description: 'like refusal-rate' }

const DETECTOR = shape(
  {
    id: ID,
    version: { type: 'integer', minimum: 1 },
    title: text,
    docs: shape({
      why: text,
      how: text,
      limits: text,
      sources: { type: 'array', items: shape({ title: text, where: text }) },
    }),
    options: {
      ...shape({ type: { const: 'object' }, additionalProperties: { const: false } }),
      additionalProperties: true,
    },
    defaults: { type: 'object' },
    prepare: callable,
  },
  { described: { type: 'object' }, taskGlobs: callable, check: callable, files: { type: 'array' }, verifier: callable },
)

const MEASURE = shape(
  {
    id: MEASURE_ID,
    title: text,
    unit: { type: 'string', enum: UNITS },
    worse: { enum: ['higher', 'lower', null] },
    margin: { type: ['number', 'null'], minimum: 0 },
    role: { type: 'string', enum: ROLES },
    needs: { type: 'array', items: { type: 'string', enum: NEEDS } },
    pool: { anyOf: [{ type: 'string', enum: ['sum'] }, shape({ weight: callable, of: callable })] },
    scope: { type: 'string', enum: ['task', 'run'] },
    cases: { type: 'array', items: text },
    range: { type: ['number', 'null'], exclusiveMinimum: 0 },
    interval: { type: 'string', enum: ['jackknife', 'none'] },
    of: callable,
  },
  {
    ...{
      variant: callable,
      corpus: callable,
      rank: callable,
      discordance: callable,
      moved: callable,
      details: callable,
    },
    ...{
      sliced: { type: 'array', items: text },
      taskRole: { const: 'watched' },
      noiseFloor: { const: true },
      chosen: { const: true },
    },
    ...{ unavailable: { type: 'object' }, accept: { type: 'object' }, worstCase: { type: 'object' } },
  },
)

const PREPARED = shape(
  {
    columns: {
      type: 'array',
      items: shape(
        { id: text, kind: { type: 'string', enum: ['count', 'sum'] }, size: { type: 'integer', minimum: 1 } },
        { once: { const: true } },
      ),
    },
    measures: { type: 'array', items: MEASURE, minItems: 1 },
    exhibits: { type: 'array', items: shape({ kind: text, of: callable }) },
    observe: callable,
  },
  { observeLost: callable, features: shape({ write: callable, read: callable }) },
)

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, verbose: true })
ajv.addKeyword({
  keyword: 'callable',
  schemaType: 'boolean',
  validate: (_: boolean, data: unknown) => typeof data === 'function',
  error: { message: 'must be a function' },
})
const isDetector = ajv.compile<AnyDetector & { readonly defaults: object; readonly described?: object }>(DETECTOR)
const isPrepared = ajv.compile<Prepared>(PREPARED)

function fits<T>(validate: ValidateFunction<T>, value: unknown, refuse: Refuse): value is T {
  if (validate(value)) return true
  const [first] = violations(validate.errors ?? [])
  if (first === undefined) throw new Error('The schema refuses a detector and says no reason.')
  const said = explainViolation(first, [])
  const [field, what] = said.startsWith('unknown') ? ['it', said] : split(said)
  throw refuse(field, what)
}

/** `config: must be …` where the value itself is meant. */
function split(said: string): [field: string, what: string] {
  const at = said.indexOf(': ')
  const field = said.slice(0, at)
  return [field === 'config' ? 'it' : field, said.slice(at + 2)]
}

/** The schema compiles as a part of the config's, and the defaults fit it. */
function requireOptions({ options, defaults }: AnyDetector, refuse: Refuse): void {
  let validate: ValidateFunction
  try {
    validate = new Ajv({ strict: true, verbose: true }).compile(options)
  } catch (error) {
    throw refuse('options', messageOf(error))
  }
  fits(validate, defaults, (field, what) => refuse(field === 'it' ? 'defaults' : `defaults.${field}`, what))
}

function preparedBy(detector: AnyDetector, options: unknown, refuse: Refuse): unknown {
  try {
    return detector.prepare(options)
  } catch (error) {
    throw refuse('prepare', `threw ${messageOf(error)}`)
  }
}

function requirePrepared(value: unknown, refuse: Refuse): void {
  if (!fits(isPrepared, value, (field, what) => refuse(field === 'it' ? 'prepare' : field, what))) return
  const { columns, measures } = value
  const counts = columns.filter(({ kind }) => kind === 'count').map(({ id }) => id)
  const twice = repeated(columns.map(({ id }) => id)) ?? repeated(measures.map(({ id }) => id))
  if (twice !== null) throw refuse('prepare', `two columns or measures are named ${twice}`)
  measures.forEach(({ cases, corpus, unavailable, role, margin, worse, chosen, pool, worstCase }, i) => {
    const field = (name: string) => `measures[${i}].${name}`
    if (cases.length === 0 && corpus === undefined && unavailable === undefined)
      throw refuse(field('cases'), 'names no column that counts its cases')
    const stranger = cases.find((id) => !counts.includes(id))
    if (stranger !== undefined) throw refuse(field('cases'), `${stranger} is none of its count columns`)
    if (role !== 'noted' && margin === null) throw refuse(field('margin'), `a ${role} measure needs one`)
    if (role !== 'noted' && worse === null) throw refuse(field('worse'), `a ${role} measure has a direction of harm`)
    if (chosen === true && (pool === 'sum' || corpus !== undefined || worstCase !== undefined))
      throw refuse(field('chosen'), 'goes with a pool of tasks’ values, without corpus and worstCase')
  })
}

function repeated(names: readonly string[]): string | null {
  return names.find((name, i) => names.indexOf(name) < i) ?? null
}

function requireConfigurable(detector: AnyDetector, refuse: Refuse): void {
  try {
    new Ajv({ strict: true }).compile(detectorsSchema([detector]))
  } catch (error) {
    throw refuse('options', messageOf(error))
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
