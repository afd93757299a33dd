import type { Limits } from './limits.js'
import type { Fault } from './text.js'

/** Counts faults, and says when it makes no sense to go on asking. */
export class Patience {
  private readonly limits: Limits
  private faults = 0
  private timeouts = 0
  /** Starts in a row that came to nothing. */
  private starts = 0
  private everAnswered = false
  private lastMessage = ''

  constructor(limits: Limits) {
    this.limits = limits
  }

  answered(): void {
    this.everAnswered = true
    this.starts = 0
  }

  failed({ code, message }: Fault): void {
    this.faults++
    this.lastMessage = message
    if (code === 'timed-out') this.timeouts++
  }

  /** A process is gone. One that ended before its first answer did not start, as long as no other has ever answered. */
  lost({ code }: Fault): void {
    if (code === 'not-started' || (code === 'crashed' && !this.everAnswered)) this.starts++
  }

  /** Why nothing is asked any more; null as long as it is. */
  spent(): string | null {
    const { timeouts, faults, starts } = this.limits
    if (this.starts >= starts) return this.reason(`${this.starts} failed starts in a row`)
    if (this.timeouts >= timeouts) return this.reason(`${this.timeouts} answers that did not come in time`)
    if (this.faults >= faults) return this.reason(`${this.faults} faults`)
    return null
  }

  private reason(after: string): string {
    return `Not asked after ${after}. The last: ${this.lastMessage}`
  }
}
