import type { AnyDetector } from '../domain/detector.js'
import { FIELDS } from '../domain/fields.js'
import { LOGPROB_READINGS, LONGEST_LINE, ON_INCONCLUSIVE } from '../domain/policy.js'
import { detectorsSchema } from './detector-schema.js'
import { FIELD_VALUE } from './fields.js'
import { PRESET_NAMES } from './presets.js'
import { waiversSchema } from './waivers.js'

/**
 * JSON Schema (draft-07) of a config file, from the detectors' own metadata. Titles and descriptions are for editors,
 * defaults too: nothing is filled in by the schema.
 */
export function configSchema(detectors: readonly AnyDetector[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tuneaudit config',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { title: 'Schema', description: 'Where editors find this schema.', type: 'string' },
      extends: EXTENDS,
      plugins: PLUGINS,
      ...GATE,
      required: requiredSchema(detectors),
      detectors: detectorsSchema(detectors),
      score: SCORE,
      confidence: CONFIDENCE,
      grader: GRADER,
      pairing: PAIRING,
      input: INPUT,
      examples: {
        title: 'Examples',
        description: 'Show excerpts of outputs that went wrong. Default true.',
        type: 'boolean',
      },
      overrides: overridesSchema(detectors),
      waivers: waiversSchema(detectors),
    },
  }
}

const EXTENDED = {
  type: 'string',
  anyOf: [{ enum: PRESET_NAMES }, { pattern: '^(?:\\.{0,2})/.' }],
}

const EXTENDS = {
  title: 'Extends',
  description: 'Presets, or files relative to this one. Later entries win; this file wins over all of them.',
  anyOf: [EXTENDED, { type: 'array', items: EXTENDED }],
}

const PLUGINS = {
  title: 'Plugins',
  description:
    'ES modules whose default export is a detector, or several: files relative to this one (./detectors/refusals.js), or installed packages. Their code is run.',
  type: 'array',
  items: { type: 'string', minLength: 1 },
}

const GATE = {
  alpha: {
    title: 'Alpha',
    description: 'One-sided error rate of every test; intervals have level 1 − 2α. Default 0.05.',
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 0.25,
  },
  onInconclusive: {
    title: 'On inconclusive',
    description: 'How a run ends whose guarded measures are not proven: exit 2 (default), 1 (fail) or 0 (pass).',
    type: 'string',
    enum: ON_INCONCLUSIVE,
  },
  gate: {
    title: 'Gate',
    description: 'report: judge as ever, but end every judged run with exit 0. Default enforce.',
    type: 'string',
    enum: ['enforce', 'report'],
  },
}

const SCORE = {
  title: 'Score',
  description: 'What a score means.',
  type: 'object',
  additionalProperties: false,
  properties: {
    range: {
      title: 'Range',
      description: 'Smallest and largest possible score. Default [0, 1].',
      type: 'array',
      items: { type: 'number' },
      minItems: 2,
      maxItems: 2,
    },
    worse: {
      title: 'Worse',
      description: 'Which scores are the bad ones. Default lower.',
      type: 'string',
      enum: ['higher', 'lower'],
    },
    threshold: {
      title: 'Threshold',
      description: 'A score at least this good is correct. Default: the best end of the range.',
      type: 'number',
    },
  },
}

const CONFIDENCE = {
  title: 'Confidence',
  description: 'What a confidence means.',
  type: 'object',
  additionalProperties: false,
  properties: {
    scale: {
      title: 'Scale',
      description: 'share: 0 to 1 (default). percent: 0 to 100.',
      type: 'string',
      enum: ['share', 'percent'],
    },
    stated: {
      title: 'Stated',
      description:
        'Where the text states it, for records without one: {tag: confidence} or {pattern: "Confidence: (\\\\d+)"}.',
      anyOf: [
        exactly({ tag: { type: 'string', minLength: 1, description: 'The name of the tag around the number.' } }),
        exactly({ pattern: { type: 'string', minLength: 1, description: 'RE2; the first group is the number.' } }),
      ],
    },
    logprobs: {
      title: 'Log probabilities',
      description:
        "How log probabilities of an output's tokens give it, for records without one. mean: exp of their mean (length-normalised). min: the least likely token's. sum: of the whole text. Default: not read.",
      type: 'string',
      enum: LOGPROB_READINGS,
    },
  },
}

const tolerance = {
  type: 'object',
  additionalProperties: false,
  description: 'Kind number: how far from the reference is still right. Default: not at all.',
  properties: {
    absolute: { type: 'number', minimum: 0, description: 'In the unit of the numbers.' },
    relative: { type: 'number', minimum: 0, description: 'As a share of the reference.' },
  },
}

