import { type AnyDetector, defineDetector } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import { AuditError, type Problem } from '../../src/domain/problem.js'

function measure(id: string, role: Measure['role'], margin: number | null): Measure {
  return {
    id,
    title: `How often: ${id}`,
    unit: 'share',
    worse: 'higher',
    margin,
    role,
    needs: [],
    pool: 'sum',
    scope: 'task',
    cases: ['cases'],
    range: 1,
    interval: 'jackknife',
    of: () => ({ kind: 'change', change: 0 }),
  }
}

const docs = { why: 'Tuning may harm.', how: 'By counting.', limits: 'None.', sources: [] }
const prepared = (measures: Measure[]) => ({ columns: [], measures, exhibits: [], observe: () => {} })

/** Fixed measures, one of them noted and without a margin. */
const crossTask = defineDetector({
  id: 'cross-task-regression',
  version: 1,
  title: 'Cross-task regression',
  docs,
  options: {
    type: 'object',
    required: ['minCases'],
    additionalProperties: false,
    properties: {
      minCases: { type: 'integer', minimum: 1 },
      answer: {
        anyOf: [
          { type: 'number' },
          { type: 'object', additionalProperties: false, properties: { key: { type: 'string' } } },
        ],
      },
    },
  },
  defaults: { minCases: 5 },
  prepare: () =>
    prepared([
      measure('accuracy', 'guarded', 0.02),
      measure('worst-task', 'noted', null),
      measure('total', 'watched', 0.1),
    ]),
})

/** Measures that come with the options: `rule:<name>`, to be decided and without a margin. */
const breach = defineDetector<{ rules: Record<string, string> }>({
  id: 'breach',
  version: 1,
  title: 'Rule breach',
  docs,
  options: {
    type: 'object',
    additionalProperties: false,
    properties: { rules: { type: 'object', additionalProperties: { type: 'string' } } },
  },
  defaults: { rules: {} },
  prepare: ({ rules }) =>
    prepared([
      measure('total', 'watched', 0.05),
      ...Object.keys(rules).map((name) => measure(`rule:${name}`, 'watched', null)),
    ]),
})

/** Not in order of id. */
export const detectors: readonly AnyDetector[] = [crossTask, breach]

export function problemOf(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (error instanceof AuditError) return error.problem
    throw error
  }
  throw new Error('nothing was thrown')
}
