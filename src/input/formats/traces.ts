import type { Raw } from '../../domain/record.js'
import { type LogFormat, leftOut, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { asList, asObject, asText, at } from './values.js'

/**
 * One trace of Langfuse's API: the trace's own input and output are a record, the observations within it are not. It has
 * no id that another run shares: cases are paired by their input.
 */
export const langfuse: LogFormat = {
  id: 'langfuse',
  tool: 'Langfuse',
  reads: 'traces with their scores',
  seen: true,
  layout: 'document',
  detects: ({ first }) =>
    hasKeys(first, ['id', 'timestamp', 'environment']) ||
    hasKeys(first, ['id', 'timestamp', 'input', 'output', 'session_id']),
  rows: (document) => {
    const { observations, ...trace } = asObject(document) ?? {}
    return (asList(observations) ?? [{}]).map((observation, i) =>
      i === 0 ? { trace, root: rootOf(observations) } : { observation },
    )
  },
  records: ({ trace, root }, { task }) =>
    trace === undefined
      ? [leftOut('observations within a trace')]
      : [
          recordOf({
            task: task ?? at(trace, 'name') ?? '',
            prompt: promptOf(at(trace, 'input') ?? at(root, 'input')),
            output: at(trace, 'output') ?? at(root, 'output') ?? null,
            error:
              at(root, 'level') === 'ERROR'
                ? (at(root, 'status_message') ?? at(root, 'statusMessage') ?? 'error')
                : undefined,
            scores: scoresOf(at(trace, 'scores')),
            latency: at(trace, 'latency'),
            cost: at(trace, 'total_cost') ?? at(trace, 'totalCost'),
            tags: at(trace, 'tags'),
          }),
        ],
}

function rootOf(observations: unknown): unknown {
  const all = asList(observations) ?? []
  return (
    all.find((one) => (at(one, 'parent_observation_id') ?? at(one, 'parentObservationId') ?? null) === null) ?? all[0]
  )
}

/** A prompt is text, messages or an object. */
function promptOf(input: unknown): unknown {
  return typeof input === 'number' || typeof input === 'boolean' ? String(input) : input
}

function scoresOf(scores: unknown): Raw {
  return Object.fromEntries(
    (asList(scores) ?? []).flatMap((score) => {
      const name = asText(at(score, 'name'))
      const value = at(score, 'value')
      return name === null || (typeof value !== 'number' && typeof value !== 'boolean') ? [] : [[name, value]]
    }),
  )
}

/** One trace of MLflow; its inputs and outputs are JSON in its metadata. */
export const mlflowTrace: LogFormat = {
  id: 'mlflow-trace',
  tool: 'MLflow',
  reads: 'traces',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['info.trace_id']),
  rows: (document) => [asObject(document) ?? {}],
  records: ({ info }, { task }) => {
    const metadata = at(info, 'trace_metadata')
    return [
      recordOf({
        task: task ?? 'mlflow',
        prompt: parsed(at(metadata, 'mlflow.traceInputs')),
        output: parsed(at(metadata, 'mlflow.traceOutputs')) ?? null,
        error: at(info, 'state') === 'ERROR' ? 'ERROR' : undefined,
        latency: at(info, 'execution_duration_ms'),
      }),
    ]
  },
}

/** MLflow's evaluation table, `eval_results_table.json`: columns and rows; scores are columns `<metric>/v1/score`. */
export const mlflowTable: LogFormat = {
  id: 'mlflow-table',
  tool: 'MLflow',
  reads: '`eval_results_table.json`',
  seen: false,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['columns', 'data']) && asList(at(first, 'columns')) !== null,
  rows: (document) => {
    const columns = (asList(at(document, 'columns')) ?? []).map(String)
    return (asList(at(document, 'data')) ?? []).map((cells) =>
      Object.fromEntries(columns.map((name, i) => [name, at(cells, i)])),
    )
  },
  records: (row, { task }) => {
    const scores = Object.entries(row).filter(
      ([name, value]) => /\/(?:v\d+\/)?score$/.test(name) && (typeof value === 'number' || value === null),
    )
    return [
      recordOf({
        task: task ?? 'mlflow',
        id: row.id ?? row.request_id,
        prompt: promptOf(row.inputs ?? row.input ?? row.question ?? row.request),
        output: row.outputs ?? row.output ?? row.predictions ?? row.prediction ?? row.response ?? null,
        reference: row.targets ?? row.target ?? row.ground_truth ?? row.expected_response,
        scores: Object.fromEntries(scores.map(([name, value]) => [name.replace(/\/(?:v\d+\/)?score$/, ''), value])),
      }),
    ]
  },
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
