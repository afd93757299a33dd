import type { Case } from '../domain/case.js'
import type { Facet, Portrait, Shape } from '../domain/slice.js'
import { type Asked, askedOf } from '../text/prompt/messages.js'
import { scriptOf } from '../text/prompt/script.js'
import { contentsOf } from '../text/prompt/shape.js'

/** Tags of one case that are looked at: the smallest by code unit. */
const MOST_TAGS = 32

/** Lengths are told apart by powers of two: such classes do not depend on the order of cases, as quantiles would. */
const SHORTEST = 5
const LONGEST = 20

/** What is known of a case beside its outputs: what it is filed under, and what its prompt looks like. */
export function portraitOf(case_: Case): Portrait {
  const prompt = promptOf(case_)
  const facets: Facet[] = case_.tags.slice(0, MOST_TAGS).map((name) => ({ axis: 'tag', name }))
  facets.push({ axis: 'task', name: case_.task })
  if (case_.domain !== null) facets.push({ axis: 'domain', name: case_.domain })
  if (prompt !== null) facets.push(...promptFacets(prompt))
  return { facets, prompt }
}

/** The baseline's, as with clusters. */
function promptOf({ baseline, tuned }: Case): Asked | null {
  return askedOf(baseline[0]?.prompt) ?? askedOf(tuned[0]?.prompt)
}

function promptFacets({ asked, isConversation }: Asked): Facet[] {
  const facets: Facet[] = contentsOf(asked).map((name) => ({ axis: 'shape', name }))
  if (isConversation) facets.push({ axis: 'shape', name: 'several turns' satisfies Shape })
  const script = scriptOf(asked)
  if (script !== null) facets.push({ axis: 'language', name: script })
  facets.push({ axis: 'length', name: lengthClass(asked) })
  return facets
}

/** The largest power of two that is no longer than the text, in UTF-16 code units. */
function lengthClass({ length }: string): string {
  const power = length === 0 ? 0 : 31 - Math.clz32(length)
  return String(2 ** Math.min(LONGEST, Math.max(SHORTEST, power)))
}
