import { type Case, correctnessOf, type LostCase, outcomes } from '../../domain/case.js'
import type { Arm, Sample } from '../../domain/record.js'
import { CELLS, type Counter, type Tally } from '../../domain/tally.js'
import { jsonFault } from '../../text/payload.js'
import type { Classified } from './classify.js'
import { type ClassCells, type Table, WRAPPINGS } from './columns.js'

export interface Formats {
  readonly names: readonly string[]
  readonly cells: ClassCells
  readonly classify: (sample: Sample) => Classified
  /** The class that the options declare; null where none. */
  readonly expected: number | null
  readonly at: Readonly<Record<string, number>>
}

interface Outputs {
  readonly baseline: readonly Classified[]
  readonly tuned: readonly Classified[]
}

export function observe(case_: Case, tally: Tally, formats: Formats): void {
  const { at, classify } = formats
  const outputs = { baseline: case_.baseline.map(classify), tuned: case_.tuned.map(classify) }
  tally.count(at.cases!, 1)
  if (outputs.baseline.length > 1) tally.count(at.repeats!, 1)
  if (case_.cluster !== null) tally.count(at.clustered!, 1)
  observeShares('baseline', outputs.baseline, tally, formats)
  observeShares('tuned', outputs.tuned, tally, formats)
  if (formats.expected !== null) observeAdherence(outputs, formats.expected, tally, at)
  observePayloads(outputs, tally, at)
  observeMoves(case_, outputs, tally, formats)
}

/** A case that the tuned arm lost: out of the format that is declared. */
export function observeLost({ samples }: LostCase, counter: Counter, { expected, classify, at }: Formats): void {
  if (expected === null) return
  counter.count(at.lostCases!, 1)
  counter.add(
    at.lostAdhering!,
    shareOf(samples.map(classify), ({ format }) => format === expected),
  )
}

function observeShares(arm: Arm, outputs: readonly Classified[], tally: Tally, { cells }: Formats): void {
  for (const { format } of outputs) tally.add(cells.shares[arm][format]!, 1 / outputs.length)
}

function observeAdherence(outputs: Outputs, expected: number, tally: Tally, at: Formats['at']): void {
  const adheres = ({ format }: Classified) => format === expected
  const before = shareOf(outputs.baseline, adheres)
  const after = shareOf(outputs.tuned, adheres)
  tally.count(at.adheringCases!, 1)
  tally.add(at.adheringBaseline!, before)
  tally.add(at.adheringTuned!, after)
  if (outputs.baseline.length > 1) tally.count(at.adheringRepeats!, 1)
  else if (before !== after) tally.count(before > after ? at.adheringOnlyBaseline! : at.adheringOnlyTuned!, 1)
  if (after < before) {
    const samples = {
      baseline: outputs.baseline.findIndex(adheres),
      tuned: outputs.tuned.findIndex((o) => !adheres(o)),
    }
    tally.example('adherence-rate', before - after, 'left-the-format', samples)
  }
}

function observePayloads(outputs: Outputs, tally: Tally, at: Formats['at']): void {
  if (![...outputs.baseline, ...outputs.tuned].some(({ payload }) => payload !== null)) return
  const parses = ({ payload }: Classified) => payload?.lenient === true
  const strict = ({ payload }: Classified) => payload?.strict === true
  const before = shareOf(outputs.baseline, parses)
  const after = shareOf(outputs.tuned, parses)
  tally.count(at.payloadCases!, 1)
  tally.add(at.parsedBaseline!, before)
  tally.add(at.parsedTuned!, after)
  tally.add(at.strictBaseline!, shareOf(outputs.baseline, strict))
  tally.add(at.strictTuned!, shareOf(outputs.tuned, strict))
  if (outputs.baseline.length > 1) tally.count(at.payloadRepeats!, 1)
  else if (before !== after) tally.count(before > after ? at.parsedOnlyBaseline! : at.parsedOnlyTuned!, 1)
  observeWrapping(outputs.baseline, at.wrappingBaseline!, tally)
  observeWrapping(outputs.tuned, at.wrappingTuned!, tally)
  if (after >= before) return
  const samples = { baseline: outputs.baseline.findIndex(parses), tuned: outputs.tuned.findIndex((o) => !parses(o)) }
  const { payload } = outputs.tuned[samples.tuned]!
  const code = payload === null ? 'json-gone' : 'json-broken'
  tally.example('payload-parse-rate', before - after, code, samples, payload === null ? null : jsonFault(payload.text))
}

function observeWrapping(outputs: readonly Classified[], cell: number, tally: Tally): void {
  for (const { payload } of outputs) {
    tally.add(cell + CELLS.sum * WRAPPINGS.indexOf(payload?.wrapping ?? 'none'), 1 / outputs.length)
  }
}

/** What each output's format became, and how right it was before and after. */
function observeMoves(case_: Case, { baseline, tuned }: Outputs, tally: Tally, { names, cells, at }: Formats): void {
  const before = outcomes(case_.baseline, correctnessOf)
  const after = outcomes(case_.tuned, correctnessOf)
  const graded = before !== null && after !== null && (before.genuine || after.genuine)
  const weight = 1 / baseline.length
  const cell = (table: Table, slot: number) => cells.tables[table] + CELLS.sum * slot
  baseline.forEach(({ format }, i) => {
    const slot = format * names.length + tuned[i]!.format
    tally.add(cell('moves', slot), weight)
    if (!graded) return
    tally.add(cell('movesGraded', slot), weight)
    tally.add(cell('movesRightBaseline', slot), weight * before.values[i]!)
    tally.add(cell('movesRightTuned', slot), weight * after.values[i]!)
  })
  if (!graded) return
  tally.count(at.gradedCases!, 1)
  tally.add(at.rightBaseline!, mean(before.values))
  tally.add(at.rightTuned!, mean(after.values))
}

function shareOf(outputs: readonly Classified[], is: (output: Classified) => boolean): number {
  return outputs.filter(is).length / outputs.length
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
