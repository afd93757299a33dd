import { attempt, type Compiled, type Frame, spend, Unevaluable } from './rule-frame.js'
import { isFields, keysOf, kindOf } from './rule-values.js'

/** A loop over the elements of a list or the keys of an object: the slot of its variable, and its compiled parts. */
export interface Loop {
  readonly slot: number
  /** Of map() which elements are taken. */
  readonly condition: (frame: Frame) => boolean
  /** Of map() what each element becomes. */
  readonly transform: Compiled
}

export type Macro = (items: readonly unknown[], loop: Loop, frame: Frame) => unknown

/** Parts after the variable's name: `xs.map(x, part)`, `xs.map(x, filter, part)`. */
export const MACROS: ReadonlyMap<string, { readonly parts: readonly number[]; readonly run: Macro }> = new Map(
  Object.entries({
    all: { parts: [1], run: (items, loop, frame) => quantified(items, loop, frame, false) },
    exists: { parts: [1], run: (items, loop, frame) => quantified(items, loop, frame, true) },
    exists_one: { parts: [1], run: (items, loop, frame) => filtered(items, loop, frame).length === 1 },
    filter: { parts: [1], run: filtered },
    map: { parts: [1, 2], run: mapped },
  } satisfies Record<string, { parts: number[]; run: Macro }>),
)

export function itemsOf(value: unknown, frame: Frame, site: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (isFields(value)) return keysOf(value, frame)
  throw new Unevaluable(`${site}: needs a list or an object, not ${kindOf(value)}`)
}

/** One element may decide although another has no value; where none decides, one without a value makes the whole so. */
function quantified(items: readonly unknown[], loop: Loop, frame: Frame, decisive: boolean): boolean {
  let fault: Unevaluable | null = null
  for (const item of items) {
    visit(item, loop, frame)
    const outcome = attempt(loop.condition, frame)
    if (outcome === decisive) return decisive
    if (outcome instanceof Unevaluable) fault ??= outcome
  }
  if (fault !== null) throw fault
  return !decisive
}

function filtered(items: readonly unknown[], loop: Loop, frame: Frame): unknown[] {
  const kept: unknown[] = []
  for (const item of items) {
    visit(item, loop, frame)
    if (loop.condition(frame)) kept.push(item)
  }
  return kept
}

function mapped(items: readonly unknown[], loop: Loop, frame: Frame): unknown[] {
  const made: unknown[] = []
  for (const item of items) {
    visit(item, loop, frame)
    if (loop.condition(frame)) made.push(loop.transform(frame))
  }
  return made
}

function visit(item: unknown, { slot }: Loop, frame: Frame): void {
  spend(frame, 1)
  frame.values[slot] = item
}
