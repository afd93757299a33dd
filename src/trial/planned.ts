import { mostNeeded } from '../audit/sizes.js'
import type { PlannedMeasure, SamplesPlan } from '../domain/plan.js'
import {
  chanceToFail,
  chanceToPass,
  clustersToFail,
  detectableHarm,
  excludableHarm,
  type Outlook,
  POWER,
} from '../stats/sample-size.js'

export type Outlooks = readonly [Outlook, ...Outlook[]]

/** One measure as its plan is reckoned. */
export interface Planning extends Pick<PlannedMeasure, 'detector' | 'measure' | 'unit' | 'worse' | 'basis'> {
  /** The measure's own, then its worst case. */
  readonly outlooks: Outlooks
  /** Cases that carry the measure; null where no number was given. */
  readonly n: number | null
  /** Cases that one cluster is worth. */
  readonly casesPerCluster: number
  /** Cases that the measure looks at, however many there are; null where it looks at all. */
  readonly mostCases: number | null
  readonly samples: Samples | null
}

export type Samples = Pick<SamplesPlan, 'perCase' | 'between' | 'within'>

export function planned(planning: Planning): PlannedMeasure {
  const { detector, measure, unit, worse, basis, outlooks, n, casesPerCluster } = planning
  const [own] = outlooks
  const clusters = n === null ? null : n / casesPerCluster
  const cases = (needed: number | null) => casesOf(needed, planning)
  const toPass = cases(mostNeeded(outlooks))
  const at = <T>(of: (clusters: number) => T) => (clusters === null ? null : of(clusters))
  const passes = at((known) => passingChance(outlooks, known))
  return {
    detector,
    measure,
    unit,
    worse,
    margin: own.margin,
    basis,
    n,
    clusters,
    deviation: own.sigma,
    tail: own.tail,
    passChance: passes,
    failChance: at((known) => chanceToFail(own, known, 2 * own.margin)),
    rulesOut: at((known) => excludableHarm(own, known)),
    shows: at((known) => detectableHarm(own, known)),
    casesNeeded: { toPass, toFail: cases(clustersToFail(own)) },
    samples: clusters === null ? null : samplesPlan(planning, clusters, toPass, passes),
  }
}

function casesOf(needed: number | null, { casesPerCluster, mostCases }: Planning): number | null {
  if (needed === null) return null
  const cases = Math.ceil(needed * casesPerCluster)
  return mostCases !== null && cases > mostCases ? null : cases
}

function passingChance(outlooks: Outlooks, clusters: number): number {
  return Math.min(...outlooks.map((outlook) => chanceToPass(outlook, clusters)))
}

const MOST_SAMPLES = 1_024

/**
 * A case's change varies by ω² + (σ²_A + σ²_B)/K (Miller 2024, arXiv:2411.00640, §3): more samples make the second part
 * smaller, more cases both.
 */
function samplesPlan(
  { samples, outlooks, n }: Planning,
  clusters: number,
  toPass: number | null,
  passes: number | null,
): SamplesPlan | null {
  if (samples === null || n === null) return null
  const needed = samplesNeeded(samples, outlooks, clusters)
  const outputs = {
    moreCases: toPass === null ? null : Math.round(toPass * samples.perCase),
    moreSamples: needed === null ? null : n * needed,
  }
  return { ...samples, needed, outputs, cheaper: passes !== null && passes >= POWER ? 'neither' : cheaper(outputs) }
}

function samplesNeeded({ between, within }: Samples, outlooks: Outlooks, clusters: number): number | null {
  const enough = (perCase: number) => {
    const sigma = Math.sqrt(between + within / perCase)
    const [own, ...worst] = outlooks
    return passingChance([{ ...own, sigma }, ...worst.map((outlook) => ({ ...outlook, sigma }))], clusters) >= POWER
  }
  for (let perCase = 1; perCase <= MOST_SAMPLES; perCase += Math.max(1, perCase >> 4))
    if (enough(perCase)) return perCase
  return null
}

/** Differences below this share are none: both ways rest on estimates. */
const ALIKE = 0.05

function cheaper({ moreCases, moreSamples }: SamplesPlan['outputs']): SamplesPlan['cheaper'] {
  if (moreCases === null) return moreSamples === null ? 'none' : 'samples'
  if (moreSamples === null || moreCases < moreSamples * (1 - ALIKE)) return 'cases'
  return moreSamples < moreCases * (1 - ALIKE) ? 'samples' : 'either'
}
