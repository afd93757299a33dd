import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/document.js'
import { configValidator } from '../../src/config/validate.js'
import { detectors, problemOf } from './fakes.js'

const validate = configValidator(detectors, '2026-01-01')
const check = (text: string) => validate(parseConfig('audit.yaml', text))

/** Title, config, line, column, message. */
type Refusal = [string, string, number, number, string]

function refuses(rows: readonly Refusal[]) {
  it.each(rows)('refuses %s', (_, text, line, column, message) => {
    expect(problemOf(() => check(text))).toEqual({ code: 'config-invalid', file: 'audit.yaml', line, column, message })
  })
}

const KEYS =
  '$schema, extends, plugins, alpha, onInconclusive, gate, required, detectors, score, confidence, grader, pairing, input, examples, overrides, waivers'
const IDS = 'cross-task-regression, breach'

describe('configValidator on unknown names', () => {
  refuses([
    ['a key', 'alpha: 0.1\ndetctors: {}\n', 2, 1, `unknown key "detctors". Did you mean "detectors"? Known: ${KEYS}.`],
    ['a key unlike any other', '{"quantization": 1}', 1, 2, `unknown key "quantization". Known: ${KEYS}.`],
    ['__proto__', 'gate: report\n__proto__: {alpha: 1}\n', 2, 1, `unknown key "__proto__". Known: ${KEYS}.`],
    [
      'constructor as a detector',
      'detectors: {constructor: off}\n',
      1,
      13,
      `unknown detector "constructor". Known: ${IDS}.`,
    ],
    [
      'a nested key',
      'score:\n  range: [0, 1]\n  treshold: 1\n',
      3,
      3,
      'unknown key "treshold". Did you mean "threshold"? Known: range, worse, threshold.',
    ],
    [
      'a detector',
      'detectors:\n  braech: off\n',
      2,
      3,
      `unknown detector "braech". Did you mean "breach"? Known: ${IDS}.`,
    ],
    [
      'a key of a detector',
      'detectors:\n  breach: {levl: off}\n',
      2,
      12,
      'unknown key "levl". Did you mean "level"? Known: level, options, margins, roles.',
    ],
    [
      'a measure under margins',
      'detectors:\n  cross-task-regression:\n    margins: {acuracy: 0.1}\n',
      3,
      15,
      'unknown measure "acuracy". Did you mean "accuracy"? Known: accuracy, worst-task, total.',
    ],
    [
      'a measure under roles',
      'detectors:\n  breach:\n    roles: {totl: noted}\n',
      3,
      13,
      'unknown measure "totl". Did you mean "total"? Known: total.',
    ],
    [
      '__proto__ as a measure',
      'detectors:\n  breach:\n    margins: {__proto__: 1}\n',
      3,
      15,
      'unknown measure "__proto__". Known: total.',
    ],
    [
      'an option',
      'detectors:\n  cross-task-regression:\n    options: {mincase: 3}\n',
      3,
      15,
      'unknown option "mincase". Did you mean "minCases"? Known: minCases, answer.',
    ],
    [
      'an option among alternatives',
      'detectors:\n  cross-task-regression:\n    options: {answer: {kee: a}}\n',
      3,
      24,
      'unknown option "kee". Did you mean "key"? Known: key.',
    ],
    [
      'a field',
      'input: {fields: {ouput: text}}\n',
      1,
      18,
      'unknown field "ouput". Did you mean "output"? Known: id, output, task, domain, cluster, prompt, reference, correct, score, scores, confidence, logprobs, sample, error, finish_reason, tokens, input_tokens, output_tokens, cost, latency, embedding, tags, meta, verification.',
    ],
    [
      'a required detector',
      'required:\n  - breach\n  - cross-task\n',
      3,
      5,
      `unknown detector "cross-task". Did you mean "cross-task-regression"? Known: ${IDS}.`,
    ],
    [
      'a preset',
      'extends: recomended\n',
      1,
      10,
      'unknown preset "recomended". Did you mean "recommended"? Known: recommended, strict, report-only, or a path that starts with ./, ../ or /.',
    ],
    [
      'a preset among several',
      'extends: [strict, reports-only]\n',
      1,
      19,
      'unknown preset "reports-only". Did you mean "report-only"? Known: recommended, strict, report-only, or a path that starts with ./, ../ or /.',
    ],
    [
      'a key of an override',
      'overrides:\n  - task: gsm8k*\n',
      2,
      5,
      'unknown key "task". Did you mean "tasks"? Known: tasks, score, confidence, grader, detectors.',
    ],
    [
      'a detector of an override',
      'overrides:\n  - tasks: gsm8k*\n    detectors: {breech: off}\n',
      3,
      17,
      `unknown detector "breech". Did you mean "breach"? Known: ${IDS}.`,
    ],
  ])
})

