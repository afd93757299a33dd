import { describe, expect, it } from 'vitest'
import type { Answer, Task } from '../../../src/engine/threads/messages.js'
import { type Member, Pool } from '../../../src/engine/threads/pool.js'

const TASK: Task = { kind: 'sampled' }

/** A member that notes in `order` that it was asked, and answers when it is told to. */
class Asked implements Member {
  readonly name: string
  private readonly order: string[]
  private readonly answers: ((answer: Answer) => void)[] = []

  constructor(name: string, order: string[]) {
    this.name = name
    this.order = order
  }

  get waiting(): number {
    return this.answers.length
  }

  do(): Promise<Answer> {
    this.order.push(this.name)
    return new Promise((resolve) => this.answers.push(resolve))
  }

  answer(): void {
    this.answers.shift()!({} as Answer)
  }

  kill(): void {}

  async close(): Promise<void> {}
}

function poolOf(others: number) {
  const order: string[] = []
  const own = new Asked('own', order)
  const members = Array.from({ length: others }, (_, i) => new Asked(`thread ${i + 1}`, order))
  return { pool: new Pool(members, own), own, members, order }
}

describe('a pool', () => {
  it('gives every other thread two tasks before the one that gives them out takes one', () => {
    const { pool, order } = poolOf(2)
    for (let i = 0; i < 5; i++) void pool.do(TASK)
    expect(order).toEqual(['thread 1', 'thread 2', 'thread 1', 'thread 2', 'own'])
  })

  it('gives the next task to the thread that has answered', () => {
    const { pool, members, order } = poolOf(2)
    for (let i = 0; i < 5; i++) void pool.do(TASK)
    members[1]!.answer()
    void pool.do(TASK)
    expect(order.at(-1)).toBe('thread 2')
  })

  it('has room for more than two tasks each of the others and one of its own', () => {
    const { pool, members, own } = poolOf(2)
    for (let i = 0; i < pool.room; i++) void pool.do(TASK)
    expect([...members, own].map(({ waiting }) => waiting)).toEqual([3, 2, 1])
  })

  it('asks all, its own thread last: what that does holds up the asking', () => {
    const { pool, order } = poolOf(2)
    void pool.all(TASK)
    expect(order).toEqual(['thread 1', 'thread 2', 'own'])
  })
})
