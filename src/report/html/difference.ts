import { diffWordsWithSpace } from 'diff'
import type { PerArm } from '../../domain/record.js'
import { clip } from '../clip.js'
import { html, lines, type Markup } from './markup.js'

/** Excerpts are 240 characters; a report from elsewhere may hold any. Longer ones would take quadratic time. */
const LONGEST = 1000

/** Two texts with the words marked that the other one lacks. */
export function difference({ baseline, tuned }: PerArm<string>): PerArm<Markup> {
  const parts = diffWordsWithSpace(clip(baseline, LONGEST), clip(tuned, LONGEST))
  const before = parts
    .filter(({ added }) => !added)
    .map((part) => (part.removed ? html`<del>${lines(part.value)}</del>` : lines(part.value)))
  const after = parts
    .filter(({ removed }) => !removed)
    .map((part) => (part.added ? html`<ins>${lines(part.value)}</ins>` : lines(part.value)))
  return { baseline: html`${before}`, tuned: html`${after}` }
}
