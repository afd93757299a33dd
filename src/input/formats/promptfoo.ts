import { murmurHex } from '../../domain/hash.js'
import { shown } from '../../domain/printable.js'
import type { Raw } from '../../domain/record.js'
import { canonicalJson } from '../json.js'
import { type Log, type LogFormat, type Produced, recordOf } from './log-format.js'
import { tokenLogprobs } from './messages.js'
import { firstOf, hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at } from './values.js'

/**
 * promptfoo's `results.json`, versions 2 and 3. One file may hold several providers: each arm takes one. A test is known
 * by its number and prompt; in version 2, which numbers nothing, by its variables. An error (`failureReason` 2, or no
 * response) is an output that failed, scored as the log scores it; a failed assertion is a wrong answer. Source: promptfoo src/types/index.ts.
 */
export const promptfoo: LogFormat = {
  id: 'promptfoo',
  tool: 'promptfoo',
  reads: '`results.json`, versions 2 and 3; one provider an arm',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['results.version']) || hasKeys(first, ['evalId', 'results']),
  rows: (document, log) => {
    requireKnown(at(document, 'results', 'version'), log)
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
  reads: 'the same rows, one a line',
  seen: false,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['provider.id', 'vars', 'success']) && firstOf(first) !== undefined,
  records: (row, log: Log) => [produced({ task: log.task ?? 'promptfoo', ...row })],
}

const VERSIONS: readonly unknown[] = [2, 3]

function requireKnown(version: unknown, log: Log): void {
  if (version === undefined || VERSIONS.includes(version)) return
  const what = `this is version ${shown(version)} of promptfoo's results; ${VERSIONS.join(' and ')} are known`
  refuse(log, what, 'Export it with a promptfoo that writes one of these, as .jsonl, or map it as JSON lines.')
}

function produced(row: Raw): Produced {
  return recordOf(record(row), { score: { name: 'score', worse: 'lower' } })
}

function record(row: Raw): Raw {
  const { response, vars, provider, testIdx, promptId } = row
  const failed = row.failureReason === 2 || !asObject(response)
  return {
    task: row.task,
    id:
      typeof testIdx === 'number'
        ? `${testIdx} ${(asText(promptId) ?? '').slice(0, 8)}`.trim()
        : murmurHex(canonicalJson(vars)),
    prompt: at(row.prompt, 'raw'),
    output: at(response, 'output') ?? null,
    error: failed ? (row.error ?? at(response, 'error') ?? 'no response') : undefined,
    correct: row.success,
    scores: { ...asObject(row.namedScores), score: row.score },
    provider: asText(at(provider, 'label')) || at(provider, 'id'),
    model: at(provider, 'id'),
    finish_reason: at(response, 'finishReason'),
    logprobs: tokenLogprobs(at(response, 'logProbs')),
    cost: row.cost,
    latency: row.latencyMs,
  }
}
