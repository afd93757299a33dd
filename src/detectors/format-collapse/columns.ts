import { type Columns, count, defineColumns, once, sum } from '../../domain/tally.js'

export const WRAPPINGS = ['bare', 'fenced', 'in-prose', 'none'] as const

/** Columns of the two arms' shares of one class. */
export const shareColumn = (arm: 'baseline' | 'tuned', name: string) => `share:${arm}:${name}`

/** Tables whose rows and columns are the classes carry their names, so that tasks with other classes are not added. */
export const tableColumn = (table: string, own: readonly string[]) => [table, ...own].join('|')

/** `names` are all classes, `own` the user's. */
export function columnsOf(names: readonly string[], own: readonly string[]): Columns<string> {
  const shares = names.flatMap((name) => [shareColumn('baseline', name), shareColumn('tuned', name)])
  const table = (id: string, size: number) => ({ [tableColumn(id, own)]: once(sum(size)) })
  const pairs = names.length ** 2
  return defineColumns({
    cases: count(),
    repeats: count(),
    clustered: count(),
    ...Object.fromEntries(shares.map((id) => [id, sum()])),
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
    ...table('moves', pairs),
    ...table('movesGraded', pairs),
    ...table('movesRightBaseline', pairs),
    ...table('movesRightTuned', pairs),
  })
}
