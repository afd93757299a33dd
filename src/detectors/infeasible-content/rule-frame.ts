/** One evaluation: the values of the variables and of the loops around, and the work that may still be done. */
export interface Frame {
  readonly values: unknown[]
  left: number
}

/** A part of an expression. It throws Unevaluable, and nothing else, whatever the values. */
export type Compiled = (frame: Frame) => unknown

/**
 * Steps that one evaluation may take, about a tenth of a second: one per element that a macro or a function visits and
 * one per 16 characters that a text function reads. Two nested macros over 1,000 elements each are just within.
 */
export const WORK = 1_000_000

/** Why an expression has no value on a record. Not an Error: nobody reads its stack, and taking one costs more than most rules. */
export class Unevaluable {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/** What throwing and catching takes, in steps. */
const CATCH = 10

const EXHAUSTED = new Unevaluable(`more than ${WORK} steps: lists too long for this rule`)

export function spend(frame: Frame, steps: number): void {
  frame.left -= steps
  if (frame.left < 0) throw EXHAUSTED
}

export function spendText(frame: Frame, units: number): void {
  spend(frame, 1 + (units >>> 4))
}

/**
 * A value, or why there is none. CEL lets `&&`, `||`, all() and exists() overlook a part that has no value where another
 * part decides; that the work is used up is never overlooked, or a loop would go on without doing any.
 */
export function attempt<Value>(part: (frame: Frame) => Value, frame: Frame): Value | Unevaluable {
  try {
    return part(frame)
  } catch (error) {
    if (!(error instanceof Unevaluable) || error === EXHAUSTED) throw error
    spend(frame, CATCH)
    return error
  }
}
