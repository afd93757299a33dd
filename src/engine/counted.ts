import type { Annotations } from '../annotate/annotations.js'
import type { LabelSheet } from '../annotate/sheet.js'
import type { Observation } from '../audit/observation.js'
import { sortedBy } from '../domain/order.js'
import { ARMS, type PerArm, type Place } from '../domain/record.js'
import type { InputFile } from '../domain/report.js'
import type { Ledger } from '../input/case-builder.js'
import type { ReadingRules } from '../input/context.js'
import type { Intake } from '../input/intake.js'

/** What was counted in files, in pairing, by annotators and by detectors: all that a report is made of. */
export abstract class Counted {
  abstract readonly rules: ReadingRules
  abstract readonly intake: PerArm<Intake>
  abstract readonly inputs: PerArm<readonly InputFile[]>
  abstract readonly ledger: Ledger
  abstract readonly annotations: Annotations
  abstract readonly observation: Observation
  abstract readonly sheet: LabelSheet | null

  /** Tasks in either arm, selected ones only, by code unit. */
  get tasks(): readonly string[] {
    return sortedBy(this.observation.census.names, (name) => name)
  }

  /** Names in `scores` of records and labels, by code unit. */
  get scoreNames(): readonly string[] {
    const inRecords = ARMS.flatMap((arm) => [...this.intake[arm].scoreNames.names])
    const names = new Set([...inRecords, ...(this.sheet?.labels.scoreNames ?? [])])
    return sortedBy(names, (name) => name)
  }

  get ids(): { without: number; records: number; place: Place | null } {
    const sum = (of: (intake: Intake) => number) => of(this.intake.baseline) + of(this.intake.tuned)
    return {
      without: sum((intake) => intake.withoutId),
      records: sum((intake) => intake.records),
      place: this.intake.baseline.firstWithoutId ?? this.intake.tuned.firstWithoutId,
    }
  }
}
