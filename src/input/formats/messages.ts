import { asList, asObject, asText, at } from './values.js'

/** The text of a chat message's content: a string, or the text parts of a list. Null where there is none. */
export function contentText(content: unknown): string | null {
  const parts = asList(content)
  if (parts === null) return asText(content)
  const texts = parts.flatMap((part) => asText(part) ?? asText(at(part, 'text')) ?? [])
  return texts.length === 0 ? null : texts.join('')
}

/** What a message says: its text; without any, its calls or its refusal as JSON. Null where it says nothing. */
export function messageText(message: unknown): string | null {
  const text = contentText(at(message, 'content'))
  if (text !== null && text !== '') return text
  const calls = asList(at(message, 'tool_calls'))
  if (calls !== null && calls.length > 0) return JSON.stringify(calls.map((call) => at(call, 'function') ?? call))
  return asText(at(message, 'refusal')) ?? text
}

/** A chat as prompt and answer: the last message of the assistant is the answer. */
export function splitChat(messages: readonly unknown[]): {
  readonly prompt: readonly unknown[]
  readonly answer: unknown
} {
  const last = messages.findLastIndex((message) => asObject(message)?.role === 'assistant')
  return { prompt: messages.slice(0, Math.max(0, last)), answer: messages[last] }
}

/**
 * Log probabilities of an answer's tokens, natural, of OpenAI's chat or completions or a list of tokens; null where the log
 * has none.
 */
export function tokenLogprobs(logprobs: unknown): readonly number[] | null {
  const tokens = asList(logprobs) ?? asList(at(logprobs, 'content')) ?? asList(at(logprobs, 'token_logprobs'))
  const values = tokens?.map((token) => (typeof token === 'number' ? token : at(token, 'logprob')))
  return values?.every((value) => typeof value === 'number') ? values : null
}
