import { detectors } from '../../src/detectors/index.js'
import { murmur128 } from '../../src/domain/hash.js'
import type { Cell, MeasureCell, Result, RulesCell } from './cell.js'
import { nameOf } from './cell.js'
import { countsOf } from './counts.js'
import { familyRuns } from './family-cell.js'
import { measureOf, measureRuns } from './measure-cell.js'
import { worlds } from './worlds/index.js'

/** Rises whenever what is counted of the same runs changes: results of an older version are made again. */
const STUDY = 1

/** Runs a cell from its own random numbers. */
export function simulate(cell: Cell): Result {
  return { cell, versions: versionsOf(cell), probe: probeOf(cell), counts: countsOf(cell) }
}

/** Whether the code as it stands gives the numbers that a result was made of, judged by its first runs. */
export function isCurrent({ cell, versions, probe }: Result): boolean {
  return JSON.stringify(versions) === JSON.stringify(versionsOf(cell)) && probe === probeOf(cell)
}

function versionsOf(cell: Cell): Record<string, number> {
  const used = cell.kind === 'family' ? detectors : [worlds[worldOf(cell)](parametersOf(cell)).detector]
  return { study: STUDY, ...Object.fromEntries(used.map(({ id, version }) => [id, version])) }
}

function worldOf(cell: MeasureCell | RulesCell) {
  return cell.kind === 'rules' ? 'outcomes' : cell.world
}

function parametersOf(cell: MeasureCell | RulesCell) {
  return { rate: cell.rate, agreement: cell.agreement, samples: cell.kind === 'rules' ? 1 : cell.samples }
}

/** Digest of what the first runs gave, to nine digits. */
function probeOf(cell: Cell): string {
  const numbers = [...firstNumbers(cell)].map((number) => number.toPrecision(9)).join(' ')
  return murmur128(numbers)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
}

const PROBED = { measure: 16, rules: 16, family: 1 } as const

function* firstNumbers(cell: Cell): Generator<number> {
  if (cell.kind === 'family') {
    for (const { decided } of familyRuns({ ...cell, runs: PROBED.family }, nameOf(cell))) {
      yield* decided.map(({ test }) => test?.adjustedP ?? 2)
    }
    return
  }
  const own = cell.kind === 'rules' ? measureOf(cell) : cell
  for (const run of measureRuns({ ...own, runs: PROBED[cell.kind] }, nameOf(cell)).runs) {
    if (run !== null) yield* [run.harm, run.interval.low, run.interval.high, run.interval.p]
  }
}
