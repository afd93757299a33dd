import { Layout } from '../../src/audit/cells.js'
import type { Reading } from '../../src/audit/leave-out.js'
import { ownReading } from '../../src/audit/readings.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Prepared } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import type { Policy } from '../../src/domain/policy.js'
import { type Imprint, imprintOf } from './imprint.js'
import type { World } from './worlds/world.js'

/** A world as its detector sees it: imprints of the kinds of cases, and how often each occurs at a strength of harm. */
export interface Law {
  readonly world: World
  readonly policy: Policy
  readonly prepared: Prepared
  readonly layout: Layout
  readonly measure: Measure
  readonly reading: Reading
  /** Harmless kinds, then the same spoilt. */
  readonly imprints: readonly Imprint[]
  sharesAt(strength: number): number[]
}

export function lawOf(world: World): Law {
  const id = world.detector.id
  const policy = resolvePolicy({ detectors: { [id]: { options: world.options } }, examples: false }, detectors)
  const prepared = world.detector.prepare(policy.detectors[id]!.options)
  const measure = prepared.measures.find((own) => own.id === world.measure)!
  const total = world.harmless.reduce((sum, { weight }) => sum + weight, 0)
  const kinds = [...world.harmless.map((kind) => kind.case), ...world.harmless.map((kind) => world.spoilt(kind.case))]
  return {
    world,
    policy,
    prepared,
    layout: new Layout(prepared.columns),
    measure,
    reading: ownReading(measure),
    imprints: kinds.map((case_) => imprintOf(prepared, case_)),
    sharesAt: (strength) => [
      ...world.harmless.map(({ weight }) => ((1 - strength) * weight) / total),
      ...world.harmless.map(({ weight }) => (strength * weight) / total),
    ],
  }
}
