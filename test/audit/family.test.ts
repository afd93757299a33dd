import { describe, expect, it } from 'vitest'
import { inFamily, weigh } from '../../src/audit/family.js'
import { decided, measured, question } from './questions.js'

const guarded = { role: 'guarded', task: null } as const
const watched = { role: 'watched', task: null } as const
const ofTask = { role: 'guarded', task: 'coast' } as const

describe('weigh', () => {
  it('gives half of α to the pooled guarded measures and half to all others, each half in equal parts', () => {
    expect(weigh([guarded, watched, guarded, ofTask, watched, watched])).toEqual([
      0.25, 0.125, 0.25, 0.125, 0.125, 0.125,
    ])
  })

  it('gives all of it to the one group where the other is empty', () => {
    expect(weigh([guarded, guarded])).toEqual([0.5, 0.5])
    expect(weigh([watched, ofTask, watched, watched])).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(weigh([])).toEqual([])
  })
})

describe('inFamily', () => {
  it('is what decides, has a margin and an interval', () => {
    expect(inFamily(question({}))).toBe(true)
    expect(inFamily(question({ role: 'watched' }))).toBe(true)
    expect(inFamily(question({ role: 'noted' }))).toBe(false)
    expect(inFamily(question({ margin: null }))).toBe(false)
    expect(inFamily(question({ estimate: { ...measured({}), interval: null } }))).toBe(false)
    expect(inFamily(question({ estimate: { kind: 'unmeasured', reason: { code: 'nothing-changed' }, n: 0 } }))).toBe(
      false,
    )
  })
})

describe('a test of the family', () => {
  it('is corrected for the others, and only for those of the family', () => {
    // Holm: two watched tests of weight ½ each; the smaller p of .01 counts double, the other as it is.
    const [small, large, noted] = decided([
      question({ role: 'watched', interval: { p: 0.01 } }),
      question({ role: 'watched', interval: { p: 0.03 } }),
      question({ role: 'noted', interval: { p: 0.001 } }),
    ])
    expect(small!.test).toEqual({ weight: 0.5, adjustedP: 0.02 })
    expect(large!.test).toEqual({ weight: 0.5, adjustedP: 0.03 })
    expect(noted!.test).toBeNull()
  })
})
