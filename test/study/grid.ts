import type { Cell, Clustering, FamilyCell, MeasureCell, RulesCell, WorldName } from './cell.js'

/** Runs of a cell: of proportions, of everything else, of whole audits in one part. */
export interface Sizes {
  readonly proportions: number
  readonly others: number
  readonly audits: number
  readonly parts: number
}

export const FULL: Sizes = { proportions: 10_000, others: 2_000, audits: 250, parts: 8 }

const RATES = [0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.94, 0.99, 0.999]
const HARMS = [0, 1, 2]
const DEPENDENT = [
  { samples: 4, clusters: 'none' },
  { samples: 1, clusters: 'even' },
  { samples: 1, clusters: 'uneven' },
  { samples: 4, clusters: 'even' },
] as const

interface Axes {
  readonly world: WorldName
  readonly n: readonly number[]
  readonly rate: readonly number[]
  readonly harm: readonly number[]
  readonly agreement?: readonly number[]
  readonly structure?: readonly { readonly samples: number; readonly clusters: Clustering }[]
}

const SINGLE = [{ samples: 1, clusters: 'none' }] as const

/** All combinations, but those whose harm exceeds what spoiling everything can do. */
function measures(axes: Axes, runs: number): MeasureCell[] {
  const { world, agreement = [0.5], structure = SINGLE } = axes
  return structure.flatMap((own) =>
    axes.rate.flatMap((rate) =>
      agreement.flatMap((agreement) =>
        axes.harm
          .filter((harm) => isPossible(world, rate, harm))
          .flatMap((harm) =>
            axes.n.map((n): MeasureCell => ({ kind: 'measure', world, n, rate, agreement, ...own, harm, runs })),
          ),
      ),
    ),
  )
}

/** The largest harm in margins, by the share of what is spoilt already. */
function isPossible(world: WorldName, rate: number, harm: number): boolean {
  if (harm === 0) return true
  if (world === 'outcomes') return harm * 0.05 < 1 - rate
  if (world === 'scores') return harm * 0.05 < (1 - rate) / 2.1
  return true
}

export function fullGrid(sizes = FULL): Cell[] {
  return [
    ...rules([50, 100, 200, 500, 1000, 5000], sizes.proportions),
    ...proportions(sizes.proportions),
    ...others(sizes.others),
    ...families(sizes),
  ]
}

function rules(sizes: readonly number[], runs: number): RulesCell[] {
  return HARMS.flatMap((harm) =>
    sizes.map((n): RulesCell => ({ kind: 'rules', n, rate: 0.2, agreement: 0.53, harm, runs })),
  )
}

function proportions(runs: number): MeasureCell[] {
  const n = [20, 50, 100, 200, 500, 1000, 2000, 5000]
  const fewer = [20, 100, 500, 5000]
  const world = 'outcomes'
  return [
    ...measures({ world, n, rate: RATES, harm: HARMS }, runs),
    ...measures({ world, n, rate: [0.2], harm: [0, 1], agreement: [0, 0.9] }, runs),
    ...measures({ world, n: fewer, rate: [0.001, 0.05, 0.2, 0.94, 0.999], harm: [0, 1], structure: DEPENDENT }, runs),
    ...measures({ world, n: fewer, rate: [0.2], harm: [2], structure: DEPENDENT }, runs),
  ]
}

