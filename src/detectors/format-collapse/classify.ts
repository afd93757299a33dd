import type { Sample } from '../../domain/record.js'
import { FORMATS, shapeOf } from '../../text/format.js'
import { compilePattern } from '../../text/pattern.js'
import type { Payload } from '../../text/payload.js'
import type { ClassOptions } from './options.js'

export interface Classified {
  /** Position in the list of classes. */
  readonly format: number
  readonly payload: Payload | null
}

/** Names of all classes: the shapes, then the user's own. */
export function classNames(classes: readonly ClassOptions[]): readonly string[] {
  return [...FORMATS, ...classes.map(({ name }) => name)]
}

/** Puts outputs into classes. Throws PatternError. */
export function classifier(classes: readonly ClassOptions[]): (sample: Sample) => Classified {
  const own = classes.map(({ pattern }) => compilePattern(pattern))
  const place = new Map(FORMATS.map((format, i) => [format, i]))
  return ({ output }) => {
    const { format, payload } = shapeOf(output)
    const matching = own.findIndex((pattern) => pattern.test(output))
    return { format: matching < 0 ? place.get(format)! : FORMATS.length + matching, payload }
  }
}
