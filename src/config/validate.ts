import { Ajv, type ErrorObject } from 'ajv'
import type { AnyDetector } from '../domain/detector.js'
import type { ConfigDocument, Path } from './document.js'
import { explainViolation } from './explain.js'
import { configKeys } from './keys.js'
import type { ConfigFile } from './partial.js'
import { requirePatterns } from './patterns.js'
import { configSchema } from './schema.js'
import { type Violation, violations } from './violation.js'
import { requireWaivers } from './waivers.js'

/** Takes a parsed config for what its schema says it is, or throws `config-invalid` for its most telling violation. */
export type Validator = (document: ConfigDocument) => ConfigFile

/** Compiles the schema: once per run, for every file that the config extends. `today` is what waivers are held against. */
export function configValidator(detectors: readonly AnyDetector[], today: string): Validator {
  // That the schema is one is tested, and for a plugin's part when it is loaded.
  const ajv = new Ajv({ strict: true, allErrors: true, verbose: true, validateSchema: false })
  const schema = configSchema(detectors)
  const validate = ajv.compile<ConfigFile>(schema)
  return (document) => {
    const { data } = document
    if (!validate(data)) throw mostTelling(document, validate.errors ?? [], schema)
    requireOrder(document, data, [])
    requireOneSource(document, data, [])
    data.overrides?.forEach((override, i) => {
      requireOrder(document, override, ['overrides', String(i)])
      requireOneSource(document, override, ['overrides', String(i)])
    })
    requirePatterns(document, data)
    requireWaivers(document, data, { detectors, today })
    return data
  }
}

/** An unknown key may be why another one lacks; else what comes first in the file, a wrong type being the least said. */
function mostTelling(document: ConfigDocument, errors: readonly ErrorObject[], schema: object): Error {
  const placed = violations(errors).map((violation) => ({ violation, offset: offsetOf(document, violation) }))
  placed.sort(
    (a, b) =>
      rank(a.violation) - rank(b.violation) || a.offset - b.offset || vagueness(a.violation) - vagueness(b.violation),
  )
  const first = placed[0]
  if (first === undefined) throw new Error('The schema refuses the config and says no reason.')
  return document.fault(first.offset, explainViolation(first.violation, configKeys(schema)))
}

function rank({ error }: Violation): number {
  return Number(error.keyword === 'required')
}

function vagueness({ error }: Violation): number {
  return Number(error.keyword === 'type')
}

function offsetOf(document: ConfigDocument, { path, error }: Violation): number {
  if (error.keyword !== 'additionalProperties') return document.offset(path, 'value')
  return document.offset([...path, error.params.additionalProperty], 'key')
}

/** What a schema cannot say: the range ascends, and the threshold lies in it. */
function requireOrder(document: ConfigDocument, part: Pick<ConfigFile, 'score'>, path: Path): void {
  const range = part.score?.range
  if (range === undefined) return
  const [low, high] = range
  const fault = (key: string, message: string) =>
    document.fault(document.offset([...path, 'score', key], 'value'), message)
  if (low >= high)
    throw fault('range', `score.range: [${low}, ${high}] does not ascend. Give the smallest score first.`)
  const threshold = part.score?.threshold
  if (threshold === undefined || (threshold >= low && threshold <= high)) return
  throw fault('threshold', `score.threshold: ${threshold} is outside the range ${low} to ${high}.`)
}

/** An arm that stops stating its confidence would be given another one in its place. */
function requireOneSource(document: ConfigDocument, { confidence }: Pick<ConfigFile, 'confidence'>, path: Path): void {
  if (confidence?.stated === undefined || confidence.logprobs === undefined) return
  throw document.fault(
    document.offset([...path, 'confidence', 'logprobs'], 'key'),
    'confidence: stated and logprobs are two sources of one number. Give one of them.',
  )
}
