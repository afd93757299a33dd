import { type ASTNode, serialize } from '@marcbachmann/cel-js'
import { nearest } from '../../domain/nearest.js'
import { printable, shown } from '../../domain/printable.js'
import { RuleError } from './rule-error.js'
import { type Compiled, Unevaluable } from './rule-frame.js'
import { VARIABLES } from './rule-parse.js'

export type Node<Op extends ASTNode['op']> = Extract<ASTNode, { op: Op }>

/** The names that a part may read, and where their values stand in the frame. */
export interface Scope {
  readonly slots: ReadonlyMap<string, number>
  readonly nextSlot: number
  /** Variables that were read so far, over the whole expression. */
  readonly read: Set<string>
}

export function rootScope(): Scope {
  return { slots: new Map(VARIABLES.map((name, i) => [name, i])), nextSlot: VARIABLES.length, read: new Set() }
}

/** Within a macro: one more name, which hides an outer one of that name. */
export function within(scope: Scope, name: string): Scope {
  return { ...scope, slots: new Map(scope.slots).set(name, scope.nextSlot), nextSlot: scope.nextSlot + 1 }
}

export function variable({ args: name, start }: Node<'id'>, { slots, read }: Scope): Compiled {
  const slot = slots.get(name)
  if (slot === undefined) throw unknown('name', name, slots.keys(), start)
  if (slot >= VARIABLES.length) return ({ values }) => values[slot]
  read.add(name)
  return ({ values }) => {
    const value = values[slot]
    if (value === undefined) throw new Unevaluable(`${name}: this record has none`)
    return value
  }
}

export function unknown(what: string, name: string, known: Iterable<string>, offset: number): RuleError {
  const names = [...known]
  const near = nearest(name, names)
  const guess = near === null ? '' : ` Did you mean "${near}"?`
  return new RuleError(`unknown ${what} ${shown(name)}.${guess} Known: ${names.join(', ')}.`, offset)
}

const LONGEST_SITE = 60

/** The part as a reason names it. */
export function siteOf(node: ASTNode): string {
  const text = serialize(node)
  return printable(text.length > LONGEST_SITE ? `${text.slice(0, LONGEST_SITE)}…` : text)
}
