import { describe, expect, it } from 'vitest'
import { ambiguous } from '../../src/audit/comparability.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import { settingsOf } from '../../src/input/settings.js'
import { many, problemOf } from './comparisons.js'
import { makeGraded, makeSample } from './support.js'

// What the files say of how they came about, whatever the models said.

const cases = many(30, () => [[makeGraded(true)], [makeGraded(true)]])
const place = { file: 'tuned.jsonl', line: 4 }
const later = { file: 'tuned.jsonl', line: 9 }
const someLack = { without: 3, records: 30, place }
const duplicate = { arm: 'tuned', task: 'coast', id: 'coast-1', sample: 0, places: [place, later] } as const

describe('ids', () => {
  it('that only some records have leave unclear what belongs together', () => {
    expect(problemOf(cases, { ids: someLack })).toEqual({ code: 'ids-missing', place, without: 3, records: 30 })
  })

  it('that no record has are made from prompts, and those that all have are taken', () => {
    expect(problemOf(cases, { ids: { without: 30, records: 30, place } })).toBeNull()
    expect(problemOf(cases, { ids: { without: 0, records: 30, place } })).toBeNull()
    expect(problemOf(cases, { ids: { without: 3, records: 30, place: null } })).toBeNull()
  })

  it('that stand twice are named with both places', () => {
    expect(problemOf(cases, { duplicate })).toEqual({ code: 'duplicate', ...duplicate })
  })

  it('void one arm by itself, missing ones before those that stand twice', () => {
    const all = { without: 0, records: 30, place: null }
    expect(ambiguous({ ids: someLack, duplicate })).toMatchObject({ code: 'ids-missing' })
    expect(ambiguous({ ids: all, duplicate })).toMatchObject({ code: 'duplicate' })
    expect(ambiguous({ ids: all, duplicate: null })).toBeNull()
  })
})

describe('a run that was not finished', () => {
  it('is named by its arm and that arm’s cases', () => {
    const first = [
      { arm: 'tuned', task: 'coast', id: 'coast-7' },
      { arm: 'baseline', task: 'coast', id: 'coast-8' },
      { arm: 'tuned', task: 'coast', id: 'coast-9' },
    ] as const
    expect(problemOf(cases, { incomplete: { count: 3, first } })).toEqual({
      code: 'incomplete-run',
      arm: 'tuned',
      cases: 3,
      first: [first[0], first[2]],
    })
  })
})

describe('prompts that differ under one id', () => {
  const promptMismatches = { count: 2, first: [{ task: 'coast', id: 'coast-1' }] }

  it('make the arms incomparable, unless the config ignores prompts', () => {
    expect(problemOf(cases, { pairing: { promptMismatches } })).toEqual({
      code: 'prompt-mismatch',
      ...promptMismatches,
    })
    const policy = resolvePolicy({ pairing: { prompts: 'ignore' } }, detectors)
    expect(problemOf(cases, { pairing: { promptMismatches }, policy })).toBeNull()
  })
})

describe('settings of the two arms', () => {
  const ran = (baseline: object, tuned: (i: number) => object) => {
    const sample = (meta: object) => [makeSample({ correct: true, settings: settingsOf(meta) })]
    return many(3, (i) => [sample(baseline), sample(tuned(i))])
  }
  const both = { seed: 1, temperature: 0, top_k: 5, top_p: 1 }

  it('that differ and decide are named, the first with its case and the others by key', () => {
    const changed = ran(both, (i) => ({ ...both, seed: 2, top_p: 0.9, ...(i > 0 ? { temperature: 1 } : {}) }))
    expect(problemOf(changed)).toEqual({
      code: 'settings-differ',
      key: 'temperature',
      kind: 'decoding',
      task: 'coast',
      id: 'coast-1',
      baseline: '0',
      tuned: '1',
      differing: 2,
      cases: 3,
      others: ['top_p'],
    })
    const policy = resolvePolicy({ pairing: { allow: ['temperature', 'top_p'] } }, detectors)
    expect(problemOf(changed, { policy })).toBeNull()
  })

  it('that are the same, or only noted, are no problem', () => {
    expect(problemOf(ran(both, () => both))).toBeNull()
    expect(problemOf(ran(both, () => ({ ...both, seed: 2 })))).toBeNull()
  })
})
