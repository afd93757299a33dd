import { describe, expect, it } from 'vitest'
import { sizeOf, slim } from '../../src/audit/slim-case.js'
import { CaseTally, TaskTally } from '../../src/audit/tally.js'
import type { Case } from '../../src/domain/case.js'
import type { Prepared } from '../../src/domain/detector.js'
import { makeCase, makeSample } from './support.js'

const PREPARED: Prepared = { columns: [], measures: [], exhibits: [], observe: () => {} }
const PLACE = { cluster: 0, bucket: 0, hash: 1, sampleHash: 1 }

/** The tuned arm gave more samples than the baseline: they stand in `all` alone. */
function withSurplus(output: string, surplus: number): Case {
  const sample = makeSample({ output })
  return makeCase('otter', { baseline: [sample], tuned: new Array(1 + surplus).fill(sample) })
}

describe('slim', () => {
  it('keeps canonical fields and drops what else the record has', () => {
    const sample = makeSample({ output: 'An otter.', reference: 'otter', raw: { logprobs: new Array(1_000).fill(0) } })
    const kept = slim(makeCase('otter', { baseline: [sample], tuned: [sample] }))
    expect(kept.baseline[0]).toEqual({ ...sample, raw: {}, settings: [] })
    expect(kept.all.baseline[0]).toBe(kept.baseline[0])
  })
})

describe('sizeOf', () => {
  it('counts outputs, prompts and references by their characters, and eight for each number of a vector', () => {
    const plain = makeSample({ output: 'otter', prompt: undefined, reference: undefined, embedding: null })
    expect(sizeOf([plain])).toBe(5)
    expect(sizeOf([{ ...plain, prompt: 'Name one.' }])).toBe(5 + 9)
    expect(sizeOf([{ ...plain, reference: { is: 'otter' } }])).toBe(5 + '{"is":"otter"}'.length)
    expect(sizeOf([{ ...plain, embedding: [0, 1] }])).toBe(5 + 16)
  })
})

describe('CaseTally.sample', () => {
  it('makes at once what would hold too much, one arm’s surplus samples among it', () => {
    const made: string[] = []
    const observe = (case_: Case) =>
      new CaseTally(new TaskTally(PREPARED), case_, PLACE).sample(({ id }) => {
        made.push(id)
        return { features: null, examples: [] }
      })
    observe(withSurplus('x'.repeat(2 ** 20), 0))
    expect(made).toEqual([])
    observe(withSurplus('x'.repeat(2 ** 20), 8))
    expect(made).toEqual(['otter'])
  })
})
