import type { ArmSurvey } from '../domain/draft.js'
import { printable } from '../domain/printable.js'
import { expectedFormat, isJson, type Surveyed, statedIn, type Wishes } from '../draft/task-draft.js'

/** A question's answer, an empty text for its default. */
export type Ask = (question: string) => Promise<string>

/** The default, to everything. */
export const silent: Ask = async () => ''

async function yes(ask: Ask, question: string, otherwise: boolean): Promise<boolean> {
  const answer = (await ask(`${question} [${otherwise ? 'Y/n' : 'y/N'}] `)).trim().toLowerCase()
  return answer === '' ? otherwise : answer.startsWith('y')
}

/** What of a log is read as what, where it does not say so itself. */
export interface InputWishes {
  readonly scoreName: string | null
  /** Fields by column. */
  readonly fields: Readonly<Record<string, string>>
  readonly logprobs: 'mean' | null
}

/** Asks of columns that may be what they look like; the default leaves them alone, but for the only score there is. */
export async function askInput(
  ask: Ask,
  { scoreNames, tasks, unused }: ArmSurvey,
  given: string | null,
): Promise<InputWishes> {
  const isScored = tasks.some(({ scored }) => scored > 0)
  const scoreName = given !== null || isScored ? null : await askScore(ask, scoreNames)
  const fields: Record<string, string> = {}
  for (const { name, field } of unused) {
    if (field === 'logprobs' || (field === 'correct' && scoreName !== null) || fields[field] !== undefined) continue
    const what = field === 'correct' ? 'whether the output was right' : 'how sure the model was'
    if (await yes(ask, `Is column ${printable(name)} ${what}?`, false)) fields[field] = name
  }
  const column = unused.find(({ field }) => field === 'logprobs')
  if (column === undefined || fields.confidence !== undefined) return { scoreName, fields, logprobs: null }
  const wanted = await yes(
    ask,
    `Take exp of the mean log probability in ${printable(column.name)} for confidence?`,
    false,
  )
  if (wanted && column.name !== 'logprobs') fields.logprobs = column.name
  return { scoreName, fields, logprobs: wanted ? 'mean' : null }
}

async function askScore(ask: Ask, names: readonly string[]): Promise<string | null> {
  const [only, ...others] = names
  if (only === undefined || others.length === 0) return only ?? null
  const answer = (
    await ask(`Which of these is the score (higher is better)? ${names.map(printable).join(', ')} [none] `)
  ).trim()
  return names.includes(answer) ? answer : null
}

/** Asks of what the baseline always does; the default asks it of the tuned model too. */
export async function askDeclarations(ask: Ask, surveyed: readonly Surveyed[], hasLogprobs: boolean): Promise<Wishes> {
  const json = surveyed.filter(({ survey, counts }) => isJson(survey, counts))
  const formats = surveyed.filter(({ survey }) => expectedFormat(survey) !== null)
  const stated = hasLogprobs ? [] : surveyed.filter(({ survey }) => statedIn(survey) !== null)
  const of = (some: readonly Surveyed[]) => some.map(({ survey }) => printable(survey.task)).join(', ')
  const agreed = async (some: readonly Surveyed[], question: string) =>
    some.length > 0 && (await yes(ask, `${question} (${of(some)})`, true))
  return {
    stated: await agreed(stated, 'Read the confidence that outputs state?'),
    schemas: await agreed(json, 'Require the JSON that the baseline writes?'),
    formats: await agreed(formats, 'Expect the one format that the baseline has?'),
  }
}

export async function askMargins(ask: Ask, measures: readonly string[]): Promise<boolean> {
  if (measures.length === 0) return false
  return yes(
    ask,
    `So few cases cannot decide the usual margins of ${measures.join(', ')}. Widen them to what they can?`,
    true,
  )
}
