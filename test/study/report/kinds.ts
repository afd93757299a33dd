import type { MeasureCell, Result, WorldName } from '../cell.js'

/** A kind of interval: the cells that belong to it, and what its tables call it. */
export interface IntervalKind {
  readonly title: string
  readonly about: string
  /** What `rate` is. */
  readonly rate: string
  has(cell: MeasureCell): boolean
}

const isDependent = ({ samples, clusters }: MeasureCell) => samples > 1 || clusters !== 'none'

const ofWorld = (world: WorldName) => (cell: MeasureCell) => cell.world === world

export const INTERVAL_KINDS: readonly IntervalKind[] = [
  {
    title: 'Paired yes/no',
    about: '`score`, right or wrong, one output per case: Tango’s interval, mid-p McNemar. Margin .05.',
    rate: 'share wrong in the baseline',
    has: (cell) => cell.world === 'outcomes' && !isDependent(cell),
  },
  {
    title: 'Yes/no with repeats or clusters',
    about: '`score` of four samples per case, of clusters, of both: jackknife. Margin .05.',
    rate: 'share wrong in the baseline',
    has: (cell) => cell.world === 'outcomes' && isDependent(cell),
  },
  {
    title: 'Mean',
    about: '`score` between 0 and 1: jackknife. Margin .05.',
    rate: 'mean loss of the baseline',
    has: ofWorld('scores'),
  },
  {
    title: 'Ratio',
    about: '`brier-score` per output of cases with 1, 2, 4 or 8 outputs that are alike: jackknife. Margin .05.',
    rate: 'share wrong in the baseline',
    has: ofWorld('brier'),
  },
  {
    title: 'Entropy',
    about: '`effective-formats`, six formats: jackknife. Margin .22.',
    rate: 'share of the most frequent format',
    has: ofWorld('formats'),
  },
  {
    title: 'Binned',
    about: '`reliability`, 15 equal-mass bins: jackknife. Margin .01.',
    rate: 'share wrong in the baseline',
    has: ofWorld('reliability'),
  },
  {
    title: 'Ranked',
    about: '`discrimination`, AUROC: jackknife. Margin .10.',
    rate: 'share wrong in the baseline',
    has: ofWorld('discrimination'),
  },
  {
    title: 'Mean over the case sample',
    about: '`distinct-answers` of five samples per case, at most 512 cases: jackknife. Margin .10.',
    rate: 'chance that a further answer is a copy',
    has: ofWorld('distinct'),
  },
  {
    title: 'Repetition over the case sample',
    about:
      '`corpus-repetition`: jackknife. Margin .05. Harm is planted in one case of twenty; what bounds are held against is then the mean over the runs.',
    rate: 'share of stock answers',
    has: ofWorld('repetition'),
  },
  {
    title: 'Near-duplicates over the case sample',
    about:
      '`near-duplicate-rate`: jackknife. Margin .05. Harm is planted in one case of twenty; what bounds are held against is then the mean over the runs.',
    rate: 'share of stock answers',
    has: ofWorld('duplicates'),
  },
]

export interface MeasureResult extends Result {
  readonly cell: MeasureCell
}

export function isMeasure(result: Result): result is MeasureResult {
  return result.cell.kind === 'measure'
}

/** What besides n and harm tells cells of a kind apart. */
export function settingOf({ rate, agreement, samples, clusters }: MeasureCell): string {
  const parts = [`${rate}`.replace(/^0/, '')]
  if (samples > 1) parts.push(`${samples} samples`)
  if (clusters !== 'none') parts.push(`${clusters} clusters`)
  if (agreement !== 0.5) parts.push(`agreement ${agreement}`.replace('0.', '.'))
  return parts.join(', ')
}
