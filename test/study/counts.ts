import type { Cell, Counts, FamilyCell, MeasureCell, RulesCell } from './cell.js'
import { nameOf } from './cell.js'
import { type FamilyRun, familyRuns } from './family-cell.js'
import { measureOf, measureRuns, type Run, truthOf } from './measure-cell.js'
import { RULES, TRIES, type Try } from './rules.js'
import { worlds } from './worlds/index.js'

const ALPHA = 0.05

/** What happened in the runs of a cell. */
export function countsOf(cell: Cell): Counts {
  switch (cell.kind) {
    case 'measure':
      return ofMeasure(cell)
    case 'rules':
      return ofRules(cell)
    case 'family':
      return ofFamily(cell)
  }
}

function ofMeasure(cell: MeasureCell): Counts {
  const all = measureRuns(cell, nameOf(cell))
  const runs = [...all.runs]
  const measured = runs.filter((run) => run !== null)
  const truth = truthOf(all, measured)
  const count = (happened: (run: Run) => boolean) => measured.filter(happened).length
  return {
    runs: runs.length,
    measured: measured.length,
    harmfulEndErrs: count(({ interval }) => interval.high < truth),
    otherEndErrs: count(({ interval }) => interval.low > truth),
    shown: count(({ interval }) => interval.p < ALPHA && interval.canFail),
    pass: count(({ status }) => status === 'pass'),
    fail: count(({ status }) => status === 'fail'),
    trueHarm: rounded(truth),
    meanHarm: rounded(measured.reduce((sum, { harm }) => sum + harm, 0) / Math.max(1, measured.length)),
  }
}

/** How often each rule passes; five tries are five runs of which the best counts. */
function ofRules(cell: RulesCell): Counts {
  const margin = worlds.outcomes({ rate: cell.rate, agreement: cell.agreement, samples: 1 }).margin
  const passed: Record<string, number> = { runs: cell.runs }
  let tries: Try[] = []
  for (const run of measureRuns({ ...measureOf(cell), runs: cell.runs * TRIES }, nameOf(cell)).runs) {
    tries.push(tryOf(run))
    if (tries.length < TRIES) continue
    for (const [rule, passes] of Object.entries(RULES)) {
      passed[rule] = (passed[rule] ?? 0) + Number(passes(tries, margin))
    }
    passed.oursFails = (passed.oursFails ?? 0) + Number(tries[0]!.status === 'fail')
    tries = []
  }
  return passed
}

function tryOf(run: Run | null): Try {
  if (run === null || run.paired === null) throw new Error('paired outcomes were not measured as such')
  const { harmed, helped, n } = run.paired
  return { drop: (harmed - helped) / n, p: run.interval.p, status: run.status }
}

function ofFamily(cell: FamilyCell): Counts {
  const counts: Record<string, number> = {
    runs: 0,
    pass: 0,
    fail: 0,
    inconclusive: 0,
    error: 0,
    uncorrected: 0,
    tests: 0,
  }
  for (const { verdict, decided } of familyRuns(cell, nameOf(cell))) {
    counts.runs!++
    counts[verdict]!++
    counts.tests! += decided.filter(({ test }) => test !== null).length
    if (decided.some(isUncorrectedFail)) counts.uncorrected!++
    for (const measure of new Set(decided.filter(({ status }) => status === 'fail').map(nameOfMeasure))) {
      counts[`fail:${measure}`] = (counts[`fail:${measure}`] ?? 0) + 1
    }
  }
  return counts
}

type Decided = FamilyRun['decided'][number]

/** What a test without correction for their number would call shown. */
function isUncorrectedFail({ question: { estimate }, test, status }: Decided): boolean {
  const interval = estimate.kind === 'measured' ? estimate.interval : null
  if (test === null || interval === null || status === 'pass') return false
  return interval.canFail && interval.p < ALPHA
}

function nameOfMeasure({ question }: Decided): string {
  return question.measure.id
}

function rounded(x: number): number {
  return Math.round(x * 1e6) / 1e6
}
