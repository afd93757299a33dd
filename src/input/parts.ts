import { byCodeUnit } from '../domain/order.js'
import type { Sample } from '../domain/record.js'
import type { Reading } from './reading.js'

/**
 * Joins the rows of a log that together are one sample: of rows with one sample number and different ranks the first by
 * code unit gives the output, the others what it lacks. A row that has no number and no output says the same of every
 * sample. Rows of one rank stay apart, so that a repeated one is still found. What holds no output in the end is
 * `incomplete`.
 */
export function joinParts(readings: readonly Reading[]): {
  readonly whole: readonly Reading[]
  readonly incomplete: number
} {
  if (readings.every(({ part }) => part === null)) return { whole: readings, incomplete: 0 }
  const general = readings.filter(isGeneral).sort(byRank)
  const own = readings.filter((reading) => !isGeneral(reading))
  if (own.length === 0) return { whole: [], incomplete: 1 }
  const joined = groups(own).flatMap(joinSample)
  const whole = joined.filter(({ part }) => part?.partial !== true).map((reading) => general.reduce(filled, reading))
  return { whole, incomplete: joined.length - whole.length }
}

function isGeneral({ part, number }: Reading): boolean {
  return part?.partial === true && number === null
}

function byRank(a: Reading, b: Reading): number {
  return byCodeUnit(a.part?.rank ?? '', b.part?.rank ?? '')
}

function groups(readings: readonly Reading[]): Reading[][] {
  const byNumber = new Map<number | null, Reading[]>()
  for (const reading of readings) byNumber.set(reading.number, [...(byNumber.get(reading.number) ?? []), reading])
  return [...byNumber.values()]
}

/** One record for each time that the first rank occurs. */
function joinSample(rows: readonly Reading[]): Reading[] {
  const ordered = [...rows].sort(
    (a, b) => Number(a.part?.partial ?? false) - Number(b.part?.partial ?? false) || byRank(a, b),
  )
  const rank = ordered[0]!.part?.rank ?? ''
  const firsts = ordered.filter(({ part }) => (part?.rank ?? '') === rank)
  const others = ordered.filter(({ part }) => (part?.rank ?? '') !== rank)
  return firsts.map((first) => others.reduce(filled, first))
}

/** A reading with what another row of its sample knows and it does not. */
function filled(reading: Reading, other: Reading): Reading {
  return {
    ...reading,
    cluster: reading.cluster ?? other.cluster,
    prompt: reading.prompt ?? other.prompt,
    sample: filledSample(reading.sample, other.sample),
  }
}

function filledSample(sample: Sample, other: Sample): Sample {
  return {
    ...sample,
    failed: other.failed === 'error' ? 'error' : sample.failed,
    score: sample.score ?? other.score,
    correct: sample.correct ?? other.correct,
    confidence: sample.confidence ?? other.confidence,
    prompt: sample.prompt ?? other.prompt,
    reference: sample.reference ?? other.reference,
    raw: { ...other.raw, ...sample.raw },
  }
}
