import { AuditError } from '../../domain/problem.js'
import type { Raw } from '../../domain/record.js'
import type { CompanionFormat } from './format.js'
import { type Companion, type Log, type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asText, at } from './values.js'

/**
 * The Berkeley Function-Calling Leaderboard's `result/…/BFCL_v4_<category>_result.json`, lines of `{id, result}`, with the
 * failures of `score/…_score.json`: what is not among them passed. In irrelevance categories a call that cannot be decoded
 * counts as right there (gorilla #443), so that a ruined model would gain: their verdict is `valid` in `scores` and never
 * the score by itself. Source: bfcl_eval/eval_checker/eval_runner.py.
 */
export const bfcl: LogFormat = {
  id: 'bfcl',
  tool: 'BFCL',
  layout: 'lines',
  detects: ({ first }) =>
    hasKeys(first, ['id', 'result']) && (hasKeys(first, ['input_token_count']) || hasKeys(first, ['latency'])),
  siblings: (path) => [scorePath(path)].filter((one) => one !== path),
  records: (row, log, line) => {
    const task = taskOf(log)
    return [
      recordOf(record(row, { log, task, line }), {
        score: /irrelevance/.test(task) ? null : { name: 'valid', worse: 'lower' },
      }),
    ]
  },
}

/** `_score.json`: a header `{accuracy, correct_count, total_count}`, then failures only. */
export const bfclScores: CompanionFormat = {
  id: 'bfcl-scores',
  tool: 'BFCL',
  wants: 'result/…/BFCL_v4_<category>_result.json',
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['accuracy', 'correct_count', 'total_count']),
  siblings: (path) =>
    [path.replace('/score/', '/result/').replace(/_score\.json$/, '_result.json')].filter((one) => one !== path),
}

function scorePath(path: string): string {
  return path.replace('/result/', '/score/').replace(/_result\.json$/, '_score.json')
}

function taskOf(log: Log): string {
  const [, category] = /^(?:BFCL_v\d+_|gorilla_openfunctions_v\d+_test_)?(.+?)_result\.json/.exec(log.name) ?? []
  return (
    log.task ??
    category ??
    refuse(
      log,
      'its name does not tell the category (BFCL_v4_<category>_result.json)',
      'Name it: input: {task: …} in the config.',
    )
  )
}

interface Place {
  readonly log: Log
  readonly task: string
  readonly line: number
}

function record(row: Raw, { log, task, line }: Place): Raw {
  const text = textOf(row.result)
  const failure = failureOf(row, line, log)
  return {
    task,
    id: row.id,
    output: text ?? JSON.stringify(row.result),
    error: text?.startsWith('Error during inference') ? text : undefined,
    called: text === null,
    ...(failure === undefined ? {} : { scores: { valid: failure === null ? 1 : 0 } }),
    error_type:
      failure === undefined || failure === null ? undefined : (failure.error_type ?? at(failure.error, 'error_type')),
  }
}

/** What the model said where it called nothing. */
function textOf(result: unknown): string | null {
  const texts = asList(result)
  if (texts !== null && texts.length > 0 && texts.every((one) => typeof one === 'string')) return texts.join('\n')
  return asText(result)
}

/** The failure of a row; null where it passed, undefined where nothing was scored. Old dumps count rows from 1. */
function failureOf({ id }: Raw, line: number, log: Log): Raw | null | undefined {
  const scores = scoresOf(log)
  if (scores === null) return undefined
  return scores.get(String(id)) ?? scores.get(`line ${line}`) ?? null
}

const read = new WeakMap<Companion, ReadonlyMap<string, Raw>>()

function scoresOf({ name, companions }: Log): ReadonlyMap<string, Raw> | null {
  const own = companions.find((one) => one.name === scorePath(name))
  if (own === undefined) return null
  const known = read.get(own)
  if (known !== undefined) return known
  const fresh = failuresOf(own)
  read.set(own, fresh)
  return fresh
}

function failuresOf({ path, documents }: Companion): Map<string, Raw> {
  const [header, ...failures] = documents as readonly Raw[]
  const expected = Number(header?.total_count) - Number(header?.correct_count)
  if (expected !== failures.length) {
    const what = `it counts ${expected} failures and holds ${failures.length}`
    throw new AuditError({ code: 'log-refused', path, what, remedy: 'Score the results again.' })
  }
  return new Map(failures.map((failure) => [keyOf(failure), failure]))
}

function keyOf({ id, prompt }: Raw): string {
  const asked = at(prompt, 'id')
  if (asked !== undefined) return String(asked)
  return typeof id === 'number' ? `line ${id}` : String(id)
}
