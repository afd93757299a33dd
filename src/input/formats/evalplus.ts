import type { Raw } from '../../domain/record.js'
import type { LoggedVerification } from '../verification.js'
import { type Log, type LogFormat, recordOf } from './log-format.js'
import { firstOf, hasKeys } from './probe.js'
import { asList, asObject, asText, at, known } from './values.js'

/**
 * EvalPlus' `*_eval_results.json`, both layouts: a list of solutions for each task, or (2023) lists of verdicts, whose
 * solutions stand in the samples file beside it. Base tests passed and plus tests failed: it looks right and is not.
 * Source: evalplus/evaluate.py.
 */
export const evalplus: LogFormat = {
  id: 'evalplus',
  tool: 'EvalPlus',
  reads: '`*_eval_results.json`: base and plus tests, form and substance apart',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['eval', 'hash']) && isVerdicts(firstOf(at(first, 'eval'))),
  siblings: (path) => (/_eval_results\.json$/.test(path) ? [path.replace(/_eval_results\.json$/, '.jsonl')] : []),
  rows: (document, log) =>
    Object.entries(asObject(at(document, 'eval')) ?? {}).flatMap(([task, verdicts]) => rowsOf(task, verdicts, log)),
  records: (row) => [recordOf(record(row), { score: { name: MAIN, worse: 'lower' } })],
}

const MAIN = 'base_and_plus_pass@1'

function isVerdicts(value: unknown): boolean {
  return asList(value) !== null || hasKeys(value, ['nfiles', 'base'])
}

function rowsOf(task: string, verdicts: unknown, log: Log): Raw[] {
  const solutions = asList(verdicts)
  if (solutions !== null) return solutions.map((row, sample) => ({ ...asObject(row), task_id: task, sample }))
  const old = { base: asList(at(verdicts, 'base')) ?? [], plus: asList(at(verdicts, 'plus')) ?? [] }
  return old.base.map((base, sample) => ({
    task_id: task,
    sample,
    base_status: at(base, 0),
    plus_status: at(old.plus[sample], 0) ?? null,
    solution: solutionOf(task, sample, log),
  }))
}

/** Of the samples file, whose rows of one task stand in the order of their verdicts. */
function solutionOf(task: string, sample: number, log: Log): unknown {
  const name = log.name.replace(/_eval_results\.json$/, '.jsonl')
  const rows = log.companions.find((one) => one.name === name)?.documents ?? []
  const own = rows.filter((row) => at(row, 'task_id') === task)[sample]
  return at(own, 'solution') ?? at(own, 'completion') ?? null
}

const PASSED = new Set(['pass', 'success'])

function record({ task_id: id, sample, solution, base_status: base, plus_status: plus }: Raw): Raw {
  const passed = (status: unknown) =>
    status === null || status === undefined ? null : Number(PASSED.has(String(status)))
  const both = plus === null || plus === undefined ? passed(base) : Number(passed(base) === 1 && passed(plus) === 1)
  return {
    task: asText(id)?.split('/')[0],
    id,
    sample,
    output: solution,
    scores: known({ 'base_pass@1': passed(base), [MAIN]: both, 'plus_only_pass@1': passed(plus) }),
    verification: verdictOf(passed(base), passed(plus)),
  }
}

/** The base tests say whether it has the look of a solution, both together whether it is one. */
function verdictOf(base: number | null, plus: number | null): LoggedVerification | undefined {
  if (base === null || plus === null) return undefined
  const violations = [...(base === 1 ? [] : ['base tests']), ...(plus === 1 ? [] : ['plus tests'])]
  return { valid: base === 1, feasible: violations.length === 0, violations }
}
