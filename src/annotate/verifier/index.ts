import type { Verification, VerifierRequest, VerifierSpec } from '../../domain/verification.js'
import { readAnswer } from './answer.js'
import { Child, type Outcome } from './child.js'
import { faultOf } from './explain.js'
import { LIMITS, type Limits, LONGEST_MS } from './limits.js'
import { Patience } from './patience.js'
import { requestLine } from './request.js'
import { type Start, startOf } from './start.js'
import { causeOf, type Fault, fault } from './text.js'

export interface Verifier {
  /** One request after the other, in the order of the calls. Never rejects. */
  verify(request: VerifierRequest): Promise<Verification>
  /** Ends the process: at once where a request is under way, else within a second or two. May be called again. */
  close(): Promise<void>
  /** For an interrupt: ends the process at once, and answers nothing any more. */
  kill(): void
}

/**
 * A verifier of the user's in a process of its own, which starts at the first request and, after a fault, again at the next.
 *
 * A fault is always that of the request that was under way. After a crash, an answer that is none or none in time, the
 * whole process group is killed and nothing of it is read any more, so that no answer can be taken for another's. An exit
 * with code 0 after an answer is no fault.
 *
 * The time that is lost is bounded. Answers that do not come cost `limits.timeouts` × max(timeoutMs, limits.startMs) at
 * most. Other faults come as fast as the process makes them, at worst just within the limit, and `limits.faults` times at
 * most. After that every request is answered with `gave-up` at once.
 *
 * Dies with us only what ends at the end of its standard input; what hangs and what left its process group does not.
 */
export function openVerifier(spec: VerifierSpec, cwd: string, limits: Limits = LIMITS): Verifier {
  return new ProcessVerifier(spec, cwd, limits)
}

class ProcessVerifier implements Verifier {
  private readonly start: Start
  private readonly answerMs: number
  private readonly firstAnswerMs: number
  private readonly patience: Patience
  private child: Child | null = null
  private last: Promise<unknown> = Promise.resolve()
  private closing: Promise<void> | null = null

  constructor(spec: VerifierSpec, cwd: string, limits: Limits) {
    this.start = startOf(spec, cwd)
    this.answerMs = Math.min(spec.timeoutMs, LONGEST_MS)
    this.firstAnswerMs = Math.max(this.answerMs, limits.startMs)
    this.patience = new Patience(limits)
  }

  verify(request: VerifierRequest): Promise<Verification> {
    const said = this.last.then(() => this.inTurn(request))
    this.last = said
    return said
  }

  close(): Promise<void> {
    this.closing ??= this.child?.stop() ?? Promise.resolve()
    return this.closing
  }

  kill(): void {
    this.closing = this.child?.kill() ?? Promise.resolve()
  }

  private async inTurn(request: VerifierRequest): Promise<Verification> {
    if (this.closing !== null) return CLOSED
    const spent = this.patience.spent()
    if (spent !== null) return fault('gave-up', spent)
    const said = await this.judged(request)
    if (this.closing !== null) return CLOSED
    if (said.kind === 'fault') this.patience.failed(said)
    return said
  }

  private async judged(request: VerifierRequest): Promise<Verification> {
    const line = writable(request)
    if (typeof line !== 'string') return line
    const outcome = await this.exchange(line)
    const said = outcome.kind === 'line' ? readAnswer(outcome.bytes, this.start.name) : faultOf(outcome, this.start)
    if (said.kind === 'verified' || (outcome.kind === 'line' && said.code === 'crashed')) {
      this.patience.answered()
      return said
    }
    this.patience.lost(said)
    await this.drop()
    return said
  }

  /** Asks once more where the process had ended by itself after its last answer: it may not have read the request. */
  private async exchange(line: string): Promise<Outcome> {
    const outcome = await this.ask(line)
    if (outcome.kind !== 'ended' || !outcome.quiet) return outcome
    await this.drop()
    return this.ask(line)
  }

  private async ask(line: string): Promise<Outcome> {
    if (this.closing !== null) return { kind: 'unstarted', cause: 'closed' }
    try {
      this.child ??= new Child(this.start)
    } catch (error) {
      return { kind: 'unstarted', cause: causeOf(error) }
    }
    return this.child.ask(line, this.child.answered ? this.answerMs : this.firstAnswerMs)
  }

  private async drop(): Promise<void> {
    await this.child?.kill()
    this.child = null
  }
}

const CLOSED = fault('gave-up', 'The verifier was closed before it answered.')

/** Stringifying recurses: what is nested some thousand levels deep does not get through. */
function writable(request: VerifierRequest): string | Fault {
  try {
    return requestLine(request)
  } catch (error) {
    return fault('crashed', `The request cannot be written as JSON (${causeOf(error)}).`)
  }
}
