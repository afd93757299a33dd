import { AuditError } from '../../domain/problem.js'
import type { Raw } from '../../domain/record.js'
import type { LoggedVerification } from '../verification.js'
import type { CompanionFormat } from './format.js'
import { type Companion, type Log, type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at } from './values.js'

/**
 * The Berkeley Function-Calling Leaderboard's `result/…/BFCL_v4_<category>_result.json`, lines of `{id, result}`, with the
 * failures of `score/…_score.json`: what is not among them passed. In irrelevance categories a call that cannot be decoded
 * counts as right there (gorilla #443), so that a ruined model would gain: their verdict is the score `irrelevance`, which
 * is never the score by itself nor pooled with `valid`, and a call that cannot be decoded is infeasible there too. Source: bfcl_eval/eval_checker/eval_runner.py.
 */
export const bfcl: LogFormat = {
  id: 'bfcl',
  tool: 'BFCL',
  reads: '`result/` with `score/`: calls that are wrong, undecodable or not made',
  seen: true,
  layout: 'lines',
  detects: ({ first }) =>
    hasKeys(first, ['id', 'result']) && (hasKeys(first, ['input_token_count']) || hasKeys(first, ['latency'])),
  siblings: (path) => [scorePath(path)].filter((one) => one !== path),
  records: (row, log, line) => {
    const task = taskOf(log)
    const name = scoreName(task)
    return [recordOf(record(row, { log, task, line }), { score: name === 'valid' ? { name, worse: 'lower' } : null })]
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
    [inFolder(path, 'score', 'result').replace(/_score\.json$/, '_result.json')].filter((one) => one !== path),
}

/** A part of a split result file, `…_result.2.json`, has the score file of the whole. */
function scorePath(path: string): string {
  return inFolder(path, 'result', 'score').replace(/_result(?:\.[^/]*)?\.json$/, '_score.json')
}

/** The same path below the folder beside; the innermost of that name. */
function inFolder(path: string, from: string, to: string): string {
  return path.replace(new RegExp(`(^|/)${from}/(?!.*/${from}/)`), `$1${to}/`)
}

function taskOf(log: Log): string {
  const [, category] =
    /^(?:BFCL_v\d+_|gorilla_openfunctions_v\d+_test_)?(.+?)_result(?:\..*)?\.json/.exec(log.name) ?? []
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

/** Where no call is due, what is right says nothing of calls. */
function scoreName(task: string): 'irrelevance' | 'valid' {
  return /irrelevance/.test(task) ? 'irrelevance' : 'valid'
}

function record(row: Raw, { log, task, line }: Place): Raw {
  const text = textOf(row.result)
  const failure = failureOf(row, line, log)
  const errorType = failure ? (failure.error_type ?? at(failure.error, 'error_type')) : undefined
  const call = failure === undefined ? undefined : callOf(row.result, { text, errorType, task })
  return {
    task,
    id: row.id,
    output: text ?? JSON.stringify(row.result),
    error: text?.startsWith('Error during inference') ? text : undefined,
    call,
    ...(failure === undefined ? {} : { scores: { [scoreName(task)]: failure === null ? 1 : 0 } }),
    error_type: errorType,
    verification: call === undefined ? undefined : verdictOf(call, failure === null, asText(errorType), task),
  }
}

/** `none`: the model answered in words. `undecodable`: it set out to call and what it wrote is no call. */
type Call = 'decoded' | 'undecodable' | 'none'

interface Decoding {
  readonly text: string | null
  readonly errorType: unknown
  readonly task: string
}

/** The checker says whether a call was decoded; where one was not due, only that it found none. */
function callOf(result: unknown, { text, errorType, task }: Decoding): Call {
  const isDue = scoreName(task) === 'valid'
  const type = asText(errorType)
  const failed = type !== null && UNDECODED.test(type)
  if (isDue ? !failed : type !== null) return 'decoded'
  if (text !== null) return isCallLike(text) ? 'undecodable' : 'none'
  if (asList(result)?.length === 0) return 'none'
  return isDue || !isCallable(result) ? 'undecodable' : 'decoded'
}

const UNDECODED = /decoder_failed|decoder_wrong_output_format/

/** Whether every call that a model's function calling gave has arguments that parse. */
function isCallable(result: unknown): boolean {
  return (asList(result) ?? []).every((call) => Object.values(asObject(call) ?? {}).every(isJsonObject))
}

function isJsonObject(value: unknown): boolean {
  try {
    return asObject(typeof value === 'string' ? JSON.parse(value) : value) !== null
  } catch {
    return false
  }
}

/** Text that begins as a call does: `name(`, `[name(`, `[{"name"`, `<tool_call>`, in a fence or not. */
const CALL = /^\s*(?:```\w*\s*)?(?:\[?\s*[A-Za-z_][\w.]*\(|\[?\s*\{\s*"|<(?:tool_call|function)\b)/

function isCallLike(text: string): boolean {
  return CALL.test(text)
}

function verdictOf(call: Call, passed: boolean, errorType: string | null, task: string): LoggedVerification {
  const isDue = scoreName(task) === 'valid'
  if (call === 'undecodable') return { valid: false, feasible: false, violations: ['undecodable call'] }
  if (call === 'none') return { valid: !isDue, feasible: passed, violations: passed ? [] : ['no call'] }
  return { valid: true, feasible: passed, violations: passed ? [] : [errorType ?? 'wrong call'] }
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
