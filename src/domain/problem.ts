import type { CaseName } from './case.js'
import { printable, shown } from './printable.js'
import type { Arm, PerArm, Place } from './record.js'

/** What the user must repair before an audit can say anything: plain data, one catalogue. */
export type Problem = UsageProblem | DataProblem

type UsageProblem =
  | { readonly code: 'usage'; readonly message: string }
  | { readonly code: 'path-missing'; readonly path: string }
  | { readonly code: 'no-files'; readonly path: string; readonly kind: 'glob' | 'directory' }
  | { readonly code: 'path-twice'; readonly path: string }
  | { readonly code: 'path-unwritable'; readonly path: string; readonly cause: string }
  | {
      readonly code: 'config-invalid'
      readonly file: string
      readonly line: number
      readonly column: number
      readonly message: string
    }
  | {
      readonly code: 'unknown-name'
      readonly what: string
      readonly name: string
      readonly nearest: string | null
      readonly known: readonly string[]
    }
  | { readonly code: 'margin-missing'; readonly detector: string; readonly measure: string }
  /** A module that a config names under `plugins`. */
  | {
      readonly code: 'plugin-refused'
      readonly file: string
      readonly line: number
      readonly column: number
      readonly plugin: string
      readonly fault: PluginFault
    }
  /** Something was made with a plugin's detectors that no config names here. */
  | { readonly code: 'plugin-needed'; readonly path: string; readonly detectors: readonly string[] }

/** What is wrong with a plugin; messages are its own or its runtime's. */
export type PluginFault =
  | { readonly kind: 'not-found'; readonly looked: string }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'no-default-export'; readonly exports: readonly string[] }
  | { readonly kind: 'no-detector'; readonly field: string; readonly what: string }
  | { readonly kind: 'id-taken'; readonly id: string; readonly by: string | null }

type DataProblem =
  | { readonly code: 'unreadable'; readonly path: string; readonly cause: string }
  | { readonly code: 'empty-file'; readonly path: string }
  | { readonly code: 'document-too-large'; readonly path: string; readonly limit: number }
  | { readonly code: 'companion-alone'; readonly path: string; readonly tool: string; readonly wants: string }
  | { readonly code: 'mixed-formats'; readonly files: readonly { readonly path: string; readonly format: string }[] }
  | {
      readonly code: 'several-providers'
      readonly arm: Arm
      readonly given: string | null
      readonly providers: readonly string[]
    }
  | { readonly code: 'incomplete-run'; readonly arm: Arm; readonly cases: number; readonly first: readonly CaseName[] }
  /** A log says itself that it is not whole, or is of a version that is not known. */
  | { readonly code: 'log-refused'; readonly path: string; readonly what: string; readonly remedy: string }
  | { readonly code: 'not-text'; readonly path: string; readonly line: number; readonly what: string }
  | { readonly code: 'truncated'; readonly path: string; readonly cause: string }
  | {
      readonly code: 'bad-line'
      readonly place: Place
      readonly what: string
      readonly remedy: string
      readonly tolerated: number
    }
  | { readonly code: 'line-too-long'; readonly place: Place; readonly limit: number }
  | { readonly code: 'confidence-out-of-range'; readonly place: Place; readonly value: number; readonly scale: string }
  | { readonly code: 'logprob-positive'; readonly place: Place; readonly value: number }
  | {
      readonly code: 'field-missing'
      readonly place: Place
      readonly fields: readonly string[]
      readonly keys: readonly string[]
      readonly suggestion: string | null
    }
  | { readonly code: 'ids-missing'; readonly place: Place; readonly without: number; readonly records: number }
  | {
      readonly code: 'duplicate'
      readonly arm: Arm
      readonly task: string
      readonly id: string
      readonly sample: number
      readonly places: readonly [Place, Place]
    }
  | { readonly code: 'no-shared-cases'; readonly cases: PerArm<number>; readonly first: PerArm<readonly CaseName[]> }
  | {
      readonly code: 'low-coverage'
      readonly arm: Arm
      readonly paired: number
      readonly cases: number
      readonly floor: number
      readonly first: readonly CaseName[]
    }
  | {
      readonly code: 'low-task-coverage'
      readonly arm: Arm
      readonly task: string
      readonly paired: number
      readonly cases: number
      readonly floor: number
    }
  | { readonly code: 'samples-lost'; readonly task: string; readonly coverage: PerArm<number>; readonly floor: number }
  | { readonly code: 'task-in-one-arm'; readonly arm: Arm; readonly task: string; readonly cases: number }
  | { readonly code: 'task-unpaired'; readonly task: string; readonly cases: PerArm<number> }
  | {
      /** Settings of the arms differ; told of the first by key, others that are as bad by name. */
      readonly code: 'settings-differ'
      readonly key: string
      readonly kind: string
      readonly task: string
      readonly id: string
      readonly baseline: string
      readonly tuned: string
      /** Cases that differ, of those in which both arms carry the setting. */
      readonly differing: number
      readonly cases: number
      readonly others: readonly string[]
    }
  | { readonly code: 'prompt-mismatch'; readonly count: number; readonly first: readonly CaseName[] }
  | { readonly code: 'field-lost'; readonly field: string; readonly task: string; readonly coverage: PerArm<number> }
  | { readonly code: 'identical-arms'; readonly cases: number; readonly sameBytes: boolean }
  /** SHA-256 of the accepted model's files, and of the baseline's; null for standard input. */
  | {
      readonly code: 'baseline-not-blessed'
      readonly file: string
      readonly blessed: readonly string[]
      readonly baseline: readonly (string | null)[]
    }
  | { readonly code: 'label-unmatched'; readonly place: Place; readonly id: string; readonly rows: number }
  | { readonly code: 'label-ambiguous'; readonly place: Place; readonly id: string; readonly tasks: readonly string[] }
  | { readonly code: 'too-many-tasks'; readonly limit: number; readonly place: Place }
  | { readonly code: 'input-changed'; readonly path: string }
  | {
      readonly code: 'required-unmeasured'
      readonly detector: string
      readonly measure: string | null
      readonly missing: readonly string[]
    }
  | {
      readonly code: 'nothing-guarded'
      readonly scores: readonly string[]
      readonly missing: readonly string[]
      readonly unused: readonly string[]
    }
  | { readonly code: 'detector-crashed'; readonly detectors: readonly string[] }
  | { readonly code: 'nothing-to-split' }
  | TalliesProblem

