import type { Field } from '../domain/fields.js'
import { byCodeUnit } from '../domain/order.js'
import type { Place } from '../domain/record.js'

/** Columns followed: the smallest by code unit, so that the set does not depend on the order of records. */
const MAX_COLUMNS = 256

/** What was counted while one arm was read. */
export class Intake {
  records = 0
  badLines = 0
  unknownNumbers = 0
  scoresOutOfRange = 0
  withoutId = 0
  firstWithoutId: Place | null = null
  readonly aliases = new Map<string, number>()
  readonly columns = new Map<string, { records: number }>()
  readonly scoreNames = new Map<string, number>()
  readonly tasks = new Set<string>()
  private largestColumn = ''

  alias = (field: Field, name: string): void => {
    const key = `${field}\t${name}`
    this.aliases.set(key, (this.aliases.get(key) ?? 0) + 1)
  }

  column(name: string): void {
    const seen = this.columns.get(name)
    if (seen !== undefined) seen.records++
    else this.newColumn(name)
  }

  private newColumn(name: string): void {
    if (this.columns.size >= MAX_COLUMNS) {
      if (name > this.largestColumn) return
      this.columns.delete(this.largestColumn)
    }
    this.columns.set(name, { records: 1 })
    this.largestColumn = [...this.columns.keys()].sort(byCodeUnit).at(-1)!
  }
}

/** What was counted while one file was read. */
export class FileIntake {
  records = 0
  badLines = 0
  unknownNumbers = 0
  otherTasks = 0
}
