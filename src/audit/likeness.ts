import type { Case } from '../domain/case.js'
import { mapOf } from '../domain/codec/collections.js'
import { fixed, stateOf } from '../domain/codec/state.js'
import { flag, natural, text } from '../domain/codec/values.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { Prompt } from '../domain/slice.js'
import { SizeSketch, type Sizes, sizeSketchCodec } from './size-sketch.js'

/** Prompts whose cases are counted exactly. */
const KEPT_PROMPTS = 4096
const KEPT_GROUPS = 1024

/** Prompts that share so many first characters may share a passage; where all of a task do, it is a template. */
const BEGINNINGS = [256, 1024] as const

/** With fewer groups they are categories, not clusters. */
const FEWEST_GROUPS = 10
/** So few cases hardly move an interval. */
const FEWEST_CASES = 20
/** Smaller design effects widen an interval by less than 5 %. */
const SMALLEST_EFFECT = 1.1

/** Columns that hold, by their name, what cases share. */
const GROUPING =
  /^(?:doc(?:ument)?|passage|paragraph|context|article|story|chapter|book|page|session|conversation|conv|dialog(?:ue)?|thread|chat|group|cluster|user|author|speaker|patient|customer|file|repo(?:sitory)?|project|url|video|image|scenario)(?:[_-]?(?:id|idx|index|name|key|no|num|number|hash|uuid))?$/i
const MOST_COLUMNS = 16
const NAMES_REMEMBERED = 1024

export interface Alike extends Sizes {
  /** Mean number of cases in the group of a case: n cases are worth n/designEffect. */
  readonly designEffect: number
}

/**
 * What cases seem to share though no cluster names it: a prompt under several ids, a column that is constant within groups,
 * a long beginning. In constant memory, the same in any order and any split. Cases that name a cluster are left out.
 */
export class Likeness {
  /** Whether every prompt is plain text. */
  textOnly = true
  private readonly prompts = new SizeSketch(KEPT_PROMPTS)
  private readonly columns = new Map<string, SizeSketch>()
  /** Names seen, and whether they are those of groups: names repeat from record to record. */
  private readonly grouping = new Map<string, boolean>()
  private readonly beginnings = new Map<number, Map<string, SizeSketch>>(
    BEGINNINGS.map((length) => [length, new Map()]),
  )

  add(case_: Case, prompt: Prompt | null): void {
    if (case_.cluster !== null) return
    this.addColumns(case_)
    if (prompt === null) return
    if (!prompt.isText) this.textOnly = false
    this.prompts.add(murmur128(prompt.whole))
    for (const length of BEGINNINGS) {
      if (prompt.asked.length <= length) continue
      sketchOf(this.beginnings.get(length)!, case_.task).add(murmur128(prompt.asked.slice(0, length)))
    }
  }

  merge(other: Likeness): void {
    this.textOnly &&= other.textOnly
    this.prompts.merge(other.prompts)
    for (const [name, sketch] of other.columns) this.column(name)?.merge(sketch)
    for (const [length, tasks] of other.beginnings) {
      for (const [task, sketch] of tasks) sketchOf(this.beginnings.get(length)!, task).merge(sketch)
    }
  }

  /** Prompts that stand under more than one id; null where none does. */
  repeatedPrompts(): Alike | null {
    const alike = alikeOf(this.prompts)
    return alike.repeated === 0 ? null : alike
  }

  /** The columns whose values look like clusters, by name. */
  clusterColumns(): readonly (Alike & { readonly column: string })[] {
    const found = [...this.columns].flatMap(([column, sketch]) => {
      const alike = alikeOf(sketch)
      return isClustered(alike) ? [{ column, ...alike }] : []
    })
    return found.sort((a, b) => byCodeUnit(a.column, b.column))
  }

  /** The task whose prompts share long beginnings most, at the length where they do. */
  sharedBeginnings(): (Alike & { readonly task: string; readonly characters: number }) | null {
    const all = [...this.beginnings].flatMap(([characters, tasks]) =>
      [...tasks].map(([task, sketch]) => ({ task, characters, ...alikeOf(sketch) })),
    )
    const clustered = all.filter(isClustered)
    clustered.sort(
      (a, b) => b.designEffect - a.designEffect || a.characters - b.characters || byCodeUnit(a.task, b.task),
    )
    return clustered[0] ?? null
  }

  private addColumns({ baseline }: Case): void {
    const raw = baseline[0]?.raw ?? {}
    for (const name of Object.keys(raw)) {
      if (!this.isGrouping(name)) continue
      const value = raw[name]
      if (typeof value === 'string' || typeof value === 'number') this.column(name)?.add(murmur128(String(value)))
    }
  }

  private isGrouping(name: string): boolean {
    const known = this.grouping.get(name)
    if (known !== undefined) return known
    const fresh = GROUPING.test(name)
    if (this.grouping.size < NAMES_REMEMBERED) this.grouping.set(name, fresh)
    return fresh
  }

  /** The smallest names by code unit are followed; null for one that is not. */
  private column(name: string): SizeSketch | null {
    const known = this.columns.get(name)
    if (known !== undefined) return known
    if (this.columns.size >= MOST_COLUMNS) {
      const largest = [...this.columns.keys()].reduce((a, b) => (a < b ? b : a))
      if (name > largest) return null
      this.columns.delete(largest)
    }
    return sketchOf(this.columns, name)
  }
}

function sketchOf(sketches: Map<string, SizeSketch>, name: string): SizeSketch {
  const known = sketches.get(name)
  if (known !== undefined) return known
  const fresh = new SizeSketch(KEPT_GROUPS)
  sketches.set(name, fresh)
  return fresh
}

function alikeOf(sketch: SizeSketch): Alike {
  return { ...sketch.seen(), designEffect: sketch.designEffect }
}

function isClustered({ groups, cases, designEffect }: Alike): boolean {
  return groups >= FEWEST_GROUPS && cases >= FEWEST_CASES && designEffect >= SMALLEST_EFFECT
}

const groupsCodec = mapOf(text, sizeSketchCodec(KEPT_GROUPS))

export const likenessCodec = stateOf(() => new Likeness(), {
  textOnly: flag,
  prompts: sizeSketchCodec(KEPT_PROMPTS),
  columns: groupsCodec,
  grouping: fixed,
  beginnings: mapOf(natural, groupsCodec),
})
