import { lastBoxed } from './answers-boxed.js'
import { cleaned } from './answers-markup.js'
import { payloadAnswer } from './answers-payload.js'
import { phrasedAnswer } from './answers-phrase.js'

/** By what an answer was recognised, strongest first; `line` is only the last line of a text that marks nothing. */
export const ANSWER_MARKS = ['tag', 'payload', 'boxed', 'hashes', 'phrase', 'bracket', 'line'] as const
export type AnswerMark = (typeof ANSWER_MARKS)[number]

export interface FoundAnswer {
  /** Without markup, quotes and full stop. */
  readonly text: string
  /** As it stands in its box, tag, payload or sentence. */
  readonly written: string
  readonly mark: AnswerMark
}

/** Whether a mark leaves no doubt that an answer was meant: then nothing else in the text is looked at. */
export function isFirm(mark: AnswerMark): boolean {
  return mark === 'tag' || mark === 'payload' || mark === 'boxed' || mark === 'hashes'
}

/** A longer last line is prose. */
const LONGEST_LINE = 200

/**
 * What an output gives as its answer, without the markup around it; null where nothing marks one and the last line is
 * longer than 200 characters. Empty where a tag or payload for it is. What models think aloud (`<think>…</think>`) is
 * left aside. Of several answers of a kind the last counts. English phrases only. Time grows with the length of the
 * text, whatever it holds: every pattern in these files begins with something fixed and repeats nothing that it could
 * give back.
 *
 * The forms are those that lm-evaluation-harness, simple-evals, inspect_ai and ZeroEval ask models for.
 */
export function findAnswer(output: string): FoundAnswer | null {
  const text = afterThinking(output)
  const contained = explicit('tag', tagged(text)) ?? explicit('payload', payloadAnswer(text))
  if (contained !== null) return contained
  return (
    found('boxed', lastBoxed(text)) ??
    found('hashes', afterHashes(text)) ??
    found('phrase', phrasedAnswer(text)) ??
    found('bracket', bracketed(lastLine(text))) ??
    found('line', shortLine(lastLine(text)))
  )
}

export function finalAnswer(output: string): string | null {
  return findAnswer(output)?.text ?? null
}

/** What a container holds is the answer, even where it is empty; a box or phrase within it says which part. */
function explicit(mark: AnswerMark, text: string | null): FoundAnswer | null {
  if (text === null) return null
  const inner = found(mark, lastBoxed(text)) ?? found(mark, phrasedAnswer(text))
  return inner ?? { text: cleaned(text), written: text, mark }
}

function found(mark: AnswerMark, written: string | null): FoundAnswer | null {
  const text = written === null ? '' : cleaned(written)
  return written === null || text === '' ? null : { text, written, mark }
}

function afterThinking(output: string): string {
  const end = output.lastIndexOf('</think>')
  if (end === -1) return output
  const rest = output.slice(end + '</think>'.length)
  return rest.trim() === '' ? output : rest
}

/** From the last opening tag to the next closing one, or to the end where generation stopped at the closing tag. */
function tagged(text: string): string | null {
  const opening = lastMatch(/<answer>|\[ANSWER\]/gi, text)
  if (opening === null) return null
  const rest = text.slice(opening.index + opening[0].length)
  const closing = /<\/answer>|\[\/ANSWER\]/i.exec(rest)
  return closing === null ? rest : rest.slice(0, closing.index)
}

/**
 * GSM8K's `#### 18`. The same characters head a section in Markdown: what is not a bare number counts only on the last
 * line.
 */
function afterHashes(text: string): string | null {
  const last = lastMatch(/^####(?!#)[ \t]*([^\r\n]*)/gm, text)
  if (last === null) return null
  const isLast = text.slice(last.index + last[0].length).trim() === ''
  return isLast || /^[-+$€£]{0,3}[\d.,]+$/.test(last[1]!.trim()) ? last[1]! : null
}

/** `[Yes]`, `[[B]]`: letters only, so that neither lists nor references are taken for answers. */
function bracketed(line: string): string | null {
  return lastMatch(/(?<!\\)\[([A-Za-z][A-Za-z ]{0,39})\](?!\()/g, line)?.[1] ?? null
}

function shortLine(line: string): string | null {
  return line.length <= LONGEST_LINE ? line : null
}

/** Lines that only open or close a code block or a formula say nothing. */
function lastLine(text: string): string {
  let end = text.length
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(start, end).trim()
    if (line !== '' && !/^(?:```.{0,20}|\$\$|\\\]|-{3,9})$/.test(line)) return line
    end = start - 1
  }
  return ''
}

function lastMatch(pattern: RegExp, text: string): RegExpExecArray | null {
  let last: RegExpExecArray | null = null
  for (const match of text.matchAll(pattern)) last = match
  return last
}
