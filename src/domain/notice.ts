import { printable } from './printable.js'
import type { Likeness, Notice } from './report.js'

type Explain = { [Code in Notice['code']]: (notice: Extract<Notice, { code: Code }>) => string }

const both = ({ baseline, tuned }: { baseline: number; tuned: number }) =>
  `${baseline} in the baseline, ${tuned} in the tuned arm`

const MOST_KEYS = 8
const keys = (names: readonly string[]) =>
  [...names.slice(0, MOST_KEYS).map(printable), ...(names.length > MOST_KEYS ? ['…'] : [])].join(', ')

const LOGPROB_WORDS = {
  mean: 'exp of the mean log probability of an output’s tokens',
  min: 'the probability of an output’s least likely token',
  sum: 'the probability of all of an output’s tokens together',
} as const

const explain: Explain = {
  alias: (n) =>
    `"${n.field}" is read from "${printable(n.name)}" (records: ${both(n.records)}); map it with --fields to silence this`,
  'score-chosen': (n) =>
    `the score is ${n.names.map(printable).join(', ')}, as the logs name it${n.others.length === 0 ? '' : `; they also carry ${n.others.map(printable).join(', ')} (--score)`}`,
  'paired-by-prompt': (n) => `records have no id: ${n.cases} cases are paired by their prompt`,
  'score-out-of-range': (n) =>
    `scores outside their range, from ${n.lowest} to ${n.highest} (records: ${both(n.records)}): margins are shares of that range; set score: {range: [low, high]} in the config`,
  'unknown-numbers': (n) => `numbers read as unknown, such as NaN and Infinity (${both(n.records)})`,
  'bad-lines': (n) => `bad lines left out (${both(n.lines)})`,
  'same-bytes': () => 'both arms hold the same bytes: this compares a file with itself',
  'same-model': (n) =>
    `records of both arms name the same model, "${printable(n.name)}": is one of the files from another run?`,
  'identical-outputs': (n) =>
    `${n.identical} of ${n.cases} cases have the same outputs in both arms: was the tuned model really loaded?`,
  'prompts-not-compared': (n) =>
    n.without === n.cases
      ? 'prompts are not compared: no case has one in both arms'
      : `prompts are not compared on ${n.without} of ${n.cases} cases: they have none in one arm or both`,
  'score-before-correct': (n) =>
    `scores are read from ${printable(n.source)}, and "correct" disagrees with them (records: ${both(n.records)}): "score" judges the score, not "correct"`,
  'surplus-samples': (n) => `samples left out so that both arms have equally many per case (${both(n.samples)})`,
  graded: (n) => `correctness comes from the configured grader (outputs: ${both(n.outputs)})`,
  'confidence-from-text': (n) => `confidence is read from the text (outputs: ${both(n.outputs)})`,
  'confidence-from-logprobs': (n) => `confidence is ${LOGPROB_WORDS[n.reading]} (outputs: ${both(n.outputs)})`,
  labelled: (n) => `labels from the sheet stand above what records say (outputs: ${both(n.outputs)})`,
  'labels-unused': (n) =>
    [
      ...(n.rows === 0 ? [] : [`${n.rows} rows of the label sheet name no output of the selected tasks`]),
      ...(n.columns.length === 0
        ? []
        : [`columns of the label sheet not used: ${n.columns.map(printable).join(', ')}`]),
    ].join('; '),
  'settings-differ': (n) =>
    `settings differ between the arms: ${[
      ...(n.allowed.length === 0 ? [] : [`${keys(n.allowed)} (allowed by pairing: {allow})`]),
      ...(n.noted.length === 0 ? [] : [`${keys(n.noted)} (never an error)`]),
    ].join('; ')}`,
  'settings-in-one-arm': (n) =>
    `settings that one arm alone names, so that nobody knows whether they differ: ${[
      ...(n.baseline.length === 0 ? [] : [`${keys(n.baseline)} in the baseline`]),
      ...(n.tuned.length === 0 ? [] : [`${keys(n.tuned)} in the tuned arm`]),
    ].join('; ')}`,
  'repeated-prompts': (n) =>
    `${some(n, 'prompt stands', 'prompts stand')} in several cases (${n.cases} cases), which are not independent. Repeats want one id and a sample number each${n.pointer === null ? '' : `; for anything else --fields cluster=${printable(n.pointer)}`}. ${couldMatter(n)}`,
  'cluster-column': (n) =>
    `${some(n, 'value', 'values')} of "${printable(n.column)}" in several cases (${n.cases} cases). If cases that share one are alike, --fields cluster=${printable(pointerTo(n.column))}. ${couldMatter(n)}`,
  'shared-beginnings': (n) =>
    `${some(n, 'group', 'groups')} of prompts of ${printable(n.task)} begin with the same ${n.characters} characters (${n.cases} cases). If that is a passage they share, name it in a column and map it with --fields cluster=/<column>. ${couldMatter(n)}`,
  'fewer-outputs': (n) =>
    `the ${n.arm === null ? '' : `${n.arm} `}log of ${printable(n.task)} holds ${n.held} outputs and says itself that there are ${n.promised}: what is missing is not judged`,
  'prompts-ignored': (n) => `${n.cases} cases have another prompt in each arm, as pairing: {prompts: ignore} allows`,
}

function some({ repeated, exact }: Likeness, one: string, many: string): string {
  return `${exact ? '' : 'about '}${repeated} ${repeated === 1 ? one : many}`
}

function couldMatter({ designEffect }: Likeness): string {
  const wider = 100 * (Math.sqrt(designEffect) - 1)
  return `Design effect ${designEffect.toFixed(2)}: intervals could be up to ${wider.toFixed(wider < 10 ? 1 : 0)} % wider`
}

/** JSON Pointer, RFC 6901. */
export function pointerTo(column: string): string {
  return `/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Something that a reader of the report should know and that does not decide. Safe to print. */
export function explainNotice(notice: Notice): string {
  return explain[notice.code](notice as never)
}
