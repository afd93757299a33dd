import type { Alike } from '../audit/likeness.js'
import { pointerTo } from '../domain/notice.js'
import type { Likeness, Notice } from '../domain/report.js'
import type { Counted } from './counted.js'

/** What cases seem to share though no cluster names it. */
export function likenessNotices(reading: Counted): Notice[] {
  const { likeness } = reading.observation
  const prompts = likeness.repeatedPrompts()
  const beginnings = likeness.sharedBeginnings()
  const notices: Notice[] = likeness
    .clusterColumns()
    .map(({ column, ...alike }) => ({ code: 'cluster-column', column, ...numbersOf(alike) }))
  if (prompts !== null) {
    const pointer = likeness.textOnly ? promptPointer(reading) : null
    notices.unshift({ code: 'repeated-prompts', pointer, ...numbersOf(prompts) })
  }
  if (beginnings !== null) {
    const { task, characters } = beginnings
    notices.push({ code: 'shared-beginnings', task, characters, ...numbersOf(beginnings) })
  }
  return notices
}

function numbersOf({ repeated, cases, exact, designEffect }: Alike): Likeness {
  return { repeated, cases, exact, designEffect }
}

/** Where the prompt stands in the records; null where it stands under several names. */
function promptPointer({ intake, rules }: Counted): string | null {
  const mapped = rules.policy.input.fields.prompt
  if (mapped !== undefined) return mapped
  const names = [...intake.baseline.aliases.keys()].flatMap((key) => {
    const [field, name = ''] = key.split('\t')
    return field === 'prompt' ? [name] : []
  })
  if (intake.baseline.columns.times('prompt') > 0) names.push('prompt')
  return names.length === 1 ? pointerTo(names[0]!) : null
}
