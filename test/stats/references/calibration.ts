import { auroc } from '../../../src/stats/auroc.js'
import {
  debiasedSquaredError,
  expectedCalibrationError,
  levelEntropy,
  modalLevel,
  murphy,
  reliabilityBins,
} from '../../../src/stats/calibration-error.js'
import { levelOf, outputsOf } from '../../../src/stats/confidence-grid.js'
import { equalMassBins } from '../../../src/stats/equal-mass-bins.js'
import { EQUAL_WIDTH_BINS, equalWidthBin, equalWidthError } from '../../../src/stats/equal-width-bins.js'
import { smoothCalibrationError } from '../../../src/stats/smooth-calibration.js'
import { brierAtTemperature, fitTemperature } from '../../../src/stats/temperature.js'
import { binned, type Cell, gridOf } from './grid.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

interface DataSet {
  readonly cells: readonly Cell[]
  readonly [value: string]: unknown
}

const file = readReferences<{ 'data sets': Record<string, DataSet>; 'levelOf: exact logits by mpmath': number[][] }>(
  'calibration.json',
)

/** Confidences of the last set vary within levels, so that a grid can only come near: calibration.test.ts. */
const { 'free confidences': _, ...onLevels } = file['data sets']

/** Rows by source: the cells, then the value. */
const references: References = Object.values(onLevels).reduce<Record<string, unknown[][]>>(
  (rows, { cells, ...values }) => {
    for (const [key, value] of Object.entries(values)) rows[key] = [...(rows[key] ?? []), [cells, value]]
    return rows
  },
  {},
)

const inEqualMass = (of: typeof expectedCalibrationError) => (cells: Cell[]) => {
  const grid = gridOf(cells)
  return of(grid, equalMassBins(grid.n))
}

const terms = (cells: readonly Cell[]) => {
  const { reliability, resolution, uncertainty } = murphy(gridOf(cells))!
  return [reliability, resolution, uncertainty]
}

const brier = (cells: readonly Cell[]) => {
  const [reliability, resolution, uncertainty] = terms(cells)
  return reliability! - resolution! + uncertainty!
}

const diagram = (cells: readonly Cell[]) => {
  const grid = gridOf(cells)
  return reliabilityBins(grid, equalMassBins(grid.n)).flatMap(({ n, confidence, accuracy }) => [
    n,
    confidence,
    accuracy,
  ])
}

const modalShare = (cells: readonly Cell[]) => {
  const grid = gridOf(cells)
  return grid.n[modalLevel(grid.n)]! / outputsOf(grid)
}

export const calibration: readonly Statistic[] = [
  ...statistics({ 'levelOf: exact logits by mpmath': file['levelOf: exact logits by mpmath'] }, 'levelOf', 0, levelOf),
  ...statistics(references, 'brier', 1e-12, brier),
  ...statistics(references, 'murphy', 1e-10, terms),
  ...statistics(references, 'auroc', 1e-13, (cells) => auroc(gridOf(cells))),
  ...statistics(readReferences<References>('r.json'), 'auroc', 1e-13, (cells) => auroc(gridOf(cells))),
  ...statistics(references, 'bins', 1e-12, diagram),
  ...statistics(references, 'expected calibration error', 1e-11, inEqualMass(expectedCalibrationError)),
  ...statistics(references, 'equal width error', 1e-11, (cells) =>
    equalWidthError(binned(cells, EQUAL_WIDTH_BINS, equalWidthBin)),
  ),
  ...statistics(references, 'debiased squared error', 1e-9, inEqualMass(debiasedSquaredError)),
  ...statistics(references, 'smECE on nodes', 1e-9, (cells) => smoothCalibrationError(gridOf(cells))),
  ...statistics(references, 'modal share', 1e-15, modalShare),
  ...statistics(references, 'level entropy', 1e-13, (cells) => levelEntropy(gridOf(cells))),
  ...statistics(references, 'temperature', 1e-9, (cells) => fitTemperature(gridOf(cells))),
  ...statistics(references, 'brier at temperature', 1e-9, (cells) =>
    brierAtTemperature(gridOf(cells), fitTemperature(gridOf(cells))!),
  ),
  ...statistics(references, 'brier at 2.5', 1e-12, (cells) => brierAtTemperature(gridOf(cells), 2.5)),
]
