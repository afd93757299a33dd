import { Observation, type Portray, preparing } from '../../src/audit/observation.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { text } from '../../src/domain/codec/values.js'
import { type AnyDetector, defineDetector } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import { count, defineColumns, once } from '../../src/domain/tally.js'

// Detectors that count what they are shown, so that it can be read off their tallies.

const docs = { why: 'Ships wait.', how: 'By counting.', limits: 'None.', sources: [] }
const options = { type: 'object', additionalProperties: false, properties: { port: { type: 'string' } } }

export const { list: columns, at } = defineColumns({
  cases: count(),
  lost: count(),
  late: count(),
  seen: once(count()),
})

export const LATE: Measure = {
  id: 'late-rate',
  title: 'Share of ships that are late',
  unit: 'share',
  worse: 'higher',
  margin: 0.05,
  role: 'guarded',
  needs: [],
  pool: 'sum',
  scope: 'task',
  cases: ['cases'],
  sliced: ['late'],
  range: 1,
  interval: 'jackknife',
  of: (sums) => ({ kind: 'change', change: sums.count('late') / sums.count('cases') }),
}

const { sliced: _, ...rest } = LATE
const UNSLICED: Measure = { ...rest, id: 'late-rate-of-all' }

/** Counts every case, keeps its id in the sample, and nominates it where the tuned output says that it is late. */
export const lateShips = defineDetector<{ port: string }>({
  id: 'late-ships',
  version: 1,
  title: 'Late ships',
  docs,
  options,
  defaults: { port: 'Cork' },
  prepare: ({ port }) => ({
    columns,
    measures: [LATE, UNSLICED],
    features: text,
    exhibits: [
      {
        kind: 'arrivals',
        of: (sums, [even, odd], sampled) => [
          port,
          sums.count('cases'),
          even.count('cases'),
          odd.count('cases'),
          sampled.map(({ features }) => String(features)),
        ],
      },
      { kind: 'departures', of: () => null },
    ],
    observe: (case_, tally) => {
      tally.count(at.cases, 1)
      tally.count(at.seen, 1)
      if (case_.tuned[0]!.output === 'late') {
        tally.count(at.late, 1)
        tally.example('late-rate', 1, 'late')
      }
      tally.sample(({ id }) => ({ features: id, examples: [] }))
    },
    observeLost: (_, tally) => {
      tally.count(at.lost, 1)
      tally.sample(({ id }) => id)
    },
  }),
})

/** Throws on a tuned output that asks for it: at once, or when what it keeps is made. */
export const foghorn = defineDetector<{ port: string }>({
  id: 'foghorn',
  version: 1,
  title: 'Foghorn',
  docs,
  options,
  defaults: { port: 'Cork' },
  prepare: () => ({
    columns,
    measures: [{ ...LATE, id: 'heard', pool: { weight: () => 1, of: () => ({ kind: 'change', change: 0 }) } }],
    features: text,
    exhibits: [],
    observe: (case_, tally) => {
      const { output } = case_.tuned[0]!
      if (output.startsWith('throw ')) throw new Error(output.slice(6))
      if (output === 'throw') throw 'no error'
      tally.count(at.cases, 1)
      tally.sample(({ id }) => {
        if (output === 'fog') throw new Error(`fog at ${id}`)
        return { features: id, examples: [] }
      })
    },
  }),
})

export const HARBOUR: readonly AnyDetector[] = [lateShips, foghorn]

export function harbourObservation(config: PartialConfig = {}, portray: Portray | null = null): Observation {
  return new Observation(HARBOUR, taskPolicies(resolvePolicy(config, HARBOUR)), preparing(), portray)
}
