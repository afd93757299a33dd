import { describe, expect, it } from 'vitest'
import type { Axis, HarmedSlice, SliceSearch } from '../../src/domain/slice.js'
import { paintOf } from '../../src/report/terminal/paint.js'
import { where } from '../../src/report/terminal/where.js'

const change = { value: -0.4, low: -0.5, high: -0.3, level: 0.9, method: 'tango' } as const
const numbers = { n: 40, clusters: 40, baseline: 0.9, tuned: 0.5, change }

function sliceOf(axis: Axis, name: string, given: Partial<HarmedSlice> = {}): HarmedSlice {
  return {
    axis,
    name,
    cases: 40,
    detector: 'cross-task-regression',
    measure: 'score',
    unit: 'score',
    worse: 'lower',
    ...numbers,
    p: 0.00001,
    adjustedP: 0.0004,
    rest: { ...numbers, n: 960, change: { ...change, value: -0.01 } },
    also: [],
    alike: [],
    examples: [],
    ...given,
  }
}

function shown(harmed: readonly HarmedSlice[]): string[] {
  const slices: SliceSearch = { searched: 24, tests: 48, minClusters: 20, cut: [], harmed }
  return where({ slices }, paintOf(false))
}

describe('where', () => {
  it('names a slice, its numbers, the rest and what it accounts for', () => {
    const alike = [{ axis: 'tag', name: 'quay', cases: 40, shared: 40 }] as const
    const also = [{ detector: 'calibration-drift', measure: 'brier-score' }]
    expect(shown([sliceOf('shape', 'code', { alike, also })])).toEqual(
      [
        'Where (exploratory, decides nothing; 24 slices searched)',
        '  prompts with code: score  0.9000 → 0.5000',
        '    −0.4000 [−0.5000, −0.3000], n 40; the rest −0.0100, n 960 (adjusted p 0.0004)',
        '    also in brier-score',
        '    accounts for tag quay',
      ].flatMap((line) => (line.length > 80 ? [line.slice(0, 73), `    ${line.slice(74)}`] : [line])),
    )
  })

  it('says nothing where nothing is shown', () => {
    expect(shown([])).toEqual([])
  })

  it('shows three slices and how many more there are', () => {
    const lines = shown(['a', 'b', 'c', 'd', 'e'].map((name) => sliceOf('tag', name)))
    expect(lines.filter((line) => line.includes('tag '))).toHaveLength(3)
    expect(lines.at(-1)).toBe('  and 2 more in the JSON report')
  })

  it.each([
    ['shape', 'several turns', 'prompts of several turns'],
    ['language', 'Han', 'prompts in Han script'],
    ['length', 'under 64 characters', 'prompts of under 64 characters'],
    ['domain', 'sailing', 'domain sailing'],
    ['task', 'tides', 'task tides'],
  ] as const)('speaks of %s %s', (axis, name, words) => {
    expect(shown([sliceOf(axis, name)])[1]).toContain(words)
  })

  it('keeps to 80 columns and prints no control character, whatever a tag holds', () => {
    for (const name of ['\u001b[31mred\u202e', 'tide '.repeat(40), '\ud800', 'harbour\nfail'])
      for (const line of shown([sliceOf('tag', name)])) {
        expect(line.length).toBeLessThanOrEqual(80)
        expect(line).not.toMatch(/[\u0000-\u001f\u202e]/)
      }
  })
})
