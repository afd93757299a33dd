import type { Arm, PerArm } from '../../domain/record.js'
import { type Columns, count, defineColumns, once, sum } from '../../domain/tally.js'

export const WRAPPINGS = ['bare', 'fenced', 'in-prose', 'none'] as const

const TABLES = ['moves', 'movesGraded', 'movesRightBaseline', 'movesRightTuned'] as const
export type Table = (typeof TABLES)[number]

/** Ids of the columns that a class, or all of them, have of their own. */
export interface ClassColumns {
  /** By class, the columns of an arm's shares. */
  readonly shares: PerArm<readonly string[]>
  readonly tables: Readonly<Record<Table, string>>
}

/** `names` are all classes, `own` the user's: tables carry their names, so that tasks with other classes are not added. */
export function classColumns(names: readonly string[], own: readonly string[]): ClassColumns {
  const shares = (arm: Arm) => names.map((name) => `share:${arm}:${name}`)
  const table = (id: Table) => [id, ...own].join('|')
  return {
    shares: { baseline: shares('baseline'), tuned: shares('tuned') },
    tables: {
      moves: table('moves'),
      movesGraded: table('movesGraded'),
      movesRightBaseline: table('movesRightBaseline'),
      movesRightTuned: table('movesRightTuned'),
    },
  }
}

/** First cells of the classes' columns. */
export interface ClassCells {
  readonly shares: PerArm<readonly number[]>
  readonly tables: Readonly<Record<Table, number>>
}

export function classCells({ shares, tables }: ClassColumns, at: Readonly<Record<string, number>>): ClassCells {
  const cells = (ids: readonly string[]) => ids.map((id) => at[id]!)
  return {
    shares: { baseline: cells(shares.baseline), tuned: cells(shares.tuned) },
    tables: {
      moves: at[tables.moves]!,
      movesGraded: at[tables.movesGraded]!,
      movesRightBaseline: at[tables.movesRightBaseline]!,
      movesRightTuned: at[tables.movesRightTuned]!,
    },
  }
}

export function columnsOf({ shares, tables }: ClassColumns): Columns<string> {
  const classes = shares.baseline.length
  const ofClasses = shares.baseline.flatMap((id, i) => [id, shares.tuned[i]!])
  return defineColumns({
    cases: count(),
    repeats: count(),
    clustered: count(),
    ...Object.fromEntries(ofClasses.map((id) => [id, sum()])),
    /** Cases of tasks that declare a class, and their outputs in it. */
    adheringCases: count(),
    adheringBaseline: sum(),
    adheringTuned: sum(),
    adheringRepeats: count(),
    adheringOnlyBaseline: count(),
    adheringOnlyTuned: count(),
    /** Of such tasks: cases that the tuned arm lost, and their baseline outputs in the class. */
    lostCases: count(),
    lostAdhering: sum(),
    /** Cases in which some output of either arm sets out to carry JSON; what lacks it does not parse. */
    payloadCases: count(),
    payloadRepeats: count(),
    parsedBaseline: sum(),
    parsedTuned: sum(),
    parsedOnlyBaseline: count(),
    parsedOnlyTuned: count(),
    strictBaseline: sum(),
    strictTuned: sum(),
    wrappingBaseline: sum(WRAPPINGS.length),
    wrappingTuned: sum(WRAPPINGS.length),
    gradedCases: count(),
    rightBaseline: sum(),
    rightTuned: sum(),
    /** By baseline class and tuned class of outputs with the same number: outputs, and those graded and right. */
    ...Object.fromEntries(TABLES.map((table) => [tables[table], once(sum(classes ** 2))])),
  })
}
