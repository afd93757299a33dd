import type { Raw } from '../../domain/record.js'
import { type Log, leftOut, type MappedScore, type Produced, recordOf } from './log-format.js'
import { contentText, messageText, tokenLogprobs } from './messages.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at, known } from './values.js'

/** A row of an Inspect log: one sample of one epoch, with the log's header; or the header alone, where nothing was logged. */
export interface InspectRow extends Raw {
  readonly header: unknown
  readonly sample: Raw | null
}

/** Whether a log is whole; a run that was stopped or failed is not. */
export function requireFinished(header: unknown, log: Log): void {
  const version = at(header, 'version')
  if (version !== 2)
    refuse(
      log,
      `this is version ${String(version)} of Inspect's log format; version 2 is known`,
      'Convert it: inspect log convert --to json.',
    )
  const status = at(header, 'status')
  if (status === 'success') return
  log.unfinished(
    `the run did not end well (status ${JSON.stringify(status)})`,
    'Run it to its end: inspect eval-retry.',
  )
}

/** The header counts the samples of all epochs. */
export function promise(header: unknown, { path, promised }: Log): void {
  const outputs = at(header, 'results', 'total_samples')
  if (typeof outputs === 'number') promised({ key: path, task: taskOf(header), outputs })
}

function taskOf(header: unknown): string {
  return asText(at(header, 'eval', 'task')) ?? 'inspect'
}

export function inspectRecords(row: Raw): Produced[] {
  const { header } = row
  const sample = asObject(row.sample)
  const task = taskOf(header)
  if (sample === null) return [leftOut('the log holds its header alone', task)]
  const scores = scoresOf(sample)
  return [recordOf(record(sample, { header, task, scores }), { score: mainScore(scores) })]
}

interface Context {
  readonly header: unknown
  readonly task: string
  readonly scores: Raw
}

function record(sample: Raw, { header, task, scores }: Context): Raw {
  const choice = asList(at(sample.output, 'choices'))?.[0]
  return {
    task,
    id: sample.id,
    sample: Math.max(0, Number(sample.epoch ?? 1) - 1),
    prompt: promptOf(sample),
    reference: sample.target,
    output: resolved(messageText(at(choice, 'message')) ?? asText(at(sample.output, 'completion')), sample),
    error: at(sample.error, 'message') ?? (sample.limit === null ? undefined : limitOf(sample.limit)),
    finish_reason: at(choice, 'stop_reason'),
    logprobs: tokenLogprobs(at(choice, 'logprobs')),
    scores,
    model: at(header, 'eval', 'model'),
    input_tokens: at(sample.output, 'usage', 'input_tokens'),
    output_tokens: at(sample.output, 'usage', 'output_tokens'),
    meta: known(settingsOf(header)),
  }
}

/** A sample that ran into a limit is an outcome; what it had written stands. */
function limitOf(limit: unknown): unknown {
  return limit === undefined ? undefined : (at(limit, 'type') ?? limit)
}

function promptOf(sample: Raw): unknown {
  const messages = asList(sample.input)
  if (messages === null) return resolved(asText(sample.input), sample)
  return messages.map((message) => ({
    role: at(message, 'role'),
    content: resolved(contentText(at(message, 'content')), sample),
  }))
}

/** Long texts stand in the sample's attachments, by their hash. */
function resolved(text: string | null, { attachments }: Raw): string | null {
  const [, hash] = /^attachment:\/\/(\w+)$/.exec(text ?? '') ?? []
  return hash === undefined ? text : (asText(at(attachments, hash)) ?? text)
}

const LETTERS: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 }

/** A scorer's value: a letter, yes or no, a number, or several of them by name. */
function scoresOf({ scores }: Raw): Raw {
  return Object.fromEntries(
    Object.entries(asObject(scores) ?? {}).flatMap(([scorer, score]) => {
      const value = at(score, 'value')
      const several = asObject(value)
      if (several === null) return [[scorer, numberOf(value)]]
      return Object.entries(several).map(([name, inner]) => [`${scorer}.${name}`, numberOf(inner)])
    }),
  )
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return value
  const text = asText(value)
  if (text === null) return null
  const letter = LETTERS[text]
  if (letter !== undefined) return letter
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null
}

/** The only one. */
function mainScore(scores: Raw): MappedScore | null {
  const [name, ...others] = Object.keys(scores)
  return name === undefined || others.length > 0 ? null : { name, worse: 'lower' }
}

function settingsOf(header: unknown): Raw {
  const evaluation = at(header, 'eval')
  return {
    task_version: at(evaluation, 'task_version'),
    task_args: nonEmpty(at(evaluation, 'task_args')),
    decoding: nonEmpty(at(evaluation, 'model_generate_config')) ?? nonEmpty(at(header, 'plan', 'config')),
    dataset: at(evaluation, 'dataset', 'name'),
  }
}

function nonEmpty(value: unknown): Raw | undefined {
  const object = asObject(value)
  return object === null || Object.keys(object).length === 0 ? undefined : object
}
