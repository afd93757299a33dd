import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.js'
import { PICTURE_WIDTH, picture } from '../../src/report/terminal/picture.js'

type Drawn = Pick<Finding, 'change' | 'margin' | 'worse'>

const finding = (low: number | null, value: number, high: number | null, margin: number, worse: Drawn['worse']) =>
  ({ change: { low, value, high, level: 0.9, method: 'jackknife' }, margin, worse }) as Finding

describe('picture', () => {
  // Twenty steps of .01: no change at 0, the margin at 5, the interval from 10 to 20.
  it.each([
    ['higher', finding(0.1, 0.15, 0.2, 0.05, 'higher')],
    ['lower', finding(-0.2, -0.15, -0.1, 0.05, 'lower')],
  ] as const)('grows to the right with harm where %s is worse', (_, drawn) => {
    expect(picture(drawn)).toBe('│    ┊    ├────●────┤')
  })

  it('ends at the margin where the interval holds it, and shows no change within', () => {
    expect(picture(finding(-0.05, 0, 0.05, 0.15, 'higher'))).toBe('├────●────┤         ┊')
    expect(picture(finding(-0.05, 0.02, 0.05, 0.15, 'higher'))).toBe('├────┼─●──┤         ┊')
  })

  it('never passes its width', () => {
    for (const high of [1e-6, 0.05, 1, 1e6]) {
      expect(picture(finding(-high / 3, 0, high, 0.05, 'higher'))!.length).toBeLessThanOrEqual(PICTURE_WIDTH)
    }
  })

  it('is not drawn without interval, margin or direction', () => {
    expect(picture(finding(null, 0.1, null, 0.05, 'higher'))).toBeNull()
    expect(picture({ ...finding(0, 0.1, 0.2, 0.05, 'higher'), margin: null })).toBeNull()
    expect(picture(finding(0, 0.1, 0.2, 0.05, null))).toBeNull()
  })
})
