import type { Case } from '../domain/case.js'
import { smallestOf } from '../domain/codec/collections.js'
import { place } from '../domain/codec/names.js'
import { stateOf } from '../domain/codec/state.js'
import { flag, natural, nullable, perArm, real, record, shortText, text } from '../domain/codec/values.js'
import type { Example, ExampleValues } from '../domain/finding.js'
import { byCodeUnit, Smallest } from '../domain/order.js'
import type { PerArm, Place, Sample } from '../domain/record.js'
import { excerpt, excerpts, LONGEST_SHOWN } from './excerpt.js'

const KEPT = 3

export interface KeptExample {
  readonly example: Example
  readonly places: PerArm<Place>
  /** Order among equal severities. */
  readonly hash: number
}

export interface Nomination {
  readonly severity: number
  readonly code: string
  readonly samples: PerArm<number>
  readonly detail: string | null
}

/** The three worst cases by (severity, hash): the same whatever order they came in. */
export class Examples {
  private readonly kept = new Smallest<KeptExample>(KEPT, worstFirst)

  nominate(case_: Case, hash: number, nomination: Nomination): void {
    const last = this.kept.items[KEPT - 1]
    if (last !== undefined && isBehind(nomination.severity, hash, last)) return
    this.add(keptExample(case_, hash, nomination))
  }

  add(example: KeptExample): void {
    this.kept.add(example)
  }

  merge(other: Examples): void {
    this.kept.merge(other.kept)
  }

  get items(): readonly KeptExample[] {
    return this.kept.items
  }
}

/** Told before excerpts are made: most cases are. */
function isBehind(severity: number, hash: number, { example, hash: other }: KeptExample): boolean {
  return severity < example.severity || (severity === example.severity && hash > other)
}

function worstFirst(a: KeptExample, b: KeptExample): number {
  return (
    b.example.severity - a.example.severity ||
    a.hash - b.hash ||
    byCodeUnit(a.example.task, b.example.task) ||
    byCodeUnit(a.example.id, b.example.id)
  )
}

/** A case as an example: excerpts, and where its outputs stand. */
export function keptExample(
  { id, task, baseline, tuned }: Case,
  hash: number,
  { severity, code, samples, detail }: Nomination,
): KeptExample {
  const before = baseline[samples.baseline]!
  const after = tuned[samples.tuned]!
  return {
    hash,
    places: { baseline: before.place, tuned: after.place },
    example: {
      id,
      task,
      samples: { baseline: before.number, tuned: after.number },
      code,
      severity,
      detail: detail === null ? null : excerpt(detail),
      excerpt: excerpts({ baseline: before.output, tuned: after.output }),
      values: { baseline: valuesOf(before), tuned: valuesOf(after) },
    },
  }
}

function valuesOf({ score, correct, confidence }: Sample): ExampleValues {
  return { score, correct, confidence }
}

/** The example as a ranking places it; `like` is the id of another case with nearly the same tuned output. */
export function withRank(kept: KeptExample, severity: number, like: string | null): KeptExample {
  const detail = like === null ? kept.example.detail : excerpt(`nearly the same as the tuned output of ${like}`)
  return { ...kept, example: { ...kept.example, severity, detail } }
}

const shown = shortText(LONGEST_SHOWN)

export const keptExampleCodec = record<KeptExample>({
  example: record<Example>({
    id: text,
    task: text,
    samples: perArm(natural),
    code: text,
    severity: real,
    detail: nullable(shown),
    excerpt: perArm(shown),
    values: perArm(
      record<ExampleValues>({ score: nullable(real), correct: nullable(flag), confidence: nullable(real) }),
    ),
  }),
  places: perArm(place),
  hash: natural,
})

export const examplesCodec = stateOf(() => new Examples(), {
  kept: smallestOf(() => new Smallest<KeptExample>(KEPT, worstFirst), keptExampleCodec),
})
