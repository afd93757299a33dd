import { murmur128 } from '../../domain/hash.js'
import type { Raw } from '../../domain/record.js'
import { canonicalJson } from '../json.js'
import { type Log, type LogFormat, type Produced, recordOf } from './log-format.js'
import { tokenLogprobs } from './messages.js'
import { firstOf, hasKeys } from './probe.js'
import { asList, asObject, asText, at } from './values.js'

/**
 * promptfoo's `results.json`, versions 2 and 3. One file may hold several providers: each arm takes one. A test is known
 * by its number and prompt; in version 2, which numbers nothing, by its variables. An error (`failureReason` 2, or no
 * response) is an output that failed; a failed assertion is a wrong answer. Source: promptfoo src/types/index.ts.
 */
export const promptfoo: LogFormat = {
  id: 'promptfoo',
  tool: 'promptfoo',
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['results.version']) || hasKeys(first, ['evalId', 'results']),
  rows: (document, log) => {
    const description = asText(at(document, 'config', 'description'))
    return ((asList(at(document, 'results', 'results')) ?? []) as readonly Raw[]).map((row) => ({
      ...row,
      task: log.task ?? description ?? 'promptfoo',
    }))
  },
  records: (row) => [produced(row)],
}

/** The same rows, one a line. */
export const promptfooLines: LogFormat = {
  id: 'promptfoo-jsonl',
  tool: 'promptfoo',
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['provider.id', 'vars', 'success']) && firstOf(first) !== undefined,
  records: (row, log: Log) => [produced({ task: log.task ?? 'promptfoo', ...row })],
}

function produced(row: Raw): Produced {
  return recordOf(record(row), { score: { name: 'score', worse: 'lower' } })
}

function record(row: Raw): Raw {
  const { response, vars, provider, testIdx, promptId } = row
  const failed = row.failureReason === 2 || !asObject(response)
  return {
    task: row.task,
    id: typeof testIdx === 'number' ? `${testIdx} ${(asText(promptId) ?? '').slice(0, 8)}`.trim() : digestOf(vars),
    prompt: at(row.prompt, 'raw'),
    output: at(response, 'output') ?? null,
    error: failed ? (row.error ?? at(response, 'error') ?? 'no response') : undefined,
    correct: failed ? undefined : row.success,
    scores: { ...asObject(row.namedScores), ...(failed ? {} : { score: row.score }) },
    provider: asText(at(provider, 'label')) || at(provider, 'id'),
    model: at(provider, 'id'),
    finish_reason: at(response, 'finishReason'),
    logprobs: tokenLogprobs(at(response, 'logProbs')),
    cost: row.cost,
    latency: row.latencyMs,
  }
}

function digestOf(vars: unknown): string {
  return murmur128(canonicalJson(vars))
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
}
