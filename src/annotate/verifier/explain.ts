import { shown } from '../../domain/printable.js'
import type { Outcome } from './child.js'
import { ANSWER_BYTES } from './limits.js'
import type { Stray } from './line.js'
import type { Start } from './start.js'
import { cut, type Fault, fault, quoted } from './text.js'

type Failure = Exclude<Outcome, { kind: 'line' }>
type Late = Extract<Failure, { kind: 'late' }>
type Ended = Extract<Failure, { kind: 'ended' }>

const LAST_WORDS = 240

/** What a failure is to the user. */
export function faultOf(failure: Failure, { name, directory, answers }: Start): Fault {
  switch (failure.kind) {
    case 'late':
      return fault('timed-out', lateMessage(failure, answers === 1))
    case 'stray':
      return fault('bad-answer', STRAYS[failure.what](quoted(failure.bytes)))
    case 'ended':
      return fault('crashed', endMessage(failure))
    case 'unstarted':
      return fault('not-started', startMessage(name, failure.cause, directory))
  }
}

const STRAYS: Record<Stray, (seen: string) => string> = {
  more: (seen) =>
    `It answered one request with more than one line: ${seen}. Print what is no answer to standard error.`,
  endless: (seen) => `Its answer is longer than ${ANSWER_BYTES} bytes: ${seen}.`,
  unasked: (seen) => `It wrote ${seen} without being asked. Print what is no answer to standard error.`,
}

/** Our own runner flushes; a command may forget to. */
function lateMessage({ limitMs, partial }: Late, isCommand: boolean): string {
  const seen = partial.length === 0 ? '' : ` It had written ${quoted(partial)} without a line end.`
  const hint = isCommand ? ' Does it flush each answer (python3 -u)?' : ''
  return `No answer within ${limitMs} ms.${seen}${hint} If it needs longer, raise timeoutMs.`
}

function endMessage({ code, signal, mute, partial, lastWords }: Ended): string {
  const how = mute ? 'It closed its standard output' : `It ended with ${signal ?? `exit code ${code}`}`
  const seen = partial.length === 0 ? 'before it answered' : `in the middle of an answer, ${quoted(partial)}`
  return `${how} ${seen}${lastWords === '' ? '.' : `: ${cut(lastWords, LAST_WORDS)}`}`
}

function startMessage(name: string, cause: string, directory: string): string {
  return `${shown(name)} cannot be started in ${shown(directory, 200)} (${cause}). Is the program installed, and the directory there? A relative program path starts from that directory.`
}
