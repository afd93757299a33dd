import type { ArmSurvey, DetectorDraft, Draft, TaskSurvey } from '../../domain/draft.js'
import { printable } from '../../domain/printable.js'
import { ARMS, type Arm, type PerArm } from '../../domain/record.js'
import { counted, listed } from '../words.js'
import { wrap } from '../wrap.js'
import { gapsOf, marginWords, nothing, percent, structureWords } from './words.js'

/** What `init` found in both arms, and what the config that it drafted can decide; for a terminal of 80 columns. */
export function renderFound(draft: Draft, tuned: ArmSurvey): string {
  const arms = { baseline: draft.baseline, tuned }
  const sections = [
    ARMS.flatMap((arm) => armLines(arm, arms[arm])),
    taskTable(draft.baseline),
    jsonLines(draft),
    lacking(arms),
    measured(draft),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const hanging = (text: string) => wrap(text, { rest: '  ' })

function armLines(
  arm: Arm,
  { files, cases, outputs, mostSamples, failed, tasks, scoreNames, costs }: ArmSurvey,
): string[] {
  const most = mostSamples > 1 ? `, at most ${mostSamples} a case` : ''
  const named = files.map(
    ({ path, format, records }) =>
      `${path === '-' ? 'standard input' : printable(path)} (${format}, ${counted(records, 'record')})`,
  )
  const extras = [
    ...(scoreNames.length === 0 ? [] : [`scores: ${listed(scoreNames.map(printable), 8)}`]),
    ...(costs.length === 0
      ? []
      : [`costs: ${costs.map(({ name, share }) => `${name} ${percent(share, 1)}`).join(', ')}`]),
  ]
  return [
    ...hanging(
      `${arm.padEnd(8)} ${counted(outputs, 'output')} of ${counted(cases, 'case')} in ${counted(tasks.length, 'task')}${most}; ${failed} errored or empty`,
    ),
    ...wrap(listed(named, 3), { first: '  ', rest: '    ' }),
    ...extras.flatMap((text) => wrap(text, { first: '  ', rest: '    ' })),
  ]
}

const MOST_TASKS = 20
const WIDEST = 20

/** Of the baseline: what its cases carry, and how its outputs look. */
function taskTable({ tasks }: ArmSurvey): string[] {
  const rows = tasks.slice(0, MOST_TASKS).map(taskCells)
  const head = ['task', 'cases', 'a case', 'scored', 'confid.', 'JSON', 'main format']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) =>
        i === 0 || i === cells.length - 1 ? cell.padEnd(i === 0 ? widths[0]! : 0) : cell.padStart(widths[i]!),
      )
      .join('  ')
      .trimEnd()
  const more = tasks.length > MOST_TASKS ? [`and ${tasks.length - MOST_TASKS} more tasks`] : []
  return [line(head), ...rows.map(line), ...more]
}

function taskCells(survey: TaskSurvey): string[] {
  const { task, cases, outputs, scored, confident, json } = survey
  const name = printable(task)
  return [
    name.length > WIDEST ? `${name.slice(0, WIDEST - 1)}…` : name,
    String(cases),
    String(Number((outputs / cases).toFixed(1))),
    short(scored, cases),
    short(confident, cases),
    short(json.parsed, outputs),
    mainFormat(survey),
  ]
}

const short = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`)

function mainFormat({ formats, outputs }: TaskSurvey): string {
  const [first] = formats
  return first === undefined ? 'none' : `${first.format} ${short(first.outputs, outputs)}`
}

function jsonLines({ tasks }: Draft): string[] {
  return tasks.flatMap((task) =>
    task.structure === null
      ? []
      : hanging(`JSON of ${printable(task.survey.task)}: ${shapeOf(task.structure.schema)}; ${structureWords(task)}.`),
  )
}

/** The top of a schema. */
function shapeOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'anything that parses'
  const type = 'type' in schema ? [schema.type].flat().join(' or ') : 'anything'
  const keys = 'properties' in schema ? Object.keys(Object(schema.properties)) : []
  return keys.length === 0 ? type : `${type} with ${listed(keys.map(printable), 8)}`
}

/** What the tuned arm lacks of what the baseline has: an audit will say so too. */
function lacking({ baseline, tuned }: PerArm<ArmSurvey>): string[] {
  const other = new Map(tuned.tasks.map((survey) => [survey.task, survey]))
  const sentences = baseline.tasks.flatMap((survey) => {
    const after = other.get(survey.task)
    if (after === undefined) return [`task ${printable(survey.task)}`]
    const lost = (what: string, of: (one: TaskSurvey) => number) =>
      of(survey) / survey.cases - of(after) / after.cases > MARKED ? [`${what} on ${printable(survey.task)}`] : []
    return [
      ...lost('scores', ({ scored }) => scored),
      ...lost('confidences', ({ confident }) => confident),
      ...lost('repeats', ({ repeated }) => repeated),
      ...(after.cases < (1 - MARKED) * survey.cases
        ? [`cases of ${printable(survey.task)} (${after.cases} of ${survey.cases})`]
        : []),
    ]
  })
  return sentences.length === 0
    ? []
    : hanging(`The tuned arm lacks: ${listed(sentences, 8)}. The config asks for them all the same.`)
}

/** A share of cases that is worth a word. */
const MARKED = 0.05

function measured({ detectors }: Draft): string[] {
  return detectors.flatMap((detector) => {
    const gaps = gapsOf(detector)
    return [
      ...hanging(`${detector.id}: ${summaryOf(detector, gaps)}.`),
      ...detector.margins.flatMap((margin) =>
        indented(`${margin.planned.measure}, margin ${margin.planned.margin}: ${marginWords(margin)}`),
      ),
      ...gaps.flatMap(indented),
    ]
  })
}

const indented = (text: string) => wrap(text, { first: '  ', rest: '    ' })

function summaryOf({ margins, watched }: DetectorDraft, gaps: readonly string[]): string {
  if (margins.length + watched.length === 0) return nothing(gaps)
  const guards =
    margins.length === 0 ? 'guards nothing' : `guards ${margins.map(({ planned }) => planned.measure).join(', ')}`
  return watched.length === 0 ? guards : `${guards}; watches ${watched.join(', ')}`
}
