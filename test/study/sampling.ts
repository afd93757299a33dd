import { BUCKETS } from '../../src/audit/buckets.js'
import { Clusters } from '../../src/audit/clusters.js'
import { TaskTally } from '../../src/audit/tally.js'
import type { Digest } from '../../src/domain/hash.js'
import { aliasSampler } from './alias.js'
import type { Clustering } from './cell.js'
import { addTimes } from './imprint.js'
import type { Law } from './law.js'
import type { Random } from './random.js'

/** What a run drew; good until the next run is drawn. */
export interface Drawn {
  /** Cases of each kind. */
  readonly ofKind: Int32Array
  readonly clusters: Clusters
  /** What the cases add up to. */
  tallied(): TaskTally
}

export interface Drawing {
  readonly n: number
  readonly strength: number
  readonly clustering: Clustering
}

/** In a cluster a case is like the cluster's first one with this chance, else drawn by itself. */
const LIKE_FIRST = 0.5

/**
 * Draws runs of n cases. Each cluster falls into a bucket by chance, as its hash would have it; what a bucket's cases add
 * up to is the sum of their imprints.
 */
export function sampler(law: Law, { n, strength, clustering }: Drawing): (random: Random) => Drawn {
  const kindOf = aliasSampler(law.sharesAt(strength))
  const kinds = law.imprints.length
  const bucketOf = new Int32Array(n)
  const drawnKind = new Int32Array(n)
  const hashes = new Float64Array(n)
  return (random) => {
    const clusters = new Clusters()
    const ofKind = new Int32Array(kinds)
    for (let drawn = 0; drawn < n; ) {
      const size = Math.min(n - drawn, sizeOf(clustering, n, random))
      const digest: Digest = [random.bits(), 0, random.bits(), random.bits()]
      const first = kindOf(random)
      for (let member = 0; member < size; member++) {
        const kind = member === 0 || random.next() < LIKE_FIRST ? first : kindOf(random)
        clusters.add(clustering === 'none' ? null : digest)
        ofKind[kind]!++
        bucketOf[drawn] = digest[0] % BUCKETS
        drawnKind[drawn] = kind
        hashes[drawn] = random.bits()
        drawn++
      }
    }
    return { ofKind, clusters, tallied: law.measure.corpus === undefined ? added : sampled }
  }

  function added(): TaskTally {
    const tally = new TaskTally(law.prepared, law.layout)
    const counts = new Int32Array(BUCKETS * kinds)
    for (let i = 0; i < n; i++) counts[bucketOf[i]! * kinds + drawnKind[i]!]!++
    for (let bucket = 0, place = 0; bucket < BUCKETS; bucket++) {
      for (let kind = 0; kind < kinds; kind++, place++) {
        if (counts[place] !== 0) addTimes(tally.row(bucket), law.imprints[kind]!, counts[place]!)
      }
    }
    return tally
  }

  function sampled(): TaskTally {
    const tally = new TaskTally(law.prepared, law.layout)
    for (let i = 0; i < n; i++) {
      const hash = hashes[i]!
      if (!tally.sample.wants(hash)) continue
      const { features } = law.imprints[drawnKind[i]!]!
      tally.sample.add({ hash, id: 'case', bucket: bucketOf[i]!, features, examples: [] })
    }
    return tally
  }
}

/** Even: 1 to 8. Uneven: most are 1 to 8, one in thirty holds a fiftieth of all cases. */
function sizeOf(clustering: Clustering, n: number, random: Random): number {
  if (clustering === 'none') return 1
  if (clustering === 'uneven' && random.next() < 1 / 30) return Math.max(8, Math.round(n / 50))
  return 1 + random.below(8)
}
