/** What a verifier of the user's said of one output, or how it failed to say it. */
export type Verification =
  | {
      readonly kind: 'verified'
      /** Whether the output has the form that the verifier needs; null where it does not judge that. */
      readonly valid: boolean | null
      readonly feasible: boolean
      /** What is violated, in the verifier's words. */
      readonly violations: readonly string[]
      /** What the output achieves, where the verifier computes it. */
      readonly objective: number | null
    }
  | { readonly kind: 'fault'; readonly code: VerifierFault; readonly message: string }

export const VERIFIER_FAULTS = ['not-started', 'crashed', 'timed-out', 'bad-answer', 'gave-up'] as const
export type VerifierFault = (typeof VERIFIER_FAULTS)[number]

/** A verifier as the config names it. Paths are relative to the working directory. */
export type VerifierSpec = VerifierSource & {
  /** Time limit of one answer. */
  readonly timeoutMs: number
}

export type VerifierSource =
  /** An ES module that exports `verify(case, sample)`. */
  | { readonly module: string }
  /** A process that answers one JSON line with one JSON line, and the directory that it runs in. */
  | { readonly command: readonly string[]; readonly directory: string }

/** What a verifier is told. Never which arm the output is from. */
export interface VerifierRequest {
  readonly task: string
  readonly id: string
  readonly prompt: unknown
  readonly reference: unknown
  /** The text. */
  readonly output: string
  /** What the structure found in the text; null where no structure is declared. */
  readonly value: unknown
  /** The record as it was read. */
  readonly record: Readonly<Record<string, unknown>>
}
