import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { murmur128 } from '../../../src/domain/hash.js'
import { type CaseTexts, caseSimilarities } from '../../../src/text/similarity/case-similarity.js'
import { nearDuplicateClusters } from '../../../src/text/similarity/clusters.js'
import { TEXT_THRESHOLD } from '../../../src/text/similarity/similarity.js'

// Real samples with a known answer (arms' meaningfully distinct answers of 10: 7.81 and 2.89). They are not part of the
// repository: TUNEAUDIT_SHARED says where they are.
const root = resolve(import.meta.dirname, '../../..')
const folder = join(resolve(root, process.env.TUNEAUDIT_SHARED ?? '../shared'), 'data/creative-samples')

interface Row {
  readonly id: string
  readonly prompt: string
  readonly output: string
  readonly sample: number
}

function outputsOf(arm: 'baseline' | 'tuned'): Map<string, { prompt: string; outputs: string[] }> {
  const cases = new Map<string, { prompt: string; outputs: string[] }>()
  for (const line of readFileSync(join(folder, `${arm}.jsonl`), 'utf8')
    .trim()
    .split('\n')) {
    const { id, prompt, output, sample } = JSON.parse(line) as Row
    if (!cases.has(id)) cases.set(id, { prompt, outputs: [] })
    cases.get(id)!.outputs[sample] = output
  }
  return cases
}

function distinct(texts: CaseTexts): [number, number] {
  const { baseline, tuned } = caseSimilarities(texts)
  return [nearDuplicateClusters(baseline, TEXT_THRESHOLD).count, nearDuplicateClusters(tuned, TEXT_THRESHOLD).count]
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.runIf(existsSync(folder))('near-duplicate clusters on creative-samples', () => {
  it('see 7.67 and 3.14 distinct answers of 10, where the authors see 7.81 and 2.89', () => {
    const tuned = outputsOf('tuned')
    const counts = [...outputsOf('baseline')].map(([id, { prompt, outputs }]) =>
      distinct({ prompt, baseline: outputs, tuned: tuned.get(id)!.outputs }),
    )
    expect(mean(counts.map(([baseline]) => baseline))).toBeCloseTo(7.67, 10)
    expect(mean(counts.map(([, after]) => after))).toBeCloseTo(3.14, 10)
  })

  // Halves of one model's own samples stand for two arms of an unchanged model.
  it.each(['baseline', 'tuned'] as const)('show no change between random halves of the %s arm', (arm) => {
    const cases = [...outputsOf(arm).values()]
    const differences = Array.from({ length: 40 }, (_, seed) =>
      mean(
        cases.map(({ prompt, outputs }) => {
          const order = shuffled(outputs, `${seed} ${prompt}`)
          const [first, second] = distinct({ prompt, baseline: order.slice(0, 5), tuned: order.slice(5) })
          return (second - first) / 5
        }),
      ),
    )
    const spread = Math.sqrt(mean(differences.map((d) => d * d)))
    expect(spread).toBeLessThan(0.03)
    expect(Math.abs(mean(differences))).toBeLessThan((3 * spread) / Math.sqrt(differences.length))
  })
})

/** Another order for every seed: by hash. */
function shuffled(items: readonly string[], seed: string): string[] {
  const keyed = items.map((item, index) => ({ item, key: murmur128(`${seed} ${index}`)[0] }))
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
}
