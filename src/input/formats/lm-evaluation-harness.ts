import { dirname, join } from 'node:path'
import type { Raw } from '../../domain/record.js'
import { softmax } from './choices.js'
import type { CompanionFormat } from './format.js'
import {
  companionNamed,
  type Log,
  type LogFormat,
  leftOut,
  type MappedScore,
  type Part,
  type Produced,
  recordOf,
} from './log-format.js'
import { hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, known, numberIn } from './values.js'

/**
 * EleutherAI's lm-evaluation-harness, `samples_<task>_<date>.jsonl`: a row for each document and filter. Rows of one
 * document are one record whose scores are named as in the results, `exact_match,strict-match`; the filter `none` is left
 * unnamed. A document is known by its hash, since `doc_id` counts rows and not documents when samples are chosen; one that
 * occurs twice has two samples. Layout: lm_eval/loggers/evaluation_tracker.py, versions 0.4.2 to 0.4.13.
 */
export const lmEvaluationHarness: LogFormat = {
  id: 'lm-evaluation-harness',
  tool: 'lm-evaluation-harness',
  reads:
    "`samples_*.jsonl` with `results_*.json`: both filters, choices' likelihoods as confidence, versions, shots, templates",
  seen: true,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['doc_id', 'doc', 'target', 'arguments', 'resps', 'filtered_resps']),
  siblings: (path) => {
    const date = nameParts(path)?.date
    return date === undefined ? [] : [join(dirname(path), `results_${date}.json`)]
  },
  records: (row, log, line) => [
    ...(line === 1 ? promise(log) : []),
    recordOf(record(row, log), { part: partOf(row), score: mainScore(row, log) }),
    ...repeats(row),
  ],
}

/** `results_<date>.json` of the same run: versions, shots, templates, and which direction of a metric is better. */
export const lmEvaluationHarnessResults: CompanionFormat = {
  id: 'lm-evaluation-harness-results',
  tool: 'lm-evaluation-harness',
  wants: 'samples_<task>_<date>.jsonl (run the harness with --log_samples)',
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['results', 'group_subtasks', 'configs']),
}

/** The results say how many documents of the task were asked. */
function promise(log: Log): [] {
  const task = taskOf(log)
  const outputs = asObject(asObject(resultsOf(log)?.['n-samples'])?.[task])?.effective
  if (typeof outputs === 'number') log.promised({ key: `${nameParts(log.name)?.date} ${task}`, task, outputs })
  return []
}

const NAME = /^samples_(.+)_(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:\.\d+)?)/

function nameParts(path: string): { task: string; date: string } | null {
  const [, task, date] = NAME.exec(path.slice(path.lastIndexOf('/') + 1)) ?? []
  return task === undefined || date === undefined ? null : { task, date }
}

function taskOf(log: Log): string {
  return (
    log.task ??
    nameParts(log.name)?.task ??
    refuse(
      log,
      'its name does not tell the task (samples_<task>_<date>.jsonl)',
      'Name the task: input: {task: …} in the config.',
    )
  )
}

function record(row: Raw, log: Log): Raw {
  const task = taskOf(log)
  const first = asObject(asObject(row.arguments)?.gen_args_0) ?? {}
  return {
    task,
    id: typeof row.doc_hash === 'string' ? row.doc_hash.slice(0, 16) : row.doc_id,
    sample: typeof row.doc_hash === 'string' ? row.doc_id : 0,
    prompt: promptOf(first.arg_0),
    reference: row.target,
    ...answerOf(row),
    scores: Object.fromEntries(metricsOf(row).map((metric) => [scoreName(metric, row), numberIn(row, metric)])),
    model: resultsOf(log)?.model_name,
    meta: known({ ...settingsOf(log, task), decoding: asObject(first.arg_1) }),
  }
}

