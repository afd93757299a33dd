import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Sample } from '../../domain/record.js'
import { compilePattern, type Pattern } from '../../text/pattern.js'
import { parseLenient, payloadOf } from '../../text/payload.js'
import type { From, StructureOptions } from './options.js'

/** The value that an output carries, or why it carries none that is valid. */
export type Structured =
  | { readonly kind: 'valid'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly why: string }

export type Structure = (sample: Sample) => Structured

/** Throws what ajv or the pattern's compiler throws. */
export function compileStructure({ from = 'payload', schema = true }: StructureOptions): Structure {
  const locate = locator(from)
  const fits = compileSchema(schema)
  return (sample) => {
    if (sample.failed === 'error') return { kind: 'invalid', why: 'the output errored' }
    const found = locate(sample)
    if (found === undefined) return { kind: 'invalid', why: 'no JSON that parses' }
    const why = fits(found)
    return why === null ? { kind: 'valid', value: found } : { kind: 'invalid', why }
  }
}

/** The value; undefined where there is none. JSON has no undefined. */
type Locate = (sample: Sample) => unknown

function locator(from: From): Locate {
  if (from === 'whole') return ({ output }) => parseLenient(output)
  if (from === 'payload') return ({ output }) => payloadValue(output, null)
  if (from === 'fenced') return ({ output }) => payloadValue(output, 'fenced')
  if ('pattern' in from) return matched(compilePattern(from.pattern))
  return pointed(from.pointer)
}

function payloadValue(output: string, wrapping: 'fenced' | null): unknown {
  const payload = payloadOf(output)
  if (payload === null || !payload.lenient) return undefined
  return wrapping === null || payload.wrapping === wrapping ? parseLenient(payload.text) : undefined
}

function matched(pattern: Pattern): Locate {
  return ({ output }) => {
    const found = pattern.find(output)
    const text = found?.groups[0] ?? found?.text
    return text === undefined ? undefined : parseLenient(text)
  }
}

/** RFC 6901, own keys only. */
function pointed(pointer: string): Locate {
  const tokens = pointer.split('/').slice(1)
  const keys = tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  return ({ raw }) => {
    let value: unknown = raw
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = (value as Readonly<Record<string, unknown>>)[key]
    }
    return value
  }
}

/** What a value violates first; null where it fits. */
type Fits = (value: unknown) => string | null

function compileSchema(schema: StructureOptions['schema']): Fits {
  if (schema === true || schema === undefined) return () => null
  const validate = compiled(schema as AnySchemaObject | boolean)
  return (value) => {
    try {
      return validate(value) ? null : violation(validate)
    } catch (error) {
      // A schema that refers to itself recurses as deep as the value does.
      if (error instanceof RangeError) return 'nested too deeply'
      throw error
    }
  }
}

function compiled(schema: AnySchemaObject | boolean): ValidateFunction {
  const options = {
    strict: false,
    // Formats need a further library; they are annotations, as draft 2020-12 has it.
    validateFormats: false,
    // The schema's patterns meet hostile text.
    code: { regExp: Object.assign((source: string) => linear(source), { code: 'linear' }) },
  }
  return (isModern(schema) ? new Ajv2020(options) : new Ajv(options)).compile(schema)
}

/** Says so, or uses keywords that draft-07 does not know. */
function isModern(schema: AnySchemaObject | boolean): boolean {
  if (typeof schema === 'boolean') return false
  return String(schema.$schema ?? '').includes('2020-12') || '$defs' in schema || 'prefixItems' in schema
}

function linear(source: string): { test(text: string): boolean } {
  const pattern = compilePattern(source)
  return { test: (text) => pattern.test(text) }
}

function violation({ errors }: ValidateFunction): string {
  const first = errors?.[0]
  return first === undefined ? 'does not fit the schema' : `${first.instancePath} ${first.message ?? ''}`.trim()
}
