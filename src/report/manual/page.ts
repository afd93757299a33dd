import type { Source } from '../../domain/detector.js'

/** A page of the manual as data: `explain` prints it, `docs/` keeps it as Markdown. */
export interface Page {
  /** Null for what stands without a heading of its own. */
  readonly title: string | null
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'paragraph'; readonly title: string; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'entries'
      readonly title: string | null
      /** What the entries are, in a table's first column. */
      readonly noun: string
      readonly columns: readonly string[]
      readonly entries: readonly Entry[]
    }
  | { readonly kind: 'sources'; readonly sources: readonly Source[] }
  | { readonly kind: 'remark'; readonly text: string }

export interface Entry {
  readonly name: string
  readonly text: string
  /** One for each column; empty where there is nothing to say. */
  readonly cells: readonly string[]
}