function others(runs: number): MeasureCell[] {
  const n = [20, 100, 500, 5000]
  const repeats = [{ samples: 4, clusters: 'none' }] as const
  const uneven = [{ samples: 1, clusters: 'uneven' }] as const
  const dependent = [...repeats, ...uneven]
  return [
    ...measures({ world: 'distinct', n, rate: [0.05, 0.5], harm: HARMS }, runs),
    ...measures({ world: 'distinct', n, rate: [0.95], harm: [0] }, runs),
    ...measures({ world: 'distinct', n, rate: [0.5], harm: [0, 1], structure: uneven }, runs),
    ...measures({ world: 'scores', n, rate: [0.01, 0.1, 0.5, 0.8], harm: HARMS }, runs),
    ...measures({ world: 'scores', n, rate: [0.1], harm: [0, 1], structure: dependent }, runs),
    ...measures({ world: 'formats', n, rate: [0.3, 0.6], harm: HARMS }, runs),
    ...measures({ world: 'formats', n, rate: [0.9], harm: [0, 1] }, runs),
    ...measures({ world: 'formats', n, rate: [0.6], harm: [0, 1], structure: dependent }, runs),
    ...measures({ world: 'brier', n, rate: [0.001, 0.02, 0.5, 0.9, 0.999], harm: [0, 1] }, runs),
    ...measures({ world: 'brier', n, rate: [0.2], harm: HARMS }, runs),
    ...measures({ world: 'brier', n, rate: [0.2], harm: [0, 1], structure: uneven }, runs),
    ...measures({ world: 'discrimination', n: [100, 500, 5000], rate: [0.2], harm: HARMS }, runs),
    ...measures({ world: 'discrimination', n: [500], rate: [0.05, 0.5], harm: [0, 1] }, runs),
    ...measures({ world: 'discrimination', n: [500], rate: [0.2], harm: [0, 1], structure: dependent }, runs),
    ...measures({ world: 'reliability', n, rate: [0.2], harm: HARMS }, runs),
    ...measures({ world: 'reliability', n: [500], rate: [0.3, 0.5], harm: [0, 1] }, runs),
    ...measures({ world: 'reliability', n: [500], rate: [0.2], harm: [0, 1], structure: dependent }, runs),
    ...measures({ world: 'repetition', n: [20, 100, 500], rate: [0.02, 0.2], harm: [0, 1] }, runs),
    ...measures({ world: 'duplicates', n: [20, 100, 500], rate: [0.02, 0.2], harm: [0, 1] }, runs),
  ]
}

function families({ audits, parts }: Sizes): FamilyCell[] {
  const settings = [
    { tasks: 1, cases: 100, samples: 1, harm: 0 },
    { tasks: 1, cases: 1000, samples: 1, harm: 0 },
    { tasks: 10, cases: 20, samples: 1, harm: 0 },
    { tasks: 80, cases: 5, samples: 1, harm: 0 },
    { tasks: 1, cases: 200, samples: 4, harm: 0 },
    { tasks: 80, cases: 'mixed', samples: 1, harm: 0 },
    { tasks: 1, cases: 1000, samples: 1, harm: 1 },
    { tasks: 10, cases: 100, samples: 1, harm: 0 },
    { tasks: 1, cases: 1000, samples: 1, harm: 2 },
  ] as const
  return settings.flatMap((setting) =>
    Array.from({ length: parts }, (_, part): FamilyCell => ({ kind: 'family', ...setting, part, runs: audits })),
  )
}

/** A small part of the full grid with fewer runs: for a look at the machinery, not for numbers to rely on. */
export function quickGrid(): Cell[] {
  const proportions = 1000
  const others = 200
  return [
    ...rules([50, 100, 500], proportions),
    ...measures({ world: 'outcomes', n: [20, 200, 1000], rate: [0.001, 0.2, 0.94], harm: [0, 1] }, proportions),
    ...measures({ world: 'outcomes', n: [200], rate: [0.2], harm: [0, 1], structure: DEPENDENT }, proportions),
    ...measures({ world: 'scores', n: [20, 500], rate: [0.1], harm: [0, 1] }, others),
    ...measures({ world: 'brier', n: [20, 500], rate: [0.2], harm: [0, 1] }, others),
    ...measures({ world: 'formats', n: [20, 500], rate: [0.6], harm: [0, 1] }, others),
    ...measures({ world: 'reliability', n: [100], rate: [0.2], harm: [0, 1] }, others),
    ...measures({ world: 'discrimination', n: [100], rate: [0.2], harm: [0, 1] }, others),
    ...measures({ world: 'distinct', n: [20, 500], rate: [0.5], harm: [0, 1] }, others),
    ...measures({ world: 'repetition', n: [100], rate: [0.2], harm: [0] }, others),
    ...measures({ world: 'duplicates', n: [100], rate: [0.2], harm: [0] }, others),
    ...families({ proportions, others, audits: 20, parts: 1 }).filter(
      ({ tasks, cases }) => tasks === 1 && cases === 100,
    ),
  ]
}
