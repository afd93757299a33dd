import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaseSample, sampleLimit } from '../../src/audit/case-sample.js'
import { reachesOf, type SampleHashes } from '../../src/audit/sample-reach.js'

const TASKS = ['rain', 'tide', 'wind']

const sampledCase = (hash: number) => ({ hash, id: `case-${hash}`, bucket: 0, features: null, examples: [] })

/** A sample of a task in a run of three. */
function sampleOf(hashes: readonly number[]): CaseSample {
  const sample = new CaseSample()
  sample.shrinkFor(TASKS.length)
  for (const hash of hashes) sample.add(sampledCase(hash))
  return sample
}

const hashesOf = (task: string, kept: CaseSample, lost = sampleOf([])): SampleHashes => ({
  task,
  detector: 'lost-diversity',
  kept: kept.hashes,
  lost: lost.hashes,
})

const parts = fc.array(fc.uniqueArray(fc.nat(5_000), { maxLength: 900 }), { minLength: 1, maxLength: 3 })

describe('reachesOf', () => {
  it('lets the parts keep, together, what their merged sample keeps', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const merged = sampleOf([])
        for (const part of all) merged.merge(sampleOf(part))
        const samples = all.map(sampleOf)
        const [reach] = reachesOf(
          samples.map((sample) => TASKS.map((task) => hashesOf(task, task === 'rain' ? sample : sampleOf([])))),
        )
        for (const sample of samples) sample.keepUpTo(reach!.kept)
        const together = new Set(samples.flatMap((sample) => [...sample.hashes]))
        expect([...together].sort((a, b) => a - b)).toEqual([...new Set(merged.hashes)])
      }),
      { numRuns: 50 },
    )
  })

  it('may be told while cases still come: what lies beyond is not wanted any more, and the same is kept', () => {
    fc.assert(
      fc.property(parts, fc.nat(900), (all, seen) => {
        const merged = sampleOf([])
        for (const part of all) merged.merge(sampleOf(part))
        const samples = all.map((part) => sampleOf(part.slice(0, seen)))
        const [reach] = reachesOf(
          samples.map((sample) => TASKS.map((task) => hashesOf(task, task === 'rain' ? sample : sampleOf([])))),
        )
        samples.forEach((sample, i) => {
          sample.keepUpTo(reach!.kept)
          expect(sample.wants(reach!.kept + 1)).toBe(reach!.kept === Number.POSITIVE_INFINITY)
          for (const hash of all[i]!.slice(seen)) if (sample.wants(hash)) sample.add(sampledCase(hash))
        })
        const together = sampleOf([])
        for (const sample of samples) together.merge(sample)
        expect([...new Set(together.hashes)]).toEqual([...new Set(merged.hashes)])
      }),
      { numRuns: 50 },
    )
  })

  it('may be told so of samples that are full, of which it leaves a part', () => {
    const all = [0, 1].map((part) => Array.from({ length: 900 }, (_, i) => (i * 1_009 + part * 450) % 2_003))
    const samples = all.map((part) => sampleOf(part.slice(0, 400)))
    const [reach] = reachesOf(
      samples.map((sample) => TASKS.map((task) => hashesOf(task, task === 'rain' ? sample : sampleOf([])))),
    )
    samples.forEach((sample, i) => {
      sample.keepUpTo(reach!.kept)
      expect([sample.wants(reach!.kept), sample.wants(reach!.kept + 1)]).toEqual([true, false])
      for (const hash of all[i]!.slice(400)) if (sample.wants(hash)) sample.add(sampledCase(hash))
    })
    const [together, merged] = [sampleOf([]), sampleOf([])]
    for (const sample of samples) together.merge(sample)
    for (const part of all) merged.merge(sampleOf(part))
    expect(together.hashes).toEqual(merged.hashes)
    expect(together.hashes.length).toBe(sampleLimit(TASKS.length))
  })

  it('leaves a sample whole that is not full, whichever part saw its task', () => {
    const lost = sampleOf([7])
    const reaches = reachesOf([[hashesOf('rain', sampleOf([3, 1]), lost)], [hashesOf('tide', sampleOf([2]))]])

    expect(reaches).toEqual(
      ['rain', 'tide'].map((task) => ({
        task,
        detector: 'lost-diversity',
        kept: Number.POSITIVE_INFINITY,
        lost: Number.POSITIVE_INFINITY,
      })),
    )
  })

  it('counts the tasks of all parts: many share the room of a run', () => {
    const tasks = Array.from({ length: 100 }, (_, i) => `task-${i}`)
    const full = Array.from({ length: 200 }, (_, hash) => hash)
    const half = (from: number) => tasks.slice(from, from + 50).map((task) => hashesOf(task, sampleOf(full)))
    const reaches = reachesOf([half(0), half(50)])

    expect(reaches.map(({ kept }) => kept)).toEqual(tasks.map(() => sampleLimit(100) - 1))
  })
})