/** What keeps tallies of shards from being added. */
type TalliesProblem =
  | { readonly code: 'tallies-invalid'; readonly path: string; readonly what: string }
  | {
      readonly code: 'tallies-differ'
      readonly what: 'tool' | 'detectors' | 'config' | 'shards' | 'inputs'
      readonly paths: readonly [string, string]
    }
  | { readonly code: 'shard-missing'; readonly numbers: readonly number[]; readonly of: number }
  | { readonly code: 'shard-doubled'; readonly number: number; readonly of: number; readonly paths: readonly string[] }
  /** Shards of files of their own that hold the same file, or the same cases. */
  | { readonly code: 'input-doubled'; readonly path: string; readonly file: string | null }
  | { readonly code: 'too-many-bad-lines'; readonly arm: Arm; readonly lines: number; readonly limit: number }

/** What stands in a report whose verdict is `error`. */
export type ErrorReason = DataProblem

const USAGE_CODES: ReadonlySet<string> = new Set<UsageProblem['code']>([
  'usage',
  'path-missing',
  'no-files',
  'path-twice',
  'path-unwritable',
  'config-invalid',
  'unknown-name',
  'margin-missing',
  'plugin-refused',
  'plugin-needed',
])

export class AuditError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(explainProblem(problem), options)
    this.name = 'AuditError'
    this.problem = problem
  }
}

export function isUsageProblem(problem: Problem): problem is UsageProblem {
  return USAGE_CODES.has(problem.code)
}

/** What happened, the value seen, what to do. Safe to print whatever the input held. */
export function explainProblem(problem: Problem): string {
  return explain[problem.code](problem as never)
}

type Explain = { [Code in Problem['code']]: (problem: Extract<Problem, { code: Code }>) => string }

const at = (place: Place) => `${file(place.file)}:${place.line}`
const named = (name: CaseName) => `${shown(name.id)} (task ${shown(name.task)})`
const digests = (all: readonly (string | null)[]) =>
  `SHA-256 ${all.map((digest) => (digest === null ? 'unknown (standard input)' : `${digest.slice(0, 12)}…`)).join(', ')}`
