import type { DetectorDraft, Draft, TaskDraft } from '../../domain/draft.js'
import type { Json } from '../../domain/json.js'
import { printable } from '../../domain/printable.js'
import { counted } from '../words.js'
import { wrap } from '../wrap.js'
import { formatsOf, gapsOf, marginWords, nothing, structureWords } from './words.js'
import { yamlEntry, yamlText } from './yaml.js'

/** A config file with its reasons, from a draft. It says nothing that the tuned arm could have moved. */
export function renderConfig(draft: Draft): string {
  const sections = [
    header(draft),
    input(draft),
    confidence(draft),
    detectors(draft),
    overrides(draft),
    notDeclared(draft),
    offers(draft),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function note(text: string, indent = ''): string[] {
  return wrap(text, { first: `${indent}# `, rest: `${indent}# ` })
}

function header({ tool, baseline, passChance }: Draft): string[] {
  const { files, cases, outputs, tasks } = baseline
  const chance =
    passChance === null ? '' : ` A harmless tune passes all of it with probability ${passChance.toFixed(2)}.`
  return [
    '# yaml-language-server: $schema=node_modules/tuneaudit/dist/config.schema.json',
    ...note(`Drafted by tuneaudit init ${tool.version} from the baseline alone:`),
    ...files.flatMap(({ path, records, sha256 }) => [
      `#   ${printable(path)}`,
      `#   ${counted(records, 'record')}, SHA-256 ${sha256?.slice(0, 32) ?? 'not known'}`,
    ]),
    ...note(
      `The tuned arm has no part in it, so that it cannot move the gate that it is held to: no schema, format or margin here depends on it. Draft it before you look, read it, give your reasons, and keep it.`,
    ),
    ...note(`${counted(cases, 'case')} in ${counted(tasks.length, 'task')}, ${counted(outputs, 'output')}.${chance}`),
  ]
}

function input({ input: given, baseline }: Draft): string[] {
  const { fields, scoreName, format, task, providers, tasks } = given
  const known = Object.values(providers).some((name) => name !== null)
  const entries: [string, Json][] = [
    ...(Object.keys(fields).length === 0 ? [] : [['fields', { ...fields }] as [string, Json]]),
    ...(scoreName === null ? [] : [['scoreName', scoreName] as [string, Json]]),
    ...(format === null ? [] : [['format', format] as [string, Json]]),
    ...(task === null ? [] : [['task', task] as [string, Json]]),
    ...(tasks === null ? [] : [['tasks', [...tasks]] as [string, Json]]),
    ...(known ? [['providers', { ...providers }] as [string, Json]] : []),
  ]
  const beyond =
    baseline.beyond === null
      ? []
      : note(
          `Scores go from ${baseline.beyond.lowest} to ${baseline.beyond.highest}, and margins are shares of [0, 1]. If their scale is another, say so: score: {range: [low, high]}`,
        )
  if (entries.length === 0) return beyond
  return [...beyond, 'input:', ...entries.flatMap(([key, value]) => yamlEntry(key, value, '  '))]
}

function confidence({ logprobs, tasks }: Draft): string[] {
  if (logprobs !== null) {
    return [
      ...note('Log probabilities of tokens stand for confidence: mean is exp of their mean; min and sum are others.'),
      `confidence: { logprobs: ${logprobs} }`,
    ]
  }
  const [first] = tasks
  if (first === undefined || !isGeneral(tasks, ({ stated }) => stated)) return []
  return [
    ...note('Read from the text where a record carries none.'),
    ...yamlEntry('confidence', { stated: { ...first.stated } }, ''),
  ]
}

/** Whether what is not null is the same for every task. */
function isGeneral(tasks: readonly TaskDraft[], of: (task: TaskDraft) => object | null): boolean {
  return tasks.every((task) => of(task) !== null && JSON.stringify(of(task)) === JSON.stringify(of(tasks[0]!)))
}

function detectors({ detectors: all }: Draft): string[] {
  const guarding = all.filter(({ margins }) => margins.length > 0)
  const silent = all.filter(({ margins }) => margins.length === 0)
  return [
    ...(guarding.length === 0
      ? []
      : [
          ...note(
            'Margins are the harm that you tolerate. These are the recommended ones where so many cases can decide them, and the smallest wider ones that they can decide elsewhere, up to twice as wide. Give your own, with the reason.',
          ),
          'detectors:',
          ...guarding.flatMap(guardingDetector),
        ]),
    ...silent.flatMap(silentDetector),
  ]
}

function guardingDetector(detector: DetectorDraft): string[] {
  const { id, title, margins, watched } = detector
  return [
    ...note(`${title}.`, '  '),
    ...(watched.length === 0 ? [] : note(`watched: ${watched.join(', ')}`, '  ')),
    ...gapsOf(detector).flatMap((gap) => note(gap, '  ')),
    `  ${id}:`,
    '    margins:',
    ...margins.flatMap((margin) => [
      ...note(marginWords(margin), '      '),
      `      ${yamlText(margin.planned.measure)}: ${margin.planned.margin}`,
    ]),
  ]
}

function silentDetector(detector: DetectorDraft): string[] {
  const { id, title, watched } = detector
  const gaps = gapsOf(detector)
  const what = watched.length === 0 ? nothing(gaps) : `guards nothing; watched: ${watched.join(', ')}`
  return [...note(`${id} (${title}): ${what}.`), ...gaps.flatMap((gap) => wrap(gap, { first: '#   ', rest: '#   ' }))]
}

function overrides({ tasks, logprobs }: Draft): string[] {
  const general = logprobs !== null || isGeneral(tasks, ({ stated }) => stated)
  const entries = tasks.flatMap((task) => override(task, general))
  if (entries.length === 0) return []
  return [...note('What the baseline always does, asked of the tuned model too.'), 'overrides:', ...entries]
}

function override(task: TaskDraft, statedElsewhere: boolean): string[] {
  const stated = statedElsewhere ? null : task.stated
  const options = optionsOf(task)
  if (Object.keys(options).length === 0 && stated === null) return []
  const { survey, structure, format } = task
  return [
    `  - tasks: ${printable(JSON.stringify(survey.task))}`,
    ...note(`${counted(survey.cases, 'case')}; formats: ${formatsOf(survey)}`, '    '),
    ...(stated === null ? [] : yamlEntry('confidence', { stated: { ...stated } }, '    ')),
    ...(structure === null ? [] : note(`Schema: ${structureWords(task)}.`, '    ')),
    ...(format === null
      ? []
      : note(`Format: another one fails. Leave format out, or say converge or free, where it may change.`, '    ')),
    ...(Object.keys(options).length === 0 ? [] : ['    detectors:']),
    ...Object.entries(options).flatMap(([id, own]) => yamlEntry(id, { options: own }, '      ')),
  ]
}

function optionsOf({ structure, format, domain }: TaskDraft): Record<string, { readonly [key: string]: Json }> {
  const schema = structure?.schema ?? null
  return {
    ...(structure === null
      ? {}
      : { 'infeasible-content': { structure: schema === null ? { from: 'payload' } : { schema } } }),
    ...(format === null ? {} : { 'format-collapse': { format } }),
    ...(domain === null ? {} : { 'lost-diversity': { domain } }),
  }
}

function notDeclared({ undeclared, baseline, enough }: Draft): string[] {
  const small = baseline.tasks.filter(({ cases }) => cases < enough).length
  return [
    ...(small === 0
      ? []
      : note(`Nothing is declared for ${counted(small, 'task')} of fewer than ${enough} cases: so few show no rule.`)),
    ...(undeclared === 0
      ? []
      : note(
          `Nothing is declared for ${counted(undeclared, 'further task')}: too many, or a name that a glob cannot give.`,
        )),
  ]
}

/** What was found and not taken: it may not mean what it looks like. */
function offers({ baseline, logprobs, input: { scoreName }, reference }: Draft): string[] {
  const lines = [
    ...baseline.unused.flatMap(({ name, field }) => {
      if (field !== 'logprobs') return [`input: { fields: { ${field}: ${yamlText(name)} } }`]
      if (logprobs !== null) return []
      const mapping = name === 'logprobs' ? '' : `   # and input: { fields: { logprobs: ${yamlText(name)} } }`
      return [`confidence: { logprobs: mean }${mapping}`]
    }),
    ...(scoreName !== null || baseline.scoreNames.length < 2 || baseline.tasks.some(({ scored }) => scored > 0)
      ? []
      : [
          `input: { scoreName: ${yamlText(baseline.scoreNames[0]!)} }   # or ${baseline.scoreNames.slice(1, 6).map(yamlText).join(', ')}`,
        ]),
    ...(reference
      ? ['grader: { kind: exact }   # or number, math, choice, json, regex: outputs have a reference and no score']
      : []),
  ]
  if (lines.length === 0) return []
  return [...note('Found, and not taken: it may not mean what it looks like.'), ...lines.map((line) => `# ${line}`)]
}
