import type { Case } from '../domain/case.js'
import type { SchemaDraft, TaskDraft, TaskSurvey } from '../domain/draft.js'
import type { StatedConfidenceSpec } from '../domain/grading.js'
import { byCodeUnit } from '../domain/order.js'
import { draftSchema, ENOUGH_CASES } from './schema-draft.js'
import type { TaskCounts } from './survey.js'

/** As measures are guarded by default where nine in ten cases carry them. */
const NEARLY_ALL = 0.9
/** As formats are expected undeclared. */
const ONE_FORMAT = 0.95
/** Where fewer of the outputs that open JSON parse, braces are more likely something else. */
const PARSES = 0.5

const CODE = new Set(['code', 'fenced-code', 'code-in-prose'])

/** More would make a config that nobody reads: the others keep the defaults. */
const MOST_TASKS = 20

/** What the user wants of what the baseline shows. */
export interface Wishes {
  readonly schemas: boolean
  readonly formats: boolean
  readonly stated: boolean
}

export interface Surveyed {
  readonly survey: TaskSurvey
  readonly counts: TaskCounts
}

/** The tasks that a config can say something about, by name, and the number of those it cannot. */
export function tasksToDeclare(surveyed: readonly Surveyed[]): { declared: Surveyed[]; undeclared: number } {
  const fitting = surveyed.filter(({ survey }) => isDeclarable(survey))
  const largest = fitting.toSorted(
    (a, b) => b.survey.cases - a.survey.cases || byCodeUnit(a.survey.task, b.survey.task),
  )
  const declared = largest.slice(0, MOST_TASKS).sort((a, b) => byCodeUnit(a.survey.task, b.survey.task))
  return {
    declared,
    undeclared: surveyed.filter(({ survey }) => survey.cases >= ENOUGH_CASES).length - declared.length,
  }
}

/** A glob with these characters would name other tasks too. */
function isDeclarable({ task, cases }: TaskSurvey): boolean {
  return cases >= ENOUGH_CASES && !/[*?]/.test(task)
}

/** What is declared for a task, from its baseline alone. */
export function draftTask({ survey, counts }: Surveyed, cases: readonly Case[], wishes: Wishes): TaskDraft {
  return {
    survey,
    structure: wishes.schemas && isJson(survey, counts) ? schemaOf(survey, counts, cases) : null,
    format: wishes.formats ? expectedFormat(survey) : null,
    domain: domainOf(survey),
    stated: wishes.stated ? statedIn(survey) : null,
  }
}

function schemaOf({ task }: TaskSurvey, counts: TaskCounts, cases: readonly Case[]): SchemaDraft {
  return draftSchema(
    counts,
    cases.filter((case_) => case_.task === task),
  )
}

/** Whether outputs are meant to be JSON, and enough of them are. */
export function isJson({ json: { opened, parsed }, formats }: TaskSurvey, { json }: TaskCounts): boolean {
  const outputs = formats.reduce((sum, one) => sum + one.outputs, 0)
  return opened >= NEARLY_ALL * outputs && parsed >= PARSES * opened && json.cases >= ENOUGH_CASES
}

export function expectedFormat({ formats }: TaskSurvey): string | null {
  const outputs = formats.reduce((sum, one) => sum + one.outputs, 0)
  const [first] = formats
  return first !== undefined && first.format !== 'empty' && first.outputs >= ONE_FORMAT * outputs ? first.format : null
}

/** Where outputs state what their records do not carry. */
export function statedIn({ cases, confident, formats, stated }: TaskSurvey): StatedConfidenceSpec | null {
  const outputs = formats.reduce((sum, one) => sum + one.outputs, 0)
  if (confident >= NEARLY_ALL * cases) return null
  return stated.find((one) => one.outputs >= NEARLY_ALL * outputs)?.spec ?? null
}

/** What variety is worth can be asked only where prompts were sampled several times. */
function domainOf({ cases, repeated, checkable, formats }: TaskSurvey): TaskDraft['domain'] {
  if (repeated < NEARLY_ALL * cases) return null
  if (2 * checkable < cases) return 'chat'
  return CODE.has(formats[0]?.format ?? '') ? 'code' : 'math'
}
