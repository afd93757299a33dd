import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchMatcher, type PartReading } from '../../../src/engine/threads/batch-matcher.js'

const part = { file: 0, lines: Buffer.alloc(0), start: { number: 0, offset: 0 } }

/** Readings by key, `a1` being the first of key `a`. */
const readings = (names: readonly string[]) =>
  names.map((name) => ({ reading: { key: name[0], id: name }, part }) as unknown as PartReading)

const name = ({ reading }: Pick<PartReading, 'reading'>) => reading.id

/** What becomes whole of two arms that are read some readings at a time, and what is left; null where a key comes back. */
function matched(baseline: readonly string[], tuned: readonly string[], step = 2) {
  const matcher = new BatchMatcher()
  const whole: string[] = []
  for (let at = 0; at < Math.max(baseline.length, tuned.length); at += step) {
    const accepted = matcher.accept({
      baseline: readings(baseline.slice(at, at + step)),
      tuned: readings(tuned.slice(at, at + step)),
    })
    if (accepted === null) return null
    for (const { readings: own } of accepted) {
      whole.push(`${own.baseline.map(({ id }) => id)} ${own.tuned.map(({ id }) => id)}`)
    }
  }
  return { whole, baseline: matcher.left('baseline').map(name), tuned: matcher.left('tuned').map(name) }
}

describe('BatchMatcher', () => {
  it('pairs runs that both arms show to be over, and leaves those at the ends', () => {
    expect(matched(['a1', 'b1', 'b2', 'c1', 'd1'], ['a1', 'b1', 'c1', 'c2', 'd1'])).toEqual({
      whole: ['b1,b2 b1', 'c1 c1,c2'],
      baseline: ['a1', 'd1'],
      tuned: ['a1', 'd1'],
    })
  })

  it('leaves both arms’ readings of a run that stands at the end of one, or in one alone, in their order', () => {
    expect(matched(['a1', 'b1', 'c1', 'd1', 'e1'], ['b1', 'c1', 'a1', 'x1', 'd1'])).toEqual({
      whole: ['c1 c1'],
      baseline: ['a1', 'b1', 'd1', 'e1'],
      tuned: ['b1', 'a1', 'x1', 'd1'],
    })
  })

  it('leaves all of one run, and of none', () => {
    expect(matched(['a1', 'a2', 'a3'], [])).toEqual({ whole: [], baseline: ['a1', 'a2', 'a3'], tuned: [] })
  })

  it.each([
    ['inside', ['a1', 'b1', 'c1', 'b2', 'd1']],
    ['that began the batch', ['a1', 'b1', 'a2', 'c1']],
    ['at the end', ['a1', 'b1', 'c1', 'b2']],
  ])('tells of a key %s that comes back, in either arm', (_, arm) => {
    expect(matched(arm, ['x1', 'y1'])).toBeNull()
    expect(matched(['x1', 'y1'], arm)).toBeNull()
  })

  it('pairs and leaves the same however many are read at a time', () => {
    const runs = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
    const arm = runs.chain((keys) =>
      fc
        .tuple(
          ...keys.map((key) => fc.integer({ min: 1, max: 3 }).map((n) => [1, 2, 3].slice(0, n).map((i) => key + i))),
        )
        .map((all) => all.flat()),
    )
    fc.assert(
      fc.property(arm, arm, fc.integer({ min: 1, max: 9 }), (baseline, tuned, step) => {
        const atOnce = matched(baseline, tuned, 100)!
        const stepped = matched(baseline, tuned, step)!
        expect(stepped.whole.sort()).toEqual(atOnce.whole.sort())
        expect([stepped.baseline, stepped.tuned]).toEqual([atOnce.baseline, atOnce.tuned])
        const inner = (all: readonly string[]) => {
          const keys = all.map((id) => id[0])
          return new Set(keys.filter((key) => key !== keys[0] && key !== keys.at(-1)))
        }
        const expected = [...inner(baseline)].filter((key) => inner(tuned).has(key))
        expect(atOnce.whole.map((whole) => whole[0]).sort()).toEqual(expected.sort())
      }),
    )
  })
})
