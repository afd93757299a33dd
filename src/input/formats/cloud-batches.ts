import type { Raw } from '../../domain/record.js'
import { type LogFormat, recordOf } from './log-format.js'
import { contentText, messageText } from './messages.js'
import { hasKeys } from './probe.js'
import { asList, asObject, asText, at, known } from './values.js'

/** Anthropic's Message Batches: `{custom_id, result: {type, message | error}}`. Source: docs.anthropic.com, and real rows. */
export const anthropicBatch: LogFormat = {
  id: 'anthropic-batch',
  tool: 'Anthropic batch',
  reads: 'results; errors and expired requests as outcomes',
  seen: false,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['custom_id', 'result.type']),
  records: (row, { task }) => [recordOf({ task: task ?? 'batch', id: row.custom_id, ...anthropicAnswer(row.result) })],
}

/** What is not `succeeded` failed: errored, canceled, expired. */
function anthropicAnswer(result: unknown): Raw {
  const type = at(result, 'type')
  if (type !== 'succeeded')
    return { output: null, error: at(result, 'error', 'error', 'type') ?? at(result, 'error', 'type') ?? type }
  const message = at(result, 'message')
  return {
    output: contentText(at(message, 'content')) ?? JSON.stringify(at(message, 'content')),
    model: at(message, 'model'),
    finish_reason: at(message, 'stop_reason'),
    input_tokens: at(message, 'usage', 'input_tokens'),
    output_tokens: at(message, 'usage', 'output_tokens'),
  }
}

/** Amazon Bedrock's batch inference: `{recordId, modelInput, modelOutput | error}`; the body is the model family's own. */
export const bedrockBatch: LogFormat = {
  id: 'bedrock-batch',
  tool: 'Bedrock batch',
  reads: 'records with their prompts',
  seen: false,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['recordId', 'modelInput']),
  records: (row, { task }) => [
    recordOf({
      task: task ?? 'batch',
      id: row.recordId,
      prompt: at(row.modelInput, 'messages') ?? at(row.modelInput, 'prompt') ?? at(row.modelInput, 'inputText'),
      ...bedrockAnswer(row),
    }),
  ],
}

function bedrockAnswer({ modelOutput, error }: Raw): Raw {
  if (modelOutput === undefined || modelOutput === null) return { output: null, error: error ?? 'no output' }
  return {
    output:
      contentText(at(modelOutput, 'content')) ??
      contentText(at(modelOutput, 'output', 'message', 'content')) ??
      asText(at(modelOutput, 'results', 0, 'outputText')) ??
      asText(at(modelOutput, 'generation')) ??
      asText(at(modelOutput, 'outputs', 0, 'text')) ??
      messageText(at(modelOutput, 'choices', 0, 'message')),
    finish_reason: at(modelOutput, 'stop_reason') ?? at(modelOutput, 'stopReason'),
  }
}

/** Vertex AI's batch prediction: `{request, response, status}`. It has no id: cases are paired by their prompt. */
export const vertexBatch: LogFormat = {
  id: 'vertex-batch',
  tool: 'Vertex batch',
  reads: 'predictions with their prompts',
  seen: false,
  layout: 'lines',
  detects: ({ first }) =>
    hasKeys(first, ['request.contents']) && (hasKeys(first, ['response']) || hasKeys(first, ['status'])),
  records: (row, { task }) => [
    recordOf({
      task: task ?? 'batch',
      id: row.key,
      prompt: at(row.request, 'contents'),
      meta: known({ decoding: asObject(at(row.request, 'generationConfig') ?? at(row.request, 'generation_config')) }),
      ...vertexAnswer(row),
    }),
  ],
}

function vertexAnswer({ response, status }: Raw): Raw {
  const candidate = asList(at(response, 'candidates'))?.[0]
  if (candidate === undefined) return { output: null, error: asText(status) || 'no candidate' }
  return {
    output: contentText(at(candidate, 'content', 'parts')) ?? '',
    finish_reason: at(candidate, 'finishReason'),
    model: at(response, 'modelVersion'),
    logprobs: vertexLogprobs(candidate),
  }
}

/** Of the tokens that were taken. `avgLogprobs`, which is always there, is their mean and no list of them. */
function vertexLogprobs(candidate: unknown): readonly unknown[] | null {
  const tokens = asList(at(candidate, 'logprobsResult', 'chosenCandidates'))
  return tokens?.map((token) => at(token, 'logProbability') ?? null) ?? null
}
