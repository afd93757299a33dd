import { Interrupted } from '../interrupted.js'
import type { Answer, Task } from './messages.js'
import type { Member } from './pool.js'
import type { Share } from './share.js'

/** The thread that gives out the work, as one of those that do it. */
export class OwnThread implements Member {
  waiting = 0
  private readonly share: Share
  private before: Promise<unknown> = Promise.resolve()
  private killed = false

  constructor(share: Share) {
    this.share = share
  }

  do(task: Task): Promise<Answer> {
    this.waiting++
    const answer = this.before.then(() => this.work(task))
    this.before = answer.catch(() => {})
    return answer
  }

  kill(): void {
    this.killed = true
    this.share.kill()
  }

  close(): Promise<void> {
    return this.share.close()
  }

  private async work(task: Task): Promise<Answer> {
    try {
      const answer = await this.share.do(task)
      if (this.killed) throw new Interrupted()
      return answer
    } finally {
      this.waiting--
    }
  }
}
