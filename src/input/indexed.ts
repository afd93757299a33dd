import type { Case } from '../domain/case.js'
import { murmur128 } from '../domain/hash.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { CaseBuilder } from './case-builder.js'
import type { LogFile } from './log-file.js'
import type { Reading } from './reading.js'
import { RecordIndex } from './record-index.js'

const BATCH = 256

/**
 * Pairs two arms whose records stand in any order: one pass notes a hash and an offset of every record, then the records
 * of each case are read again. Texts are never all in memory. It gives out empty batches while it only notes.
 */
export async function* pairIndexed(files: PerArm<readonly LogFile[]>, builder: CaseBuilder): AsyncGenerator<Case[]> {
  const all = ARMS.flatMap((arm) => files[arm].map((file) => ({ arm, file })))
  const index = new RecordIndex()
  for (const [number, { file }] of all.entries()) {
    for await (const readings of file.readings()) {
      for (const { key, span } of readings) index.add(murmur128(key)[0], number, span)
      yield []
    }
    await file.source.prepareRandomAccess()
  }
  let batch: Case[] = []
  for (const group of index.groups()) {
    const readings = group.map(({ file, span }) => ({ arm: all[file]!.arm, reading: all[file]!.file.reread(span) }))
    batch.push(...casesOf(readings, builder))
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

export interface ArmReading {
  readonly arm: Arm
  readonly reading: Reading
}

/** Records under one hash are mostly one case; where two keys share a hash, they are told apart here. */
export function casesOf(readings: readonly ArmReading[], builder: CaseBuilder): Case[] {
  const byKey = new Map<string, { baseline: Reading[]; tuned: Reading[] }>()
  for (const { arm, reading } of readings) {
    const entry = byKey.get(reading.key) ?? { baseline: [], tuned: [] }
    entry[arm].push(reading)
    byKey.set(reading.key, entry)
  }
  return [...byKey.values()].map((entry) => builder.build(entry))
}
