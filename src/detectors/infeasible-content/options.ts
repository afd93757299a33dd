import type { Json } from '../../domain/json.js'

/** Where an output's JSON is. Text forms are read from the output; a pointer leads into the record. */
export type From = 'payload' | 'whole' | 'fenced' | { readonly pointer: string } | { readonly pattern: string }

export interface StructureOptions {
  readonly from?: From
  /** JSON Schema, draft-07 or 2020-12; anything that parses where there is none. */
  readonly schema?: Json
}

export interface RuleOptions {
  readonly name: string
  readonly expression: string
  readonly tolerance?: { readonly absolute?: number; readonly relative?: number }
  readonly scale?: number
}

export interface VerifierOptions {
  readonly module?: string
  readonly command?: readonly string[]
  readonly directory?: string
  readonly timeoutMs?: number
}

export interface ObjectiveOptions {
  readonly value?: string
  readonly best: string
  readonly better: 'higher' | 'lower'
}

/** What makes an output feasible. Nothing declared: only what every text can be checked for. */
export interface Options {
  readonly structure?: StructureOptions
  readonly rules?: readonly RuleOptions[]
  readonly verifier?: VerifierOptions
  readonly objective?: ObjectiveOptions
}

export const TIMEOUT_MS = 10_000

const tolerance = {
  type: 'object',
  description: 'How far the sides of a comparison may be apart.',
  additionalProperties: false,
  properties: {
    absolute: { type: 'number', minimum: 0, description: 'In the unit of the sides.' },
    relative: { type: 'number', minimum: 0, description: 'As a share of the larger side.' },
  },
}

const from = {
  description:
    'Where the JSON is. Default payload: the whole output, else a fenced block, else the first object in it.',
  anyOf: [
    { type: 'string', enum: ['payload', 'whole', 'fenced'] },
    {
      type: 'object',
      additionalProperties: false,
      required: ['pointer'],
      properties: { pointer: { type: 'string', pattern: '^/', description: 'JSON Pointer into the record.' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['pattern'],
      properties: {
        pattern: { type: 'string', description: 'Regular expression (RE2) with one group around the JSON.' },
      },
    },
  ],
}

const structure = {
  type: 'object',
  additionalProperties: false,
  description: 'What a valid output looks like.',
  properties: {
    from,
    schema: {
      description: 'JSON Schema (draft-07 or 2020-12), or the path of a file that holds one, relative to the config.',
      anyOf: [{ type: 'object' }, { type: 'boolean' }, { type: 'string' }],
    },
  },
}

const rules = {
  type: 'array',
  description: 'What holds for a feasible output: CEL over input, output, reference and record.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'expression'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 64, description: 'Measured as rule:<name>.' },
      expression: { type: 'string', minLength: 1, description: 'CEL that is true of a feasible output.' },
      tolerance,
      scale: { type: 'number', exclusiveMinimum: 0, description: 'What a violation is divided by. Default 1.' },
    },
  },
}

const verifier = {
  type: 'object',
  description: 'A program of yours that says whether an output is feasible.',
  additionalProperties: false,
  properties: {
    module: { type: 'string', description: 'ES module that exports verify(case, sample), relative to the config.' },
    command: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      description: 'Program and arguments: one JSON line in, one JSON line out.',
    },
    directory: { type: 'string', description: 'Where the command runs. Default: the folder of the config.' },
    timeoutMs: { type: 'integer', minimum: 1, description: `Time limit of one answer. Default ${TIMEOUT_MS}.` },
  },
}

const objective = {
  type: 'object',
  description: 'How good a feasible output is, against the best known.',
  additionalProperties: false,
  required: ['best', 'better'],
  properties: {
    value: { type: 'string', description: 'CEL. Default: the objective that the verifier gives.' },
    best: { type: 'string', description: 'CEL: the best known value, such as record.best.' },
    better: { type: 'string', enum: ['higher', 'lower'], description: 'Which values are the good ones.' },
  },
}

export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { structure, rules, verifier, objective },
}
