/** Single measures, by how their interval is made. */
export const WORLDS = [
  'outcomes',
  'scores',
  'brier',
  'formats',
  'reliability',
  'discrimination',
  'distinct',
  'repetition',
  'duplicates',
] as const
export type WorldName = (typeof WORLDS)[number]

/** How cases fall into clusters: none, sizes 1 to 8 alike often, or most small and a few that hold a good part of all. */
export const CLUSTERINGS = ['none', 'even', 'uneven'] as const
export type Clustering = (typeof CLUSTERINGS)[number]

/** One measure alone: how often its bounds err, and what it would have decided. */
export interface MeasureCell {
  readonly kind: 'measure'
  readonly world: WorldName
  /** Cases. */
  readonly n: number
  /** What the world makes of it: mostly the baseline's share of bad outputs. */
  readonly rate: number
  /** Share of the cases on which the arms agree beyond chance. */
  readonly agreement: number
  /** Samples per case and arm. */
  readonly samples: number
  readonly clusters: Clustering
  /** True harm, in margins. */
  readonly harm: number
  readonly runs: number
}

/** Rules of others beside ours, on paired yes/no outcomes. */
export interface RulesCell {
  readonly kind: 'rules'
  readonly n: number
  readonly rate: number
  readonly agreement: number
  readonly harm: number
  readonly runs: number
}

/** Whole audits with every detector. */
export interface FamilyCell {
  readonly kind: 'family'
  readonly tasks: number
  /** Cases of each task; `mixed`: two of three tasks are tiny (3 cases), the others have 50. */
  readonly cases: number | 'mixed'
  readonly samples: number
  /** True harm of the score in every task, in margins. */
  readonly harm: number
  /** The audits of one setting are several cells, so that an interrupted study loses little. */
  readonly part: number
  readonly runs: number
}

export type Cell = MeasureCell | RulesCell | FamilyCell

/** A cell's parameters in words: its seed, and what it is found again by. */
export function nameOf({ kind, ...parameters }: Cell): string {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
  return [kind, ...words].join(' ')
}

/** Whole numbers of runs by what happened in them, and what they were held against. */
export type Counts = Readonly<Record<string, number>>

export interface Result {
  readonly cell: Cell
  /** Of the study and of the detectors that were simulated, by id. */
  readonly versions: Readonly<Record<string, number>>
  /** Digest of the numbers that the first runs gave: tells whether the code still gives them. */
  readonly probe: string
  readonly counts: Counts
}
