import { Ajv, type Options, type ValidateFunction } from 'ajv'

/** Our own schemas are held against JSON Schema's by the tests: doing it in every run takes longer than all else about them. */
const OPTIONS: Options = { strict: true, allowUnionTypes: true, validateSchema: false }

export function compileOwn<T>(schema: object, options: Options = {}): ValidateFunction<T> {
  return new Ajv({ ...OPTIONS, ...options }).compile<T>(schema)
}

/** Compiled when the first value comes: most logs hold none. */
export function compileLater<T>(schema: object): (value: unknown) => value is T {
  let validate: ValidateFunction<T> | null = null
  return (value): value is T => {
    validate ??= compileOwn<T>(schema)
    return validate(value)
  }
}
