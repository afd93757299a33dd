import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/domain/case.js'
import { many, problemOf } from './comparisons.js'
import { makeGraded, makeSample } from './support.js'

const right = () => makeGraded(true)
const sure = () => makeGraded(true, 0.9)
const big = many(400, () => [[right()], [right()]])

/** Cases of which the first so many carry a score, in each arm. */
const scored = (count: number, baseline: number, tuned: number) =>
  many(count, (i) => [[i < baseline ? right() : makeSample()], [i < tuned ? right() : makeSample()]])

describe('a task of its own', () => {
  const inland = (count: number, lost: number) => many(count, (i) => [[right()], i < lost ? [] : [right()]], 'inland')

  it('must be in the baseline too', () => {
    const cases = [...big, ...many(3, () => [[], [right()]], 'inland')]
    expect(problemOf(cases)).toEqual({ code: 'task-in-one-arm', arm: 'tuned', task: 'inland', cases: 3 })
  })

  it('is held to the coverage from 20 cases on', () => {
    expect(problemOf([...big, ...inland(19, 2)])).toBeNull()
    expect(problemOf([...big, ...inland(20, 2)])).toEqual({
      code: 'low-task-coverage',
      arm: 'baseline',
      task: 'inland',
      paired: 18,
      cases: 20,
      floor: 0.95,
    })
    expect(problemOf([...big, ...inland(20, 1)])).toBeNull()
  })
})

describe('arms that share nothing', () => {
  it('are told with the cases of each, and names of some', () => {
    const cases = many(9, (i) => (i < 5 ? [[right()], []] : [[], [right()]]))
    const names = (...numbers: number[]) => numbers.map((i) => ({ task: 'coast', id: `coast-${i}` }))
    expect(problemOf(cases)).toEqual({
      code: 'no-shared-cases',
      cases: { baseline: 5, tuned: 4 },
      first: { baseline: names(0, 1, 2, 3, 4), tuned: names(5, 6, 7, 8) },
    })
  })
})

describe('samples that only some cases have', () => {
  /** Ten cases of two samples, of which so many have one. */
  const uneven = (baseline: number, tuned: number) =>
    many(10, (i) => [i < baseline ? [right()] : [right(), right()], i < tuned ? [right()] : [right(), right()]])

  it('were lost where the baseline has at least 95 % of them and the tuned arm less', () => {
    expect(problemOf(uneven(0, 1))).toBeNull()
    expect(problemOf(uneven(1, 2))).toEqual({
      code: 'samples-lost',
      task: 'coast',
      coverage: { baseline: 0.95, tuned: 0.9 },
      floor: 0.95,
    })
  })

  it('are how the prompts were asked where the baseline lacks them too', () => {
    expect(problemOf(uneven(2, 6))).toBeNull()
  })
})

describe('a field is lost', () => {
  const lost: readonly (readonly [string, readonly Case[]])[] = [
    ['from 9 in 10 to less, however few cases there are', scored(10, 9, 8)],
    ['where 20 baseline cases carry it and a tenth of its share is gone', scored(25, 20, 17)],
  ]
  it.each(lost)('%s', (_, cases) => {
    expect(problemOf(cases)).toMatchObject({ code: 'field-lost', field: 'correct' })
  })

  const kept: readonly (readonly [string, readonly Case[]])[] = [
    ['from all to 9 in 10', scored(20, 20, 18)],
    ['where fewer than 20 baseline cases carry it, and less than 9 in 10', scored(25, 19, 10)],
    ['where a twentieth of its share is gone', scored(25, 20, 19)],
  ]
  it.each(kept)('but not %s', (_, cases) => {
    expect(problemOf(cases)).toBeNull()
  })

  it('if it is the confidence, where 9 in 10 baseline cases have it and a task needs it', () => {
    const unsure = (stated: number) => many(10, (i) => [[i < stated ? sure() : right()], [right()]])
    expect(problemOf(unsure(9))).toMatchObject({ code: 'field-lost', field: 'confidence', task: 'coast' })
    expect(problemOf(unsure(8))).toBeNull()
    expect(
      problemOf(unsure(9), { isNeeded: (field, task) => field === 'confidence' && task === 'coast' }),
    ).not.toBeNull()
    expect(problemOf(unsure(9), { isNeeded: (_, task) => task === 'inland' })).toBeNull()
  })
})
