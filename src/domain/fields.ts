/** Canonical fields of a record, and the other names under which logs carry them. */
export const ALIASES = {
  id: ['item_id', 'doc_id', 'task_id', 'custom_id', 'sample_id'],
  output: ['completion', 'response', 'prediction', 'predict', 'generation', 'answer'],
  task: ['dataset', 'category'],
  domain: [],
  cluster: ['conversation_id', 'passage_id'],
  prompt: ['input', 'question', 'instruction', 'messages'],
  reference: ['target', 'label', 'gold', 'ideal'],
  correct: [],
  score: [],
  scores: [],
  confidence: ['prob'],
  logprobs: ['token_logprobs'],
  sample: [],
  error: [],
  finish_reason: [],
  tokens: [],
  input_tokens: [],
  output_tokens: [],
  cost: [],
  latency: [],
  embedding: [],
  tags: [],
  meta: [],
  verification: [],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof ALIASES

export const FIELDS: readonly Field[] = Object.keys(ALIASES) as Field[]
