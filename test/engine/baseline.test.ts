import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import { MOST_KEPT, readBaseline } from '../../src/engine/baseline.js'
import { inFolder } from '../cli/run.js'

// Clusters of one to seven lines, more of them than are kept.
const RIDES = Array.from({ length: 45_000 }, (_, i) => ({
  id: `ride-${i}`,
  cluster: `day-${Math.floor(i / (1 + (i % 7)))}`,
  output: 'on time',
}))

function read(records: readonly object[]) {
  const lines = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`
  return inFolder({ 'rides.jsonl': lines }, (cwd) =>
    readBaseline({
      paths: ['rides.jsonl'],
      labels: null,
      cwd,
      stdin: Readable.from([]),
      policy: resolvePolicy({}, detectors),
      detectors,
    }),
  )
}

describe('a baseline by itself', () => {
  it('keeps whole clusters of a long file, the same ones in any order of its records', async () => {
    const { cases, total } = await read(RIDES)
    expect(total).toBe(RIDES.length)
    expect(cases.length).toBeGreaterThan(0.99 * MOST_KEPT)
    expect(cases.length).toBeLessThanOrEqual(MOST_KEPT)
    const kept = new Set(cases.map(({ cluster }) => cluster))
    expect(RIDES.filter(({ cluster }) => kept.has(cluster)).length).toBe(cases.length)
    const turned = await read([...RIDES].reverse())
    expect(turned.cases.map(({ id }) => id)).toEqual(cases.map(({ id }) => id))
  })

  it('holds the samples of a short one in its one arm', async () => {
    const { cases } = await read([
      { id: 'a', output: 'x' },
      { id: 'a', output: 'y', sample: 1 },
    ])
    expect(cases.map(({ baseline, tuned, all }) => [baseline.length, tuned.length, all.baseline.length])).toEqual([
      [0, 0, 2],
    ])
  })
})
