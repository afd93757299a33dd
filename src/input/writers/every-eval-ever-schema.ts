/**
 * Every Eval Ever, instance level, as a JSON schema (draft 7): the fields of schema 0.3.0 (arXiv 2606.14516) with the types
 * that the project's own files have. One thing is wider than there: a score and a verdict that are not known are null,
 * since an output that nobody scored is not one that scored 0.
 */

const text = { type: 'string' }
const optional = (...types: readonly string[]) => ({ type: [...types, 'null'] })
const whole = { type: 'integer', minimum: 0 }
const texts = { type: 'array', items: text }

const message = {
  type: 'object',
  properties: { turn_idx: whole, role: text, content: optional('string') },
  required: ['turn_idx', 'role'],
}

const attribution = {
  type: 'object',
  properties: {
    turn_idx: whole,
    source: text,
    extracted_value: text,
    extraction_method: text,
    is_terminal: { type: 'boolean' },
  },
  required: ['turn_idx', 'source', 'extracted_value', 'extraction_method', 'is_terminal'],
}

export const EVERY_EVAL_EVER_VERSION = '0.3.0'

export const everyEvalEverSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Every Eval Ever, one instance and metric',
  type: 'object',
  properties: {
    schema_version: { const: EVERY_EVAL_EVER_VERSION },
    evaluation_id: text,
    model_id: text,
    evaluation_name: text,
    evaluation_result_id: text,
    sample_id: text,
    sample_hash: text,
    interaction_type: { enum: ['single_turn', 'multi_turn', 'agentic'] },
    input: { type: 'object', properties: { raw: text, reference: texts }, required: ['raw', 'reference'] },
    output: { type: ['object', 'null'], properties: { raw: texts }, required: ['raw'] },
    messages: { type: ['array', 'null'], items: message },
    answer_attribution: { type: 'array', items: attribution },
    evaluation: {
      type: 'object',
      properties: { score: optional('number'), is_correct: optional('boolean') },
      required: ['score', 'is_correct'],
    },
    token_usage: {
      type: ['object', 'null'],
      properties: { input_tokens: whole, output_tokens: whole, total_tokens: whole },
      required: ['input_tokens', 'output_tokens', 'total_tokens'],
    },
    performance: { type: ['object', 'null'], properties: { latency_ms: { type: ['number', 'null'], minimum: 0 } } },
    error: optional('string'),
    metadata: { type: ['object', 'null'], additionalProperties: text },
  },
  required: [
    'schema_version',
    'evaluation_id',
    'model_id',
    'evaluation_name',
    'sample_id',
    'interaction_type',
    'input',
    'output',
    'messages',
    'answer_attribution',
    'evaluation',
  ],
  additionalProperties: false,
  allOf: [
    {
      if: { properties: { interaction_type: { const: 'single_turn' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
      then: { properties: { output: { type: 'object' }, messages: { type: 'null' } } },
      else: { properties: { output: { type: 'null' }, messages: { type: 'array' } } },
    },
  ],
} as const
