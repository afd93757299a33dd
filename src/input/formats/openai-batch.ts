import type { Raw } from '../../domain/record.js'
import { type Log, type LogFormat, type Produced, recordOf } from './log-format.js'
import { messageText, tokenLogprobs } from './messages.js'
import { hasKeys } from './probe.js'
import { asList, asObject, asText, at, known } from './values.js'

/**
 * Batches in the form of OpenAI's Batch API (Groq, Together, Mistral, vLLM's run-batch): output files, error files, and
 * the input files that hold the prompts, in any order and any number. A request without a line in an output or error file
 * makes the run incomplete. Source: platform.openai.com/docs/api-reference/batch, and real files.
 */
export const openaiBatch: LogFormat = {
  id: 'openai-batch',
  tool: 'OpenAI batch',
  reads: 'output, error and input files of OpenAI, Groq, Together, Mistral, vLLM; choices as repeats',
  seen: true,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['custom_id', 'response']) || isRequest(first),
  records: (row, log) => (isRequest(row) ? [request(row, log)] : responses(row, log)),
}

function isRequest(row: unknown): boolean {
  return hasKeys(row, ['custom_id', 'method', 'url', 'body'])
}

/** What was asked, whatever the answer. */
function request(row: Raw, log: Log): Produced {
  const { messages, input, prompt, model, ...settings } = asObject(row.body) ?? {}
  const record = {
    task: taskOf(log),
    id: row.custom_id,
    prompt: messages ?? input ?? prompt,
    meta: known({ decoding: known(settings) }),
  }
  return recordOf(record, { part: { rank: 'request', partial: true } })
}

function responses(row: Raw, log: Log): Produced[] {
  const shared = { task: taskOf(log), id: row.custom_id }
  const status = at(row.response, 'status_code')
  const body = asObject(at(row.response, 'body'))
  const error =
    asError(row.error) ??
    asError(at(body, 'error')) ??
    (typeof status === 'number' && status >= 400 ? `status ${status}` : null)
  if (error !== null) return [whole({ ...shared, output: null, error })]
  const usage = at(body, 'usage')
  const run = {
    model: at(body, 'model'),
    input_tokens: at(usage, 'prompt_tokens') ?? at(usage, 'input_tokens'),
    output_tokens: at(usage, 'completion_tokens') ?? at(usage, 'output_tokens'),
  }
  const choices = asList(at(body, 'choices'))
  if (choices === null)
    return [whole({ ...shared, ...run, output: responsesText(body), logprobs: responsesLogprobs(body) })]
  return choices.map((choice, i) =>
    whole({
      ...shared,
      ...run,
      ...(choices.length > 1 ? { sample: i } : {}),
      output: messageText(at(choice, 'message')) ?? asText(at(choice, 'text')),
      finish_reason: at(choice, 'finish_reason'),
      logprobs: tokenLogprobs(at(choice, 'logprobs')),
    }),
  )
}

/** Of the endpoint /v1/responses. */
function responsesText(body: Raw | null): string | null {
  const texts = responsesMessages(body).flatMap((message) => messageText(message) ?? [])
  return texts.length === 0 ? null : texts.join('\n')
}

/** Null where some part of the text has none. */
function responsesLogprobs(body: Raw | null): readonly number[] | null {
  const parts = responsesMessages(body).flatMap((message) => asList(at(message, 'content')) ?? [])
  const lists = parts.map((part) => tokenLogprobs(at(part, 'logprobs')))
  return lists.length === 0 || lists.includes(null) ? null : lists.flatMap((list) => list ?? [])
}

function responsesMessages(body: Raw | null): readonly unknown[] {
  return (asList(body?.output) ?? []).filter((item) => at(item, 'type') === 'message')
}

function whole(record: Raw): Produced {
  return recordOf(record, { part: { rank: 'answer', partial: false } })
}

function asError(error: unknown): unknown {
  return error === undefined || error === null ? null : error
}

function taskOf({ task }: Log): string {
  return task ?? 'batch'
}
