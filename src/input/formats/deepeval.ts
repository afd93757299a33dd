import type { Raw } from '../../domain/record.js'
import { type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { asList, asText, at } from './values.js'

/**
 * DeepEval's test runs, bare or wrapped in `testRunData`. Names such as `test_case_3` are places and no ids: such cases
 * are paired by their input. A metric that errored has no score. Source: deepeval/test_run/api.py.
 */
export const deepeval: LogFormat = {
  id: 'deepeval',
  tool: 'DeepEval',
  reads: 'test runs: metrics, thresholds, errors of metrics',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['testRunData']) || hasKeys(first, ['testCases']),
  rows: (document) =>
    (asList(at(document, 'testCases') ?? at(document, 'testRunData', 'testCases')) ?? []) as readonly Raw[],
  records: (row, { task }) => [
    recordOf({
      task: task ?? 'deepeval',
      id: /^test_case_\d+$/.test(asText(row.name) ?? 'test_case_0') ? undefined : row.name,
      prompt: row.input,
      output: row.actualOutput ?? null,
      reference: row.expectedOutput,
      correct: typeof row.success === 'boolean' ? row.success : undefined,
      scores: scoresOf(row),
      cost: row.evaluationCost,
      latency: row.runDuration,
      tags: row.tags,
    }),
  ],
}

function scoresOf({ metricsData }: Raw): Raw {
  return Object.fromEntries(
    (asList(metricsData) ?? []).flatMap((metric) => {
      const name = asText(at(metric, 'name'))
      return name === null ? [] : [[name, at(metric, 'score') ?? null]]
    }),
  )
}
