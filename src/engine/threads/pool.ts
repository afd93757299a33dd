import type { Answer, Task } from './messages.js'

/** Tasks of one thread: one that is worked on, and one that is ready. */
const WAITING = 2

/** A thread that does tasks one after the other. */
export interface Member {
  /** Tasks that it was given and has not answered. */
  readonly waiting: number
  do(task: Task): Promise<Answer>
  /** What is under way ends as interrupted. */
  kill(): void
  close(): Promise<void>
}

/** Threads that take tasks in turn. This one gives them out, and does one itself once no other waits for any. */
export class Pool {
  private readonly others: readonly Member[]
  private readonly own: Member

  constructor(others: readonly Member[], own: Member) {
    this.others = others
    this.own = own
  }

  /** Tasks that may be under way at once. */
  get room(): number {
    return (this.others.length + 1) * WAITING
  }

  /** By the thread with least to do. */
  do(task: Task): Promise<Answer> {
    const load = (member: Member) => member.waiting + (member === this.own ? WAITING : 0)
    const [idlest] = [this.own, ...this.others].sort((a, b) => load(a) - load(b))
    return idlest!.do(task)
  }

  /** By every thread, this one last: the others are at work meanwhile. */
  all(task: Task): Promise<Answer[]> {
    return Promise.all(this.members.map((member) => member.do(task)))
  }

  kill(): void {
    for (const member of this.members) member.kill()
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()))
  }

  private get members(): readonly Member[] {
    return [...this.others, this.own]
  }
}
