import { describe, expect, it } from 'vitest'
import { predicted } from '../../src/trial/moments.js'
import { bestOf, type Piloted } from '../../src/trial/prediction.js'

const ALPHA = 0.05

function finding(measure: string, { share, harm }: { share: number; harm: number }): [string, Piloted] {
  const name = { detector: 'format-collapse', measure, task: null }
  const moments = {
    variance: 0.25,
    paired: null,
    clusters: 400,
    degreesOfFreedom: 100,
    range: 1,
    margin: 0.03,
    weight: 1,
  }
  return [measure, { name, harm, share, ...moments }]
}

describe('the finding that shows a fault best', () => {
  const weak = finding('weak', { share: 1, harm: 0.05 })
  const strong = finding('strong', { share: 0.5, harm: 0.2 })
  const fickle = finding('fickle', { share: 0.49, harm: 0.9 })
  const best = (deciding: readonly string[], of = [weak, strong, fickle]) =>
    bestOf(new Map(of), new Set(deciding), ALPHA)

  it('is the likeliest to fail of those that most runs measure', () => {
    expect(best(['weak', 'strong', 'fickle'])).toEqual({ name: strong[1].name, chance: predicted(strong[1], ALPHA) })
  })

  it('decides on the data as they are, if any does', () => {
    expect(best(['weak', 'fickle'])?.name.measure).toBe('weak')
    expect(best(['fickle'])?.name.measure).toBe('strong')
  })

  it('is none where no run in two measures any', () => {
    expect(best(['fickle'], [fickle])).toBeNull()
  })
})
