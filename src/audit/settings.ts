import type { Case, CaseName } from '../domain/case.js'
import { mapOf, smallestOf } from '../domain/codec/collections.js'
import { stateOf } from '../domain/codec/state.js'
import { flag, natural, oneOf, perArm, record, text } from '../domain/codec/values.js'
import { byCodeUnit, Smallest } from '../domain/order.js'
import { ARMS, type Arm, type PerArm, type Sample } from '../domain/record.js'
import type { SettingDifference, SettingSummary } from '../domain/report.js'
import { isNamed, SETTING_KINDS, type SettingName } from '../domain/settings.js'

/** Settings followed, and values and differing cases of each: the smallest by code unit. */
const MOST_SETTINGS = 256
const LISTED = 5

/**
 * The settings of both arms, compared case by case, so that what varies by task or by prompt may vary. Bounded, and the
 * same for any order of cases and any split into shards.
 */
export class Settings {
  private readonly known = new Map<string, Tracked>()
  private largest = ''

  /** A case of one arm alone is not compared. */
  add({ task, id, baseline, tuned }: Case): void {
    if (![...baseline, ...tuned].some(({ settings }) => settings.length > 0)) return
    const arms = { baseline: valuesOf(baseline), tuned: valuesOf(tuned) }
    for (const [key, { name }] of new Map([...arms.tuned, ...arms.baseline])) {
      const values = { baseline: textOf(arms.baseline.get(key)), tuned: textOf(arms.tuned.get(key)) }
      this.tracked(key, name)?.add({ task, id }, values)
    }
  }

  merge(other: Settings): void {
    for (const [key, tracked] of other.known) this.tracked(key, tracked.name)?.merge(tracked)
  }

  /** By key. `allow` are names of settings in which the arms may differ. */
  summaries(allow: readonly string[]): SettingSummary[] {
    return [...this.known]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([key, tracked]) =>
        tracked.summary(
          key,
          allow.some((name) => isNamed(key, name)),
        ),
      )
  }

  private tracked(key: string, name: SettingName): Tracked | null {
    const known = this.known.get(key)
    if (known !== undefined) return known
    if (this.known.size >= MOST_SETTINGS) {
      if (key > this.largest) return null
      this.known.delete(this.largest)
    }
    const fresh = new Tracked(name)
    this.known.set(key, fresh)
    this.largest = [...this.known.keys()].toSorted(byCodeUnit).at(-1)!
    return fresh
  }
}

interface CaseValues {
  readonly name: SettingName
  readonly values: Set<string>
}

/** Each setting of the samples, with its distinct values. */
function valuesOf(samples: readonly Sample[]): Map<string, CaseValues> {
  const byKey = new Map<string, CaseValues>()
  for (const { settings } of samples) {
    for (const setting of settings) {
      const known = byKey.get(setting.key)
      if (known === undefined) byKey.set(setting.key, { name: setting, values: new Set([setting.value]) })
      else known.values.add(setting.value)
    }
  }
  return byKey
}

/** Values of several samples stand beside each other. */
function textOf(values: CaseValues | undefined): string | null {
  return values === undefined ? null : [...values.values].sort(byCodeUnit).join(' and ')
}

class Tracked {
  readonly name: SettingName
  private shared = 0
  private readonly only = { baseline: 0, tuned: 0 }
  private readonly values = { baseline: new ValueCounts(), tuned: new ValueCounts() }
  private differing = 0
  /** Differing cases by task. */
  private readonly tasks = new Map<string, number>()
  private readonly first = new Smallest<SettingDifference>(LISTED, byName)

  constructor({ kind, decides }: SettingName) {
    this.name = { kind, decides }
  }

  add({ task, id }: CaseName, { baseline, tuned }: PerArm<string | null>): void {
    if (baseline !== null) this.values.baseline.add(baseline, 1)
    if (tuned !== null) this.values.tuned.add(tuned, 1)
    if (baseline === null || tuned === null) {
      this.only[baseline === null ? 'tuned' : 'baseline']++
      return
    }
    this.shared++
    if (baseline === tuned) return
    this.differing++
    this.tasks.set(task, (this.tasks.get(task) ?? 0) + 1)
    this.first.add({ task, id, baseline, tuned })
  }

  merge(other: Tracked): void {
    this.shared += other.shared
    this.differing += other.differing
    for (const arm of ARMS) {
      this.only[arm] += other.only[arm]
      this.values[arm].merge(other.values[arm])
    }
    for (const [task, cases] of other.tasks) this.tasks.set(task, (this.tasks.get(task) ?? 0) + cases)
    this.first.merge(other.first)
  }

  summary(key: string, allowed: boolean): SettingSummary {
    const values = (arm: Arm) => this.values[arm].listed()
    return {
      key,
      ...this.name,
      allowed,
      cases: this.shared,
      onlyBaseline: this.only.baseline,
      onlyTuned: this.only.tuned,
      values: { baseline: values('baseline'), tuned: values('tuned') },
      differing: {
        count: this.differing,
        tasks: { count: this.tasks.size, first: [...this.tasks.keys()].sort(byCodeUnit).slice(0, LISTED) },
        first: this.first.items,
      },
    }
  }
}

function byName(a: CaseName, b: CaseName): number {
  return byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id)
}

/** How often each of the smallest values was seen; one that stays among them was counted from the first time on. */
class ValueCounts {
  private readonly counts = new Map<string, number>()
  private total = 0

  add(value: string, cases: number): void {
    this.total += cases
    this.addTo(value, cases)
  }

  merge(other: ValueCounts): void {
    this.total += other.total
    for (const [value, cases] of other.counts) this.addTo(value, cases)
  }

  listed(): SettingSummary['values']['baseline'] {
    const first = [...this.counts].sort(([a], [b]) => byCodeUnit(a, b)).map(([value, cases]) => ({ value, cases }))
    return { first, others: this.total - first.reduce((sum, { cases }) => sum + cases, 0) }
  }

  private addTo(value: string, cases: number): void {
    const seen = this.counts.get(value)
    if (seen === undefined && this.counts.size >= LISTED) {
      const largest = [...this.counts.keys()].sort(byCodeUnit).at(-1)!
      if (value > largest) return
      this.counts.delete(largest)
    }
    this.counts.set(value, (seen ?? 0) + cases)
  }
}

const valueCounts = stateOf(() => new ValueCounts(), { counts: mapOf(text, natural), total: natural })

const tracked = stateOf(() => new Tracked({ kind: 'tool', decides: false }), {
  name: record<SettingName>({ kind: oneOf(SETTING_KINDS), decides: flag }),
  shared: natural,
  only: perArm(natural),
  values: perArm(valueCounts),
  differing: natural,
  tasks: mapOf(text, natural),
  first: smallestOf(
    () => new Smallest<SettingDifference>(LISTED, byName),
    record<SettingDifference>({ task: text, id: text, baseline: text, tuned: text }),
  ),
})

export const settingsCodec = stateOf(() => new Settings(), { known: mapOf(text, tracked), largest: text })
