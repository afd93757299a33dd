import type { AnyDetector } from '../domain/detector.js'
import { type Measure, ROLES } from '../domain/measure.js'
import { LEVELS } from '../domain/policy.js'

/** Names that a detector makes up from its options, such as `rule:total`: only it knows which ones there are. */
export const DYNAMIC = /^[a-z-]+:/

/** Schema of `detectors`: per detector a level, or an object with level, options, margins and roles. */
export function detectorsSchema(detectors: readonly AnyDetector[]): object {
  return {
    title: 'Detectors',
    description: 'What is looked at, how, and how much harm is tolerated.',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(detectors.map((detector) => [detector.id, detectorSchema(detector)])),
  }
}

const LEVEL = {
  title: 'Level',
  description: 'error (default): decides. warn: measured and shown, never decides. off: not looked at.',
  type: 'string',
  enum: LEVELS,
}

function detectorSchema(detector: AnyDetector): object {
  const { measures } = detector.prepare(detector.described ?? detector.defaults)
  return {
    title: detector.title,
    description: detector.docs.why,
    anyOf: [
      LEVEL,
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          level: LEVEL,
          options: optionsSchema(detector),
          margins: perMeasure(measures, marginSchema, 'Margins', "Tolerated harm, in the measure's own unit."),
          roles: perMeasure(
            measures,
            roleSchema,
            'Roles',
            'guarded must pass, watched may fail the gate, noted is shown.',
          ),
        },
      },
    ],
  }
}

/** Without `required`: what a config leaves out comes from the defaults. */
function optionsSchema(detector: AnyDetector): object {
  const { required: _, ...schema } = { required: undefined, ...detector.options }
  return { title: 'Options', description: 'How it is measured.', ...schema }
}

function perMeasure(
  measures: readonly Measure[],
  schema: (measure?: Measure) => object,
  title: string,
  description: string,
): object {
  // ajv's strict mode refuses a property that a pattern covers too.
  const fixed = measures.filter((measure) => !DYNAMIC.test(measure.id))
  return {
    title,
    description,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(fixed.map((measure) => [measure.id, schema(measure)])),
    patternProperties: { [DYNAMIC.source]: schema() },
  }
}

function marginSchema(measure?: Measure): object {
  const type = { type: 'number', minimum: 0 }
  if (measure === undefined) return type
  return { title: measure.title, description: `In ${measure.unit}. Default ${measure.margin ?? 'none'}.`, ...type }
}

function roleSchema(measure?: Measure): object {
  const type = { type: 'string', enum: ROLES }
  if (measure === undefined) return type
  return { title: measure.title, description: `Default ${measure.role}.`, ...type }
}
