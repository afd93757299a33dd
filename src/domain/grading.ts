/** How outputs of a task are compared with their references, as the config says it. */
export type GraderSpec =
  | ({ readonly kind: 'exact' } & ExactSpec)
  | ({ readonly kind: 'number' } & NumberSpec)
  | { readonly kind: 'math' }
  | ({ readonly kind: 'choice' } & ChoiceSpec)
  | ({ readonly kind: 'json' } & JsonSpec)
  | ({ readonly kind: 'regex' } & RegexSpec)

export interface ExactSpec {
  /** Default false, as in lm-evaluation-harness. */
  readonly ignoreCase?: boolean
  /** Leaves out every punctuation mark and symbol, as lm-evaluation-harness does: 3.5 and 35 become equal. Default false. */
  readonly ignorePunctuation?: boolean
}

export interface NumberSpec {
  /** What an answer may be away from the reference: the larger of the two. `relative` is a share of the reference. Default 0. */
  readonly tolerance?: { readonly absolute?: number; readonly relative?: number }
}

export interface ChoiceSpec {
  /** Letters or words, at least one; default A to J. */
  readonly choices?: readonly string[]
}

export interface JsonSpec {
  /** Arrays are equal in any order, at every depth. Default false. */
  readonly ignoreOrder?: boolean
  /** JSON Pointer (RFC 6901) to what is compared: in the output, and in a reference that holds it. */
  readonly pointer?: string
}

export interface RegexSpec {
  /** RE2 syntax. The first group that takes part is the answer; without one the whole match. */
  readonly pattern: string
}

/** Where an output states its confidence: in a tag (`<confidence>0.9</confidence>`), or in the first group of a pattern (RE2). */
export type StatedConfidenceSpec = { readonly tag: string } | { readonly pattern: string }
