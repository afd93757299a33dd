import fc from 'fast-check'
import { requireDetector } from '../config/detector-shape.js'
import type { Case } from '../domain/case.js'

import { arbitraryCases } from './arbitrary-cases.js'
import { LAWS, type Law, type LawName, type Trial } from './laws.js'
import { Bench, type Options } from './run.js'

export { exchanged } from '../trial/case-variants.js'
export { makeCase, makeSample } from './cases.js'
export type { LawName } from './laws.js'

export interface CheckRequest {
  /** Of the detector, over its defaults. */
  readonly options?: Options
  /** Outputs that it has an opinion on: drawn beside others. */
  readonly outputs?: readonly string[]
  /** Cases of your own that the laws are tried on besides. */
  readonly cases?: readonly Case[]
  /** Sets of random cases per law. Default 60. */
  readonly runs?: number
  /** Default 20261: the same cases each time. */
  readonly seed?: number
  /** Default: all of them. */
  readonly laws?: readonly LawName[]
}

/** The law, and the smallest data found that break it. */
export class LawBroken extends Error {
  readonly law: LawName
  readonly cases: readonly Case[]

  constructor(law: LawName, what: string, cases: readonly Case[]) {
    super(`the law ${law} is broken: ${what}\non ${JSON.stringify(cases.map(brief), null, 2)}`)
    this.name = 'LawBroken'
    this.law = law
    this.cases = cases
  }
}

/**
 * Tries on random cases, hostile texts among them, what an audit takes for granted of every detector: `LAWS`. Throws
 * LawBroken for the first law that does not hold, with the smallest cases found, and a plain Error for a value that is no
 * detector. The tool's own detectors are tested by it. Needs the package fast-check.
 */
export function checkDetector(value: unknown, request: CheckRequest = {}): void {
  const detector = requireDetector(value, (field, what) => new Error(`no detector: ${field}: ${what}`))
  const bench = new Bench(detector, request.options ?? {})
  for (const law of request.laws ?? LAW_NAMES) {
    tryRandom(law, bench, request)
    if (request.cases !== undefined) tryOwn(law, bench, request.cases)
  }
}

/** Every law. */
export const LAW_NAMES = Object.keys(LAWS) as LawName[]

const RUNS = 60
const SEED = 20_261

function tryRandom(name: LawName, bench: Bench, { outputs = [], runs = RUNS, seed = SEED }: CheckRequest): void {
  const law: Law = LAWS[name]
  const trials = fc
    .tuple(arbitraryCases(outputs), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }))
    .map(([cases, ranks]): Trial => ({ bench, cases, ranks }))
  const holds = fc.property(trials, (trial) => law(trial) === null)
  const { failed, counterexample } = fc.check(holds, { numRuns: runs, seed })
  const [trial] = counterexample ?? []
  if (!failed || trial === undefined) return
  throw new LawBroken(name, law(trial) ?? 'only sometimes: it gives other numbers each time', trial.cases)
}

function tryOwn(name: LawName, bench: Bench, cases: readonly Case[]): void {
  const law: Law = LAWS[name]
  const broken = law({ bench, cases, ranks: cases.map((_, i) => (7 * i) % cases.length) })
  if (broken !== null) throw new LawBroken(name, broken, cases.slice(0, 3))
}

/** What of a case a reader needs. */
function brief({ id, task, cluster, all }: Case): object {
  const samples = (arm: 'baseline' | 'tuned') =>
    all[arm].map(({ output, failed, score, correct, confidence }) => ({
      ...{ output: output.slice(0, 240) },
      ...Object.fromEntries(
        Object.entries({ failed, score, correct, confidence }).filter(([, value]) => value !== null),
      ),
    }))
  return { id, task, ...(cluster === null ? {} : { cluster }), baseline: samples('baseline'), tuned: samples('tuned') }
}