/** Of a chat API the harness keeps a list that holds the messages as JSON. */
function promptOf(given: unknown): unknown {
  const [only, ...others] = asList(given) ?? []
  return only !== undefined && others.length === 0 ? only : given
}

type Answer = { readonly output: string; readonly confidence?: number; readonly extracted?: unknown }

/** A generated text, or the likeliest choice with its share of the probability. */
function answerOf(row: Raw): Answer {
  const responses = asList(row.resps) ?? []
  const texts = asList(responses[0])
  const [text] = texts ?? []
  if (typeof text === 'string') return { output: text, extracted: asList(row.filtered_resps)?.[0] }
  const likelihoods = responses.map((response) => Number(asText(asList(asList(response)?.[0])?.[0])))
  if (likelihoods.length < 2 || !likelihoods.every((value) => value <= 0))
    return { output: JSON.stringify(row.filtered_resps) }
  const shares = softmax(likelihoods)
  const best = shares.indexOf(Math.max(...shares))
  return { output: choiceText(row, best) ?? String(best), confidence: shares[best]! }
}

function choiceText(row: Raw, choice: number): string | null {
  const text = asText(asObject(asObject(row.arguments)?.[`gen_args_${choice}`])?.arg_1)
  return text === null || text.trim() === '' ? null : text.trim()
}

/** What else the request gave has no score of its own. */
function repeats(row: Raw): Produced[] {
  const texts = asList(asList(row.resps)?.[0]) ?? []
  const more = texts.filter((text) => typeof text === 'string').length - 1
  return more > 0 ? [leftOut('further responses of a repeated request, which have no score of their own')] : []
}

/** Keys of a row that are no metric, for versions that do not list theirs. */
const NO_METRIC = new Set([
  'doc_id',
  'doc',
  'target',
  'arguments',
  'resps',
  'filtered_resps',
  'filter',
  'metrics',
  'doc_hash',
  'prompt_hash',
  'target_hash',
])

function metricsOf(row: Raw): string[] {
  const listed = asList(row.metrics)?.filter((metric) => typeof metric === 'string')
  const metrics = listed ?? Object.keys(row).filter((key) => !NO_METRIC.has(key))
  // Metrics of the corpus log their parts, not a number.
  return metrics.filter((metric) => ['number', 'boolean'].includes(typeof row[metric]) || row[metric] === null)
}

function filterOf(row: Raw): string {
  return typeof row.filter === 'string' ? row.filter : 'none'
}

function scoreName(metric: string, row: Raw): string {
  return filterOf(row) === 'none' ? metric : `${metric},${filterOf(row)}`
}

function partOf(row: Raw): Part {
  return { rank: filterOf(row), partial: false }
}

/** The metrics that the harness's own tables lead with. */
const MAIN = ['acc', 'exact_match', 'pass@1', 'prompt_level_strict_acc', 'f1', 'em']

function mainScore(row: Raw, log: Log): MappedScore | null {
  const metrics = metricsOf(row)
  const metric = metrics.length === 1 ? metrics[0] : MAIN.find((name) => metrics.includes(name))
  if (metric === undefined) return null
  const better = asObject(asObject(resultsOf(log)?.higher_is_better)?.[taskOf(log)])?.[metric]
  return { name: scoreName(metric, row), worse: better === false ? 'higher' : better === true ? 'lower' : null }
}

function resultsOf(log: Log): Raw | null {
  const date = nameParts(log.name)?.date
  return asObject(companionNamed(log, `results_${date}.json`))
}

/** What must be the same in both arms for their scores to be. */
function settingsOf(log: Log, task: string): Raw {
  const results = resultsOf(log)
  const ofTask = (key: string) => asObject(results?.[key])?.[task]
  return {
    task_version: ofTask('versions'),
    num_fewshot: ofTask('n-shot'),
    task_hash: ofTask('task_hashes'),
    chat_template_sha: results?.chat_template_sha,
    system_instruction_sha: results?.system_instruction_sha,
  }
}
