import { type Details, type Measure, type Unmeasured, unmeasured, type Value } from '../../domain/measure.js'
import { byTasks } from '../../domain/pool.js'
import type { Sums } from '../../domain/tally.js'
import { jensenShannon } from '../../stats/entropy.js'
import { stuartMaxwell } from '../../stats/stuart-maxwell.js'
import { policyMeasures } from './adherence.js'
import { WRAPPINGS } from './columns.js'
import type { Options } from './options.js'
import { qualityOfMoves } from './quality.js'
import { type Classes, sharesOf, tableOf } from './tables.js'

const NO_JSON = unmeasured({ code: 'too-few', what: 'outputs that set out to be JSON', have: 0, need: 1 })

/** Share of the baseline from which a class counts as one that can be lost. */
const MINORITY = 0.05

export function measures(format: Options['format'], classes: Classes): Measure[] {
  const noted = { needs: [], role: 'noted', margin: null, scope: 'task' } as const
  return [
    ...policyMeasures(format, classes),
    {
      id: 'payload-parse-rate',
      title: 'Share of outputs whose JSON parses, on cases where either arm set out to write JSON',
      unit: 'share',
      worse: 'lower',
      margin: 0.03,
      role: 'watched',
      taskRole: 'watched',
      needs: [],
      pool: 'sum',
      scope: 'task',
      cases: ['payloadCases'],
      sliced: ['parsedBaseline', 'parsedTuned', 'payloadRepeats', 'parsedOnlyBaseline', 'parsedOnlyTuned'],
      range: 1,
      interval: 'jackknife',
      of: (sums) => ofPayloads(sums, (arm) => sums.sum(`parsed${arm}`)),
      discordance: (sums) =>
        sums.count('payloadRepeats') > 0
          ? null
          : {
              cases: sums.count('payloadCases'),
              onlyBaseline: sums.count('parsedOnlyBaseline'),
              onlyTuned: sums.count('parsedOnlyTuned'),
            },
      details: (sums) => ({
        strict: ofArms((arm) => share(sums.sum(`strict${arm}`), sums)),
        wrapping: ofArms((arm) => wrappings(arm, sums)),
      }),
    },
    {
      ...noted,
      id: 'wrapping',
      title: 'Share of JSON outputs that are nothing but JSON; how the others are wrapped in the details',
      unit: 'share',
      worse: null,
      pool: 'sum',
      cases: ['payloadCases'],
      range: 1,
      interval: 'jackknife',
      of: (sums) => ofPayloads(sums, (arm) => sums.sums(`wrapping${arm}`)[0]!),
      details: (sums) => ({ wrapping: ofArms((arm) => wrappings(arm, sums)) }),
    },
    {
      ...noted,
      id: 'dominant-share',
      title: 'Share of the most frequent format',
      unit: 'share',
      worse: 'higher',
      pool: byTasks,
      cases: ['cases'],
      range: 1,
      interval: 'jackknife',
      of: (sums) => ({
        kind: 'arms',
        baseline: Math.max(...sharesOf(sums, 'baseline', classes)),
        tuned: Math.max(...sharesOf(sums, 'tuned', classes)),
      }),
    },
    {
      ...noted,
      id: 'format-shift',
      title: 'Jensen–Shannon divergence of the formats of both arms, in nats; above 0 for identical models too',
      unit: 'log',
      worse: null,
      pool: byTasks,
      cases: ['cases'],
      range: null,
      interval: 'jackknife',
      of: (sums) => ({
        kind: 'change',
        change: jensenShannon(sharesOf(sums, 'baseline', classes), sharesOf(sums, 'tuned', classes)),
      }),
      details: (sums) => ({ stuartMaxwell: homogeneity(sums, classes) }),
    },
    {
      ...noted,
      id: 'minority-survival',
      title: 'Smallest tuned share over baseline share, of formats with at least 5 % of the baseline',
      unit: 'ratio',
      worse: 'lower',
      pool: byTasks,
      cases: ['cases'],
      range: null,
      interval: 'none',
      of: (sums) => survival(sums, classes),
    },
    {
      ...noted,
      id: 'collapsed-onto-worse',
      title: 'Baseline accuracy of the format that grew most, minus that of the formats it displaced',
      unit: 'share',
      worse: 'lower',
      needs: ['score'],
      pool: byTasks,
      cases: ['gradedCases'],
      range: 1,
      interval: 'none',
      of: (sums) => qualityOfMoves(sums, classes),
    },
  ]
}

type ArmName = 'Baseline' | 'Tuned'

function ofArms<T>(of: (arm: ArmName) => T): { baseline: T; tuned: T } {
  return { baseline: of('Baseline'), tuned: of('Tuned') }
}

function ofPayloads(sums: Sums, of: (arm: ArmName) => number): Value | Unmeasured {
  const n = sums.count('payloadCases')
  return n === 0 ? NO_JSON : { kind: 'arms', baseline: of('Baseline') / n, tuned: of('Tuned') / n }
}

function share(sum: number, sums: Sums): number | null {
  const n = sums.count('payloadCases')
  return n === 0 ? null : sum / n
}

function wrappings(arm: ArmName, sums: Sums): Details {
  const counted = sums.sums(`wrapping${arm}`)
  return Object.fromEntries(WRAPPINGS.map((wrapping, i) => [wrapping, share(counted[i]!, sums)]))
}

/** Only of independent cases with one output each. */
function homogeneity(sums: Sums, classes: Classes): Details | null {
  if (sums.count('repeats') + sums.count('clustered') > 0) return null
  const test = stuartMaxwell(tableOf(sums, 'moves', classes))
  return test === null ? null : { ...test }
}

function survival(sums: Sums, classes: Classes): Value | Unmeasured {
  const tuned = sharesOf(sums, 'tuned', classes)
  const ratios = sharesOf(sums, 'baseline', classes).flatMap((before, i) =>
    before >= MINORITY ? [tuned[i]! / before] : [],
  )
  return { kind: 'change', change: Math.min(...ratios) }
}
