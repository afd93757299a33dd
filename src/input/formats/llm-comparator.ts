import type { Raw } from '../../domain/record.js'
import { type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { asList, asText, at } from './values.js'

/** LLM Comparator's JSON: both models in one file, each arm takes one; its score is a preference and belongs to neither. */
export const llmComparator: LogFormat = {
  id: 'llm-comparator',
  tool: 'LLM Comparator',
  reads: "both models of one file, the rater's score",
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['models', 'examples']),
  rows: (document) => {
    const models = (asList(at(document, 'models')) ?? []).map((model, i) => asText(at(model, 'name')) ?? 'AB'[i])
    return ((asList(at(document, 'examples')) ?? []) as readonly Raw[]).map((row) => ({ ...row, models }))
  },
  records: (row, { task }) =>
    (['output_text_a', 'output_text_b'] as const).map((key, i) =>
      recordOf({
        task: task ?? 'default',
        prompt: row.input_text,
        output: row[key],
        provider: at(row.models, i),
        tags: row.tags,
        ...(i === 0 && typeof row.score === 'number' ? { scores: { score: row.score } } : {}),
      }),
    ),
}
