import { describe, expect, it } from 'vitest'
import { splitCase } from '../../src/trial/split.js'
import { makeCase, makeSample } from '../audit/support.js'

const forecast = (n: number) => makeSample({ output: `forecast ${n}` })
const caseOf = (samples: number) =>
  makeCase('monday', { baseline: Array.from({ length: samples }, (_, n) => forecast(n)), tuned: [forecast(99)] })

describe('splitCase', () => {
  it('sets half of the baseline’s samples against as many others', () => {
    const split = splitCase(caseOf(5), 0)!
    expect([split.baseline.length, split.tuned.length]).toEqual([2, 2])
    const outputs = [...split.baseline, ...split.tuned].map(({ output }) => output)
    expect(new Set(outputs).size).toBe(4)
    expect(outputs).not.toContain('forecast 99')
  })

  it('splits in other ways, each always the same', () => {
    const halves = [0, 1, 2, 3].map((split) =>
      String(splitCase(caseOf(10), split)!.baseline.map(({ number }) => number)),
    )
    expect(new Set(halves).size).toBeGreaterThan(1)
    expect(String(splitCase(caseOf(10), 2)!.baseline.map(({ number }) => number))).toBe(halves[2])
  })

  it('has nothing to split where there is one sample', () => {
    expect(splitCase(caseOf(1), 0)).toBeNull()
  })
})