const GRADER = {
  title: 'Grader',
  description: 'How outputs that have a reference and no score are graded.',
  anyOf: [
    grader('exact', 'the same text', {
      ignoreCase: { type: 'boolean', description: 'Kind exact: read capitals as small letters.' },
      ignorePunctuation: { type: 'boolean', description: 'Kind exact: leave punctuation out.' },
    }),
    grader('number', 'the same number', { tolerance }),
    grader('math', 'the same answer as mathematics is written', {}),
    grader('choice', 'the same label', {
      choices: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'Kind choice: the labels to choose from. Default A to J.',
      },
    }),
    grader('json', 'the same JSON', {
      ignoreOrder: { type: 'boolean', description: 'Kind json: lists with the same items are the same.' },
      pointer: {
        type: 'string',
        pattern: '^(?:/|$)',
        description: 'a JSON Pointer such as /answer (kind json): the part that is compared',
      },
    }),
    {
      ...grader('regex', 'what a pattern finds is the reference', {
        pattern: {
          type: 'string',
          minLength: 1,
          description: 'Kind regex: RE2; what the last match (its first group) holds is compared.',
        },
      }),
      required: ['kind', 'pattern'],
    },
  ],
}

function grader(kind: string, compared: string, properties: object): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['kind'],
    properties: { kind: { type: 'string', const: kind, description: `${kind}: ${compared}.` }, ...properties },
  }
}

function exactly(properties: object): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
}

const PAIRING = {
  title: 'Pairing',
  description: 'How the outputs of the arms are brought together.',
  type: 'object',
  additionalProperties: false,
  properties: {
    minCoverage: {
      title: 'Least coverage',
      description: "Share of either arm's cases that the other arm must have too. Default 0.95.",
      type: 'number',
      minimum: 0,
      maximum: 1,
    },
    prompts: {
      title: 'Prompts',
      description: 'same (default): cases with another prompt in each arm are an error. ignore: they are paired.',
      type: 'string',
      enum: ['same', 'ignore'],
    },
    identical: {
      title: 'Identical',
      description:
        'refuse (default): arms whose files or outputs are all the same are an error. allow: they are judged, as a trial of the gate.',
      type: 'string',
      enum: ['refuse', 'allow'],
    },
    repeats: {
      title: 'Repeats',
      description: 'Read records that repeat an id, without a sample number, as samples of one case. Default false.',
      type: 'boolean',
    },
    allow: {
      title: 'Allowed differences',
      description: 'Settings in "meta" in which the arms may differ, such as temperature or judge.model. Default none.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
  },
}

const INPUT = {
  title: 'Input',
  description: 'How records are read.',
  type: 'object',
  additionalProperties: false,
  properties: {
    maxBadLines: {
      title: 'Most bad lines',
      description: 'Bad lines to tolerate in each arm. Default 0.',
      type: 'integer',
      minimum: 0,
    },
    maxLineBytes: {
      title: 'Longest line',
      description: 'In bytes. Default 67108864 (64 MiB), at most 268435456.',
      type: 'integer',
      minimum: 1,
      maximum: LONGEST_LINE,
    },
    fields: {
      title: 'Fields',
      description: 'Where the parts of a record stand.',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(FIELDS.map((field) => [field, fieldSchema(field)])),
    },
    guess: {
      title: 'Guess',
      description: 'Recognise other names for fields (completion, label, …). Default true.',
      type: 'boolean',
    },
    scoreName: {
      title: 'Score name',
      description: 'Which of "scores" is the score.',
      type: ['string', 'null'],
    },
    task: {
      title: 'Task',
      description: "The task of logs that keep it in their file's name, such as OpenCompass'. Default: that name.",
      type: ['string', 'null'],
    },
    format: {
      title: 'Format',
      description: 'The format of the logs, such as lm-evaluation-harness. Default: told by what each file holds.',
      type: ['string', 'null'],
    },
    providers: {
      title: 'Providers',
      description: 'Which of several models in one log each arm is, such as {baseline: "openai:gpt-5-mini", tuned: …}.',
      type: 'object',
      additionalProperties: false,
      properties: {
        baseline: { type: ['string', 'null'], description: 'The baseline.' },
        tuned: { type: ['string', 'null'], description: 'The tuned model.' },
      },
    },
    tasks: {
      title: 'Tasks',
      description: 'Globs of the tasks to audit. Default: every task.',
      type: ['array', 'null'],
      items: { type: 'string' },
    },
  },
}

function fieldSchema(field: string): object {
  return {
    title: field,
    description: 'a key of the record, or a JSON Pointer such as /response/text',
    type: 'string',
    pattern: FIELD_VALUE.source,
  }
}

function requiredSchema(detectors: readonly AnyDetector[]): object {
  return {
    title: 'Required',
    description: 'Detectors that must be measured: if one cannot be, the run is an error.',
    type: 'array',
    items: { type: 'string', enum: detectors.map((detector) => detector.id) },
  }
}

function overridesSchema(detectors: readonly AnyDetector[]): object {
  return {
    title: 'Overrides',
    description: 'What holds for some tasks only. Where several match a task, later ones win.',
    type: 'array',
    items: {
      type: 'object',
      required: ['tasks'],
      additionalProperties: false,
      properties: {
        tasks: {
          title: 'Tasks',
          description: 'Glob of task names: * is any run of characters, ? is one.',
          type: 'string',
        },
        score: SCORE,
        confidence: CONFIDENCE,
        grader: GRADER,
        detectors: detectorsSchema(detectors),
      },
    },
  }
}
