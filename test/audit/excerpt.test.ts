import { describe, expect, it } from 'vitest'
import { excerpt, excerpts } from '../../src/audit/excerpt.js'

const shore = 'The tide turns at noon and the boats lie dry. '.repeat(40)

describe('excerpts', () => {
  it('are the whole texts where these are short', () => {
    expect(excerpts({ baseline: 'high water', tuned: 'low water' })).toEqual({
      baseline: 'high water',
      tuned: 'low water',
    })
  })

  it('have the first difference in the middle, and a mark wherever a text is cut', () => {
    const { baseline, tuned } = excerpts({ baseline: `${shore}HIGH ${shore}`, tuned: `${shore}LOW ${shore}` })
    expect(baseline.indexOf('HIGH')).toBe(121)
    expect(tuned.indexOf('LOW')).toBe(121)
    for (const text of [baseline, tuned]) expect(text).toMatch(/^….{240}…$/)
  })

  it('show the end of a text that another one goes beyond', () => {
    const { baseline, tuned } = excerpts({ baseline: shore, tuned: `${shore}Then it comes back.` })
    expect(baseline.endsWith('the boats lie dry. ')).toBe(true)
    expect(tuned.endsWith('Then it comes back.')).toBe(true)
  })

  it('begin at the beginning where the texts are equal', () => {
    expect(excerpts({ baseline: shore, tuned: shore }).tuned).toBe(`${shore.slice(0, 240)}…`)
  })

  it('cut no surrogate pair in two, wherever the difference is', () => {
    const waves = '🌊'.repeat(300)
    for (let at = 0; at <= waves.length; at++) {
      expect(excerpt(waves, at)).toMatch(/^…?(🌊)+…?$/u)
    }
  })

  it('show a text of 240 code units whole, wherever the difference is, and cut one of 241', () => {
    const whole = shore.slice(0, 240)
    expect(excerpt(whole, 200)).toBe(whole)
    expect(excerpt(`${whole}T`)).toBe(`${whole}…`)
  })

  it('leave out the pair that an end would cut: 239 code units between the marks, or 238', () => {
    // From 120 before `at`, which is even: at odd `at` both ends fall into pairs.
    const waves = '🌊'.repeat(300)
    expect(excerpt(waves, 300)).toBe(`…${'🌊'.repeat(120)}…`)
    expect(excerpt(waves, 301)).toBe(`…${'🌊'.repeat(119)}…`)
    expect(excerpt(`T${waves}`, 0)).toBe(`T${'🌊'.repeat(119)}…`)
  })
})
