import { printable } from './printable.js'
import type { Notice } from './report.js'

type Explain = { [Code in Notice['code']]: (notice: Extract<Notice, { code: Code }>) => string }

const both = ({ baseline, tuned }: { baseline: number; tuned: number }) =>
  `${baseline} in the baseline, ${tuned} in the tuned arm`

const explain: Explain = {
  alias: (n) =>
    `"${n.field}" is read from "${printable(n.name)}" (records: ${both(n.records)}); map it with --fields to silence this`,
  'paired-by-prompt': (n) => `records have no id: ${n.cases} cases are paired by their prompt`,
  'score-out-of-range': (n) =>
    `scores outside their range, from ${n.lowest} to ${n.highest} (records: ${both(n.records)}): margins are shares of that range; set score: {range: [low, high]} in the config`,
  'unknown-numbers': (n) => `numbers read as unknown, such as NaN and Infinity (${both(n.records)})`,
  'bad-lines': (n) => `bad lines left out (${both(n.lines)})`,
  'same-bytes': () => 'both arms hold the same bytes: this compares a file with itself',
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
  labelled: (n) => `labels from the sheet stand above what records say (outputs: ${both(n.outputs)})`,
  'labels-unused': (n) =>
    [
      ...(n.rows === 0 ? [] : [`${n.rows} rows of the label sheet name no output of the selected tasks`]),
      ...(n.columns.length === 0
        ? []
        : [`columns of the label sheet not used: ${n.columns.map(printable).join(', ')}`]),
    ].join('; '),
  'prompts-ignored': (n) => `${n.cases} cases have another prompt in each arm, as pairing: {prompts: ignore} allows`,
}

/** Something that a reader of the report should know and that does not decide. Safe to print. */
export function explainNotice(notice: Notice): string {
  return explain[notice.code](notice as never)
}
