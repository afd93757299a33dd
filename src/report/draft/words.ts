import type { DetectorDraft, MarginDraft, TaskDraft, TaskSurvey } from '../../domain/draft.js'
import { explainReason } from '../reason.js'
import { counted, listed } from '../words.js'

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Number(((100 * part) / whole).toFixed(1))} %`

/** What the cases of the baseline can say of a margin. */
export function marginWords({ planned, recommended }: MarginDraft): string {
  const { n, margin, passChance, rulesOut, casesNeeded } = planned
  const chance = passChance === null ? '' : `; a harmless tune passes with probability ${passChance.toFixed(2)}`
  const wider = margin === recommended ? '' : `; wider than ${recommended}, which they cannot decide`
  const hopeless =
    passChance !== null && passChance < 0.8 && margin === recommended
      ? `; ${casesNeeded.toPass === null ? 'no number of cases decides it' : `${casesNeeded.toPass} cases would decide it`}`
      : ''
  const tighter =
    rulesOut !== null && rulesOut < margin && margin === recommended ? `; could be ${ceiling(rulesOut)}` : ''
  return `${counted(n ?? 0, 'case')}${chance}${wider}${hopeless}${tighter}`
}

function ceiling(value: number): number {
  return Math.ceil(value * 1_000) / 1_000
}

/** Why a detector guards nothing, or not all of what it could. */
export function gapsOf({ unplanned }: DetectorDraft): string[] {
  const byReason = new Map<string, string[]>()
  for (const { measure, reason } of unplanned) {
    const why = explainReason(reason)
    byReason.set(why, [...(byReason.get(why) ?? []), measure])
  }
  return [...byReason].map(([why, measures]) => `not measured (${why}): ${measures.join(', ')}`)
}

export function formatsOf({ formats }: TaskSurvey, most = 3): string {
  const outputs = formats.reduce((sum, one) => sum + one.outputs, 0)
  return listed(
    formats.map((one) => `${one.format} ${percent(one.outputs, outputs)}`),
    most,
  )
}

/** What the schema of a task rests on. */
export function structureWords({ survey: { json }, structure }: TaskDraft): string {
  if (structure === null) return ''
  const { heldOut, schema } = structure
  const parsed = `${json.parsed} of ${json.opened} outputs that open JSON parse`
  const held = `${heldOut.broken} of ${heldOut.outputs} outputs of one half of the cases break what the other half shows`
  return schema === null
    ? `${parsed}; ${held}, too many for a schema: parsing alone is asked`
    : `${parsed}, and all that parse fit; ${held}`
}

/** What to say of a detector that measures nothing. */
export function nothing(gaps: readonly string[]): string {
  return gaps.length > 0
    ? 'not measured'
    : 'not measured: nothing says which outputs are right (a schema, rules, a verifier)'
}
