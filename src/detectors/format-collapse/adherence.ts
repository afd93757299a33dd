import {
  type Details,
  type Discordance,
  type Measure,
  type Unmeasured,
  unmeasured,
  type Value,
} from '../../domain/measure.js'
import { oncePer } from '../../domain/once-per.js'
import { byCases, byTasks } from '../../domain/pool.js'
import type { Sums } from '../../domain/tally.js'
import { millerMadow } from '../../stats/entropy.js'
import type { Options } from './options.js'
import { type Classes, sharesOf, tableOf, total, usualClass } from './tables.js'

const ACCEPT = { options: { format: 'converge' } }

/** The measures that hold an arm to a format, or to several. At most one of them is measured in a task. */
export function policyMeasures(format: Options['format'], classes: Classes): Measure[] {
  const usualOf = oncePer((whole: Sums) => usualClass(whole, classes))
  return [
    {
      id: 'effective-formats',
      title: 'Entropy of the formats within a task (Miller–Madow): log of the effective number of formats',
      unit: 'log',
      worse: 'lower',
      margin: 0.22,
      role: format === 'free' ? 'guarded' : 'watched',
      taskRole: 'watched',
      needs: [],
      pool: byTasks,
      ...chosenBy(format),
      scope: 'task',
      cases: ['cases'],
      // What one case may move, at most about the log of the number of classes.
      range: Math.log(classes.names.length),
      interval: 'jackknife',
      accept: ACCEPT,
      ...unavailable(format === 'auto' || format === 'free' ? null : format),
      of: (sums, whole) => entropies(sums, format === 'auto' ? usualOf(whole) : null, classes),
      moved: (sums) => (sums.count('repeats') > 0 ? null : movedCases(sums, classes)),
      details: (sums) => ({ ...correctness(sums), dominant: dominantOf(sums, classes) }),
    },
    {
      id: 'adherence-rate',
      title: 'Share of outputs in the format that the task expects',
      unit: 'share',
      worse: 'lower',
      margin: 0.03,
      role: format === 'auto' ? 'watched' : 'guarded',
      taskRole: 'watched',
      needs: [],
      pool: byCases,
      ...chosenBy(format),
      scope: 'task',
      cases: ['cases'],
      range: 1,
      interval: 'jackknife',
      accept: ACCEPT,
      ...unavailable(format === 'free' || format === 'converge' ? format : null),
      of: (sums, whole) => adherence(sums, () => usualOf(whole), classes),
      // A class that is inferred never has to pass.
      ...(format === 'auto' ? {} : { worstCase: { cases: ['adheringCases', 'lostCases'], of: worstAdherence } }),
      discordance: (sums) => adherenceDiscordance(sums, classes),
      details: (sums) => ({
        ...correctness(sums),
        expected: expectedOf(sums, format, classes),
        expectedFrom: format === 'auto' ? 'baseline' : 'config',
        dominant: dominantOf(sums, classes),
      }),
    },
  ]
}

/** Which of the two is measured in a task comes from the baseline that it is held against: luck there looks like harm. */
function chosenBy(format: Options['format']): Pick<Measure, 'chosen'> {
  return format === 'auto' ? { chosen: true } : {}
}

function unavailable(format: string | null): Pick<Measure, 'unavailable'> {
  return format === null ? {} : { unavailable: { code: 'format-policy', format } }
}

/** `usual`: the class that nearly all of the whole baseline has, where one is looked for. */
function entropies(sums: Sums, usual: number | null, classes: Classes): Value | Unmeasured {
  if (usual !== null) return unmeasured({ code: 'one-format-expected', format: classes.names[usual]! })
  const n = sums.count('cases')
  const of = (arm: 'baseline' | 'tuned') => millerMadow(sharesOf(sums, arm, classes), n)
  return { kind: 'arms', baseline: of('baseline'), tuned: of('tuned') }
}

/** Cases whose format is another one in the tuned arm. */
function movedCases(sums: Sums, classes: Classes): number {
  const moves = tableOf(sums, 'moves', classes)
  return total(moves) - moves.reduce((sum, row, i) => sum + row[i]!, 0)
}

/** Of a declared class from its own columns; else of the class that nearly all of the whole baseline has. */
function adherence(sums: Sums, usualOf: () => number | null, classes: Classes): Value | Unmeasured {
  const n = sums.count('adheringCases')
  if (n > 0) return { kind: 'arms', baseline: sums.sum('adheringBaseline') / n, tuned: sums.sum('adheringTuned') / n }
  const usual = usualOf()
  if (usual === null) return unmeasured({ code: 'several-formats' })
  const of = (arm: 'baseline' | 'tuned') => sharesOf(sums, arm, classes)[usual]!
  return { kind: 'arms', baseline: of('baseline'), tuned: of('tuned') }
}

/** What the tuned arm lost is out of the declared class. */
function worstAdherence(sums: Sums): Value | Unmeasured {
  const n = sums.count('adheringCases') + sums.count('lostCases')
  if (n === 0) return unmeasured({ code: 'several-formats' })
  return {
    kind: 'arms',
    baseline: (sums.sum('adheringBaseline') + sums.sum('lostAdhering')) / n,
    tuned: sums.sum('adheringTuned') / n,
  }
}

function adherenceDiscordance(sums: Sums, classes: Classes): Discordance | null {
  if (sums.count('repeats') > 0) return null
  const cases = sums.count('cases')
  if (sums.count('adheringCases') > 0) {
    return { cases, onlyBaseline: sums.count('adheringOnlyBaseline'), onlyTuned: sums.count('adheringOnlyTuned') }
  }
  const usual = usualClass(sums, classes)
  if (usual === null) return null
  const moves = tableOf(sums, 'moves', classes)
  const sum = (of: (i: number) => number) => moves.reduce((total, _, i) => (i === usual ? total : total + of(i)), 0)
  return { cases, onlyBaseline: sum((i) => moves[usual]![i]!), onlyTuned: sum((i) => moves[i]![usual]!) }
}

/** The class expected of one task; null where tasks differ or none is. */
function expectedOf(sums: Sums, format: string, classes: Classes): string | null {
  if (format !== 'auto') return format
  const usual = usualClass(sums, classes)
  return usual === null ? null : classes.names[usual]!
}

/** The tuned arm's largest class. */
function dominantOf(sums: Sums, classes: Classes): string | null {
  const shares = sharesOf(sums, 'tuned', classes)
  return classes.names[shares.indexOf(Math.max(...shares))] ?? null
}

/** Said first where a format was gained: did correctness rise with it? */
function correctness(sums: Sums): Details {
  const n = sums.count('gradedCases')
  if (n === 0) return { correct: null }
  return { correct: { baseline: sums.sum('rightBaseline') / n, tuned: sums.sum('rightTuned') / n } }
}