describe('configValidator on values', () => {
  refuses([
    ['a list at the top', '- alpha\n', 1, 1, 'config: must be a mapping; got an array of 1.'],
    ['a text at the top', '\nalpha\n', 2, 1, 'config: must be a mapping; got "alpha".'],
    ['an alpha of 0', 'alpha: 0\n', 1, 8, 'alpha: must be > 0; got 0.'],
    ['an alpha above a quarter', 'alpha: 0.3\n', 1, 8, 'alpha: must be <= 0.25; got 0.3.'],
    ['a text for a number', 'alpha: high\n', 1, 8, 'alpha: must be a number; got "high".'],
    ['a key without a value', 'gate: report\nalpha:\n', 2, 7, 'alpha: must be a number; got nothing.'],
    [
      'a gate',
      'gate: enforced\n',
      1,
      7,
      'gate: unknown value "enforced". Did you mean "enforce"? Known: enforce, report.',
    ],
    ['a number for a word', 'gate: 1\n', 1, 7, 'gate: must be one of enforce, report; got 1.'],
    [
      'a level that stands alone',
      'detectors: {breach: eror}\n',
      1,
      21,
      'detectors.breach: unknown value "eror". Did you mean "error"? Known: error, warn, off.',
    ],
    [
      'a level in a mapping',
      'detectors: {breach: {level: none}}\n',
      1,
      29,
      'detectors.breach.level: unknown value "none". Known: error, warn, off.',
    ],
    [
      'a detector that is neither',
      'detectors: {breach: 1}\n',
      1,
      21,
      'detectors.breach: must be one of error, warn, off, or a mapping; got 1.',
    ],
    [
      'a negative margin',
      'detectors: {breach: {margins: {total: -0.1}}}\n',
      1,
      39,
      'detectors.breach.margins.total: must be >= 0; got -0.1.',
    ],
    [
      'a negative margin of a measure to come',
      'detectors: {breach: {margins: {"rule:a": -1}}}\n',
      1,
      42,
      'detectors.breach.margins.rule:a: must be >= 0; got -1.',
    ],
    [
      'a role',
      'detectors: {breach: {roles: {total: guard}}}\n',
      1,
      37,
      'detectors.breach.roles.total: unknown value "guard". Did you mean "guarded"? Known: guarded, watched, noted.',
    ],
    [
      'an option',
      'detectors: {cross-task-regression: {options: {minCases: 0}}}\n',
      1,
      57,
      'detectors.cross-task-regression.options.minCases: must be >= 1; got 0.',
    ],
    [
      'an option that is none of its alternatives',
      'detectors: {cross-task-regression: {options: {answer: true}}}\n',
      1,
      55,
      'detectors.cross-task-regression.options.answer: must be a number, or a mapping; got true.',
    ],
    ['a coverage', 'pairing: {minCoverage: 95}\n', 1, 24, 'pairing.minCoverage: must be <= 1; got 95.'],
    [
      'a broken pointer',
      'input: {fields: {output: /a~2}}\n',
      1,
      26,
      'input.fields.output: must be a key of the record, or a JSON Pointer such as /response/text; got "/a~2".',
    ],
    ['tasks that are no list', 'input: {tasks: gsm8k}\n', 1, 16, 'input.tasks: must be a list or null; got "gsm8k".'],
    ['a number in extends', 'extends: [5]\n', 1, 11, 'extends[0]: must be a text; got 5.'],
    [
      'extends of another kind',
      'extends: {a: 1}\n',
      1,
      10,
      'extends: must be a text, or a list; got an object with 1 keys.',
    ],
    [
      'a range of one number',
      'score: {range: [1]}\n',
      1,
      16,
      'score.range: must NOT have fewer than 2 items; got an array of 1.',
    ],
    [
      'a range that does not ascend',
      'score:\n  range: [1, 0]\n',
      2,
      10,
      'score.range: [1, 0] does not ascend. Give the smallest score first.',
    ],
    [
      'an empty range in an override',
      'overrides:\n  - {tasks: a, score: {range: [1, 1]}}\n',
      2,
      31,
      'score.range: [1, 1] does not ascend. Give the smallest score first.',
    ],
    [
      'a threshold outside its range',
      'score: {range: [0, 1], threshold: 70}\n',
      1,
      35,
      'score.threshold: 70 is outside the range 0 to 1.',
    ],
    [
      'an override without tasks',
      'overrides:\n  - tasks: a\n  - score: {worse: lower}\n',
      3,
      5,
      'overrides[1]: the key "tasks" is missing.',
    ],
    [
      'what stands behind an alias where it is used',
      'gate: &word report\nonInconclusive: *word\n',
      2,
      17,
      'onInconclusive: unknown value "report". Known: default, fail, pass.',
    ],
  ])

  it('reports the first violation in the file', () => {
    expect(problemOf(() => check('examples: 1\ngate: 2\nalpha: 3\n'))).toMatchObject({ line: 1, column: 11 })
    expect(problemOf(() => check('alpha: 3\ngate: 2\nexamples: 1\n'))).toMatchObject({ line: 1, column: 8 })
  })

  it('places a violation inside aliased data at the anchor', () => {
    const text = 'detectors:\n  breach: &b\n    level: off\n    margins: {accuracy: 1}\n  cross-task-regression: *b\n'
    expect(problemOf(() => check(text))).toMatchObject({ line: 4, column: 15 })
  })

  it('counts columns in a line that ends with CR LF', () => {
    expect(problemOf(() => check('gate: report\r\nalpha: 1\r\n'))).toMatchObject({ line: 2, column: 8 })
  })
})