const LONGEST_NAME = 80
const cut = (name: string) => printable(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name)
const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.map(cut).join(', '))
const shellWord = (text: string) => (/^[\w=/.,~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
const yamlWord = (text: string) => (/^[A-Za-z_][\w.]*$/.test(text) ? text : printable(JSON.stringify(text)))
const file = (path: string) => (path === '-' ? 'standard input' : printable(path))
const cases = (names: readonly CaseName[]) => names.map(named).join(', ')
const other = { baseline: 'tuned', tuned: 'baseline' } as const

const LOST_FIELD: Readonly<Record<string, string>> = {
  prompt:
    'Without prompts nothing tells whether both arms were asked the same. Write them into both logs, or set pairing: {prompts: ignore}.',
  confidence:
    'Did the evaluation stop recording it? Record it in both arms, or set detectors: {calibration-drift: warn}.',
}

const explain: Explain = {
  usage: (p) => p.message,
  'path-missing': (p) => `${printable(p.path)}: no such file or directory. Check the path; nothing was read.`,
  'no-files': (p) =>
    `${printable(p.path)}: this ${p.kind} holds no .jsonl or .ndjson file, nor .csv or .tsv (.gz and .zst too). Check the path.`,
  'path-twice': (p) => `${printable(p.path)} is given twice in one arm.`,
  'path-unwritable': (p) =>
    `${printable(p.path)}: cannot be written (${printable(p.cause)}). Make the folder, or choose another path; nothing was read.`,
  'config-invalid': (p) => `${printable(p.file)}:${p.line}:${p.column}: ${p.message}`,
  'unknown-name': (p) =>
    `unknown ${p.what} ${shown(p.name)}. ${p.nearest === null ? '' : `Did you mean ${shown(p.nearest)}? `}Known: ${list(p.known)}.`,
  'margin-missing': (p) =>
    `${p.detector}: ${p.measure} is to decide and has no margin. Set one: --margin ${p.measure}=<value>, or margins: in the config.`,
  'plugin-refused': (p) =>
    `${printable(p.file)}:${p.line}:${p.column}: plugin ${shown(p.plugin)}: ${refusal[p.fault.kind](p.fault as never)}`,
  'plugin-needed': (p) =>
    `${file(p.path)}: made with detectors that are not known here: ${list(p.detectors)}. Give the config that names their plugins with --config.`,
  unreadable: (p) => `${file(p.path)}: cannot be read (${printable(p.cause)}).`,
  'empty-file': (p) => `${file(p.path)}: holds no records. An empty file proves nothing; check the run that wrote it.`,
  'document-too-large': (p) =>
    `${file(p.path)}: a document of more than ${p.limit} bytes cannot be read whole. Write it as JSON lines, or split it.`,
  'companion-alone': (p) =>
    `${file(p.path)}: this file of ${p.tool} holds no outputs. Give the one it belongs to: ${p.wants}.`,
  'mixed-formats': (p) =>
    `one arm holds logs of several tools: ${p.files.map((one) => `${file(one.path)} (${one.format})`).join(', ')}. Give one run, or name the format with --input-format.`,
  'several-providers': (p) =>
    `${p.given === null ? `the ${p.arm} log holds several models` : `no output of the ${p.arm} log is of the provider ${shown(p.given)}`}: ${list(p.providers)}. Choose with --${p.arm}-provider <name>.`,
  'incomplete-run': (p) =>
    `${p.cases} ${p.arm} cases have no output in their log: ${cases(p.first)}. The run is not whole: add the file that holds the rest (an error file counts), or run them.`,
  'log-refused': (p) => `${file(p.path)}: ${p.what}. ${p.remedy}`,
  'not-text': (p) =>
    `${file(p.path)}:${p.line}: ${p.what}; records are expected as JSON lines in UTF-8, or as CSV (.gz and .zst are read as they are).`,
  truncated: (p) =>
    `${file(p.path)}: the compressed data ends early or is damaged (${printable(p.cause)}). Copy the file again.`,
  'bad-line': (p) =>
    `${at(p.place)}: ${p.what}. ${p.remedy}${p.tolerated > 0 ? ` (${p.tolerated} bad lines were tolerated before it.)` : ''}`,
  'line-too-long': (p) =>
    `${at(p.place)}: the line is longer than ${p.limit} bytes. One record stands on one line; raise --max-line-bytes if this one is meant to be so long.`,
  'confidence-out-of-range': (p) =>
    p.scale === 'percent'
      ? `${at(p.place)}: confidence ${p.value} is not between 0 and 100.`
      : `${at(p.place)}: confidence ${p.value} is not between 0 and 1. If confidences are percentages, set confidence: {scale: percent} in the config.`,
  'logprob-positive': (p) =>
    `${at(p.place)}: log probability ${p.value} is above 0. If these are probabilities, they are no logprobs: map one number a record with --fields confidence=…; if they are costs (negative log probabilities), change their sign.`,
  'field-missing': (p) =>
    `${at(p.place)}: no ${p.fields.join(' and no ')} in this record. Its keys: ${list(p.keys)}. ${p.suggestion === null ? 'Map one with --fields' : `Try --fields ${shellWord(printable(p.suggestion))}`}.`,
  'ids-missing': (p) =>
    `${at(p.place)}: this record has no id, others have one (${p.without} of ${p.records} lack it). Give every record an id, or none: then cases are paired by prompt.`,
  duplicate: (p) =>
    `${at(p.places[0])} and line ${p.places[1].line}${p.places[0].file === p.places[1].file ? '' : ` of ${printable(p.places[1].file)}`}: ${p.id.startsWith('prompt:') ? 'the same prompt and no id' : `duplicate id ${shown(p.id)}`} (task ${shown(p.task)}, sample ${p.sample}) in the ${p.arm} arm. Give each sample of a prompt its own "sample" number, or set pairing: {repeats: true} in the config.`,
  'no-shared-cases': (p) =>
    `the arms share no case: ${p.cases.baseline} in the baseline (first: ${cases(p.first.baseline)}), ${p.cases.tuned} in the tuned arm (first: ${cases(p.first.tuned)}). Both files must hold the same ids for the same prompts.`,
  'low-coverage': (p) =>
    `only ${p.paired} of ${p.cases} ${p.arm} cases are in the ${other[p.arm]} arm too; the floor is ${p.floor}. Missing there: ${cases(p.first)}. Run the missing cases, or set pairing: {minCoverage} with a reason.`,
  'low-task-coverage': (p) =>
    `task ${shown(p.task)}: only ${p.paired} of ${p.cases} ${p.arm} cases are in the ${other[p.arm]} arm too; the floor is ${p.floor}. Run the missing cases, or set pairing: {minCoverage} with a reason.`,
  'samples-lost': (p) =>
    `task ${shown(p.task)}: some tuned cases lack samples (${percent(p.coverage.tuned)} of what there were if all had as many as the fullest; baseline ${percent(p.coverage.baseline)}). Sample every case alike, or set pairing: {minCoverage} with a reason.`,
  'task-in-one-arm': (p) =>
    `task ${shown(p.task)}: all ${p.cases} cases are in the ${p.arm} arm only. Run it in the ${other[p.arm]} arm, or leave it out with --tasks.`,
  'task-unpaired': (p) =>
    `task ${shown(p.task)}: the arms share none of its cases (${p.cases.baseline} in the baseline, ${p.cases.tuned} in the tuned arm). Give the same prompts the same ids, or leave the task out with --tasks.`,
  'settings-differ': (p) =>
    `the arms were not run alike: ${cut(p.key)} (${p.kind}) is ${printable(p.baseline)} in the baseline and ${printable(p.tuned)} in the tuned arm, on ${p.differing} of ${p.cases} cases (first: ${shown(p.id)} of task ${shown(p.task)}).${p.others.length === 0 ? '' : ` Others that differ: ${list(p.others)}.`} Run both arms with the same settings, or allow the difference with a reason: pairing: {allow: [${[p.key, ...p.others].map(yamlWord).join(', ')}]} in the config.`,
  'prompt-mismatch': (p) =>
    `${p.count} cases have another prompt in each arm: ${cases(p.first)}. Outputs to different prompts cannot be compared; if the difference is meant (a chat template), set pairing: {prompts: ignore}.`,
  'field-lost': (p) =>
    `task ${shown(p.task)}: "${p.field}" is on ${percent(p.coverage.baseline)} of the baseline's cases and on ${percent(p.coverage.tuned)} of the tuned arm's. ${LOST_FIELD[p.field] ?? 'Did a scorer crash on one arm? Score both arms alike.'}`,
  'identical-arms': (p) =>
    `both arms hold the same ${p.sameBytes ? 'bytes' : `outputs in all ${p.cases} cases`}: this says nothing about a tune. Was the adapter loaded, and is --tuned the right file? To try the gate on itself: --allow-identical, or pairing: {identical: allow} in the config.`,
  'baseline-not-blessed': (p) =>
    `the baseline is not what ${printable(p.file)} accepts: it holds ${digests(p.baseline)}, and ${digests(p.blessed)} was accepted. Give the accepted outputs as --baseline, or let somebody accept these with tuneaudit bless.`,
  'label-unmatched': (p) =>
    `${at(p.place)}: no output has the id ${shown(p.id)} of this label (${p.rows} such ${p.rows === 1 ? 'row' : 'rows'}). Is the sheet from these runs? Remove what is not, or select tasks with --tasks.`,
  'label-ambiguous': (p) =>
    `${at(p.place)}: outputs of several tasks have the id ${shown(p.id)}: ${list(p.tasks)}. Add a column "task".`,
  'too-many-tasks': (p) =>
    `${at(p.place)}: more than ${p.limit} different tasks. Is "task" an id here? Map the right field with --fields task=…`,
  'input-changed': (p) => `${printable(p.path)}: the file changed while it was read. Run the audit again.`,
  'required-unmeasured': (p) =>
    `${p.detector}${p.measure === null ? '' : `: ${p.measure}`} is required and could not be measured${p.missing.length === 0 ? '' : `; missing: ${list(p.missing)}`}.`,
  'nothing-guarded': (p) =>
    `no guarded measure could be measured, so nothing was audited. ${p.missing.length === 0 ? 'Every detector is off or at warn.' : `Missing: ${list(p.missing)}.`}${p.unused.length === 0 ? '' : ` Columns not used: ${list(p.unused)}.`} ${p.scores.length === 0 ? 'Give records a "score" or "correct", or map one with --fields.' : `Records carry scores: ${list(p.scores)}; choose one with --score.`}`,
  'nothing-to-split': () =>
    'the baseline has no case with several samples, so that it cannot be split into two arms. Give a tuned arm with --tuned, or sample each prompt more than once.',
  'tallies-invalid': (p) =>
    `${printable(p.path)}: these are no tallies that can be added (${printable(p.what)}). Run this shard again: tuneaudit audit --shard … --tallies ….`,
  'tallies-differ': (p) => `${p.paths.map(printable).join(' and ')}: ${DIFFERENT_TALLIES[p.what]}`,
  'shard-missing': (p) =>
    `${p.numbers.length} of ${p.of} shards are missing: ${ranges(p.numbers)}. Run them, or give their tallies too; a part of the cases is no audit.`,
  'shard-doubled': (p) =>
    `shard ${p.number} of ${p.of} is given ${p.paths.length} times: ${p.paths.slice(0, 5).map(printable).join(', ')}. Give each shard once.`,
  'input-doubled': (p) =>
    p.file === null
      ? `${printable(p.path)}: holds cases that another shard holds too. With --shard-by files each shard needs all records of its own cases, and no others.`
      : `${printable(p.path)}: ${file(p.file)} was read by another shard too. With --shard-by files each shard is given files of its own; to give all of them to each, leave the flag away.`,
  'too-many-bad-lines': (p) =>
    `${p.lines} bad lines in the ${p.arm} arm over all shards; ${p.limit} are tolerated. Mend the files, or raise --max-bad-lines in every shard.`,
  'detector-crashed': (p) =>
    `a bug in ${list(p.detectors)}: its measures are missing. Please report it; a plugin's to its author.`,
}

const refusal: { [Kind in PluginFault['kind']]: (fault: Extract<PluginFault, { kind: Kind }>) => string } = {
  'not-found': (f) =>
    `there is no such module (looked in ${file(f.looked)}). The path of a file starts with ./ or ../ and is relative to the config; anything else is an installed package.`,
  threw: (f) => `it threw while it was loaded: ${printable(f.message)}`,
  'no-default-export': (f) =>
    `it has no default export, but ${f.exports.length === 0 ? 'no exports at all' : list(f.exports)}. Export the detector with "export default".`,
  'no-detector': (f) => `its default export is no detector: ${printable(f.field)}: ${printable(f.what)}`,
  'id-taken': (f) =>
    `its detector ${shown(f.id)} has the id of ${f.by === null ? "one of tuneaudit's own" : `one of ${shown(f.by)}`}. Give it another id.`,
}

const DIFFERENT_TALLIES = {
  tool: 'written by other versions of tuneaudit. Run every shard, and the merge, with the same one.',
  detectors: 'the detectors are of other versions. Run every shard, and the merge, with the same tuneaudit.',
  config: 'the shards were told different things. Run every shard with the same config and the same flags.',
  shards: 'they belong to different divisions. Give every shard the same n of k/n, and the same --shard-by.',
  inputs:
    'the shards read different files, or the files changed in between. Give every shard the same files, or, where each has its own, --shard-by files.',
} as const

/** `1-3, 7` */
function ranges(numbers: readonly number[]): string {
  const parts: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = parts.at(-1)
    if (last?.to === number - 1) last.to = number
    else parts.push({ from: number, to: number })
  }
  const shownParts = parts.slice(0, 20).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
  return `${shownParts.join(', ')}${parts.length > 20 ? ', …' : ''}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
