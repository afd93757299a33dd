import { describe, expect, it } from 'vitest'
import { type CaseTexts, caseSimilarities, cutToCommonLength } from '../../../src/text/similarity/case-similarity.js'
import { nearDuplicateClusters } from '../../../src/text/similarity/clusters.js'
import { TEXT_THRESHOLD } from '../../../src/text/similarity/similarity.js'

const prompt = 'Name one animal for my story.'
const diverse = ['How about an Otter?', 'Sure! A Whale.', 'Maybe the Fox', 'I like the Owl.', 'A Badger, of course']
const collapsed = ['How about an Otter?', 'Sure! An Otter.', 'an Otter', 'An Otter, of course!', 'I like the Otter.']

const counts = (texts: CaseTexts) => {
  const { baseline, tuned } = caseSimilarities(texts)
  return [baseline, tuned].map((matrix) => nearDuplicateClusters(matrix, TEXT_THRESHOLD).count)
}

describe('caseSimilarities', () => {
  it('sees five animals, and one animal five times', () => {
    expect(counts({ prompt, baseline: diverse, tuned: collapsed })).toEqual([5, 1])
  })

  it('exchanging the arms exchanges the results', () => {
    for (const tuned of [collapsed, collapsed.map((text) => text.toLowerCase()), []]) {
      const there = caseSimilarities({ prompt, baseline: diverse, tuned })
      const back = caseSimilarities({ prompt, baseline: tuned, tuned: diverse })
      expect(there).toEqual({ baseline: back.tuned, tuned: back.baseline })
    }
  })

  it('an arm that turned to lower case is as diverse as before', () => {
    const [before, after] = counts({ prompt, baseline: diverse, tuned: diverse.map((text) => text.toLowerCase()) })
    expect(after).toBe(before)
  })

  it('an arm without letters leaves the other arm as it is', () => {
    const alone = caseSimilarities({ prompt, baseline: diverse, tuned: [] }).baseline
    expect(caseSimilarities({ prompt, baseline: diverse, tuned: ['42', '7'] }).baseline).toEqual(alone)
    expect(caseSimilarities({ prompt, baseline: diverse, tuned: diverse }).baseline).toEqual(alone)
  })

  it('markup is no diversity', () => {
    const marked = diverse.map((text) => text.replace(/[A-Z]\w+/g, '**$&**'))
    const { baseline, tuned } = caseSimilarities({ prompt, baseline: diverse, tuned: marked })
    expect(tuned).toEqual(baseline)
  })
})

describe('cutToCommonLength', () => {
  it('cuts both arms to the smaller median, and leaves what is shorter', () => {
    const cut = cutToCommonLength({ prompt, baseline: ['abcdefgh', '', 'abcdefghij'], tuned: ['abcd', 'abc', 'abcde'] })
    expect(cut).toEqual({ prompt, baseline: ['abcd', '', 'abcd'], tuned: ['abcd', 'abc', 'abcd'] })
  })
})

describe('nearDuplicateClusters', () => {
  it('is greedy in the order of samples: each joins the first cluster whose first member is near', () => {
    // a–b and b–c are near, a–c is not.
    const chain = { size: 3, values: Float64Array.of(1, 0.6, 0.1, 0.6, 1, 0.6, 0.1, 0.6, 1) }
    expect(nearDuplicateClusters(chain, 0.5)).toEqual({ of: [0, 0, 1], count: 2 })
    const turned = { size: 3, values: Float64Array.of(1, 0.6, 0.6, 0.6, 1, 0.1, 0.6, 0.1, 1) }
    expect(nearDuplicateClusters(turned, 0.5)).toEqual({ of: [0, 0, 0], count: 1 })
  })

  it('an arm without samples has no clusters', () => {
    expect(nearDuplicateClusters({ size: 0, values: new Float64Array(0) }, 0.5)).toEqual({ of: [], count: 0 })
  })
})
