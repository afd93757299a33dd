import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SharedMemory } from '../../src/input/shared-memory.js'

/** Bytes to lend; null gives back what was lent first. */
const steps = fc.array(fc.option(fc.integer({ min: 1, max: 2 ** 20 })), { maxLength: 60 })

describe('SharedMemory', () => {
  it('lends as much as is asked for, nothing twice at a time, and keeps no more than was lent at once', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const memory = new SharedMemory()
        const made = new Set<SharedArrayBuffer>()
        const lent: Uint8Array<SharedArrayBuffer>[] = []
        let most = 0
        for (const size of all) {
          if (size === null) {
            const first = lent.shift()
            if (first !== undefined) memory.giveBack(first)
            continue
          }
          const bytes = memory.lend(size)
          expect(bytes.length).toBe(size)
          expect(lent.every(({ buffer }) => buffer !== bytes.buffer)).toBe(true)
          made.add(bytes.buffer)
          lent.push(bytes)
          most = Math.max(most, lent.length)
        }
        for (const bytes of lent) memory.giveBack(bytes)
        const again = Array.from({ length: all.length }, () => memory.lend(1).buffer)
        expect(again.filter((buffer) => made.has(buffer)).length).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('lends the same memory again', () => {
    const memory = new SharedMemory()
    const first = memory.lend(300_000)
    memory.giveBack(first)
    expect(memory.lend(200_000).buffer).toBe(first.buffer)
    expect(memory.lend(200_000).buffer).not.toBe(first.buffer)
  })
})
