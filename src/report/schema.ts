import { MARGIN_SOURCES, METHODS, STATUSES } from '../domain/finding.js'
import { ROLES } from '../domain/measure.js'
import { ARMS } from '../domain/record.js'
import { RELAXABLE } from '../domain/relaxation.js'
import { COLUMN_KINDS, VERDICTS } from '../domain/report.js'
import { SETTING_KINDS } from '../domain/settings.js'
import { AXES } from '../domain/slice.js'
import { VERIFIER_FAULTS } from '../domain/verification.js'
import { coded, count, inputFile, list, nullable, number, perArm, record, share, text } from './schema-parts.js'

const anything = {}

/** The same schema with what a reader should know of the value. */
function said<Schema extends object>(schema: Schema, description: string): Schema & { description: string } {
  return { ...schema, description }
}

const listed = (name: object) => record({ count, first: list(name) })
const caseName = record({ task: text, id: text })
const armCaseName = record({ arm: { enum: [...ARMS] }, task: text, id: text })

const configFile = record({ path: text, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } })

const labelFile = record({ path: text, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' }, rows: count })

export const inputs = record({
  baseline: list(inputFile),
  tuned: list(inputFile),
  labels: list(labelFile),
  config: said(list(configFile), 'The config and what it extends; empty where there is none.'),
  models: said(perArm(listed(record({ name: text, records: count }))), 'What records name as their model.'),
})

const pairing = record({
  cases: count,
  identical: count,
  onlyBaseline: listed(caseName),
  onlyTuned: listed(caseName),
  promptMismatches: listed(caseName),
  duplicates: listed(armCaseName),
  errors: listed(armCaseName),
  empty: listed(armCaseName),
})

const settingValues = record({ first: list(record({ value: text, cases: count })), others: count })

const setting = record({
  key: text,
  kind: { enum: [...SETTING_KINDS] },
  decides: { type: 'boolean' },
  allowed: { type: 'boolean' },
  cases: count,
  onlyBaseline: count,
  onlyTuned: count,
  values: perArm(settingValues),
  differing: record({
    count,
    tasks: listed(text),
    first: list(record({ task: text, id: text, baseline: text, tuned: text })),
  }),
})

export const knownChange = record({
  value: said(number, 'Of a measure that has no value of either arm (baseline and tuned null), a level of the pair.'),
  low: said(nullable(number), 'Lower end of the interval; null for a point estimate.'),
  high: said(nullable(number), 'Upper end of the interval; null for a point estimate.'),
  level: said(nullable(share), 'Two-sided confidence level, 1 − 2α: each end is a one-sided test at α.'),
  method: { enum: [...METHODS] },
})

const change = {
  description:
    'Tuned minus baseline, in the unit of the measure: whether a positive change is harm is told by `worse`. Null where unmeasured.',
  anyOf: [{ type: 'null' }, knownChange],
}

const exampleValues = record({
  score: said(nullable(number), 'As a share of its range, higher is better.'),
  correct: { type: ['boolean', 'null'] },
  confidence: nullable(share),
})

const example = record({
  id: text,
  task: text,
  samples: perArm(count),
  code: text,
  severity: number,
  detail: said(nullable(text), 'What a rule, a verifier or a parser said of the tuned output.'),
  excerpt: said(perArm(text), 'Around the first difference between the two outputs; … stands where a text is cut.'),
  values: said(perArm(exampleValues), 'What is known of each output.'),
})

export const waiver = { anyOf: [{ type: 'null' }, record({ reason: text, owner: text, expires: text })] }

const finding = record({
  detector: text,
  measure: text,
  task: said(nullable(text), 'Null where pooled over tasks.'),
  role: said({ enum: [...ROLES] }, 'guarded must pass, watched may fail the run, noted is shown.'),
  status: { enum: [...STATUSES] },
  decides: said({ type: 'boolean' }, 'Whether the verdict hears it: its role is not noted.'),
  reason: { anyOf: [{ type: 'null' }, coded] },
  unit: said(
    text,
    'log: natural logarithms, so that a change of −.22 is a fifth less. score: share of the declared range.',
  ),
  worse: said(
    { enum: ['higher', 'lower', null] },
    'The direction of harm. Where it is lower, harm is a negative change; margin and detectable are positive all the same.',
  ),
  baseline: nullable(number),
  tuned: nullable(number),
  change,
  margin: said(
    nullable(number),
    'Harm that is tolerated, never negative. A pass needs the harmful end of the interval within it.',
  ),
  marginFrom: said(
    { enum: [...MARGIN_SOURCES, null] },
    'Who set the margin: the measure (default), a config file, or the command line (flag).',
  ),
  wouldBe: said(
    { enum: [...STATUSES, null] },
    'The status under the recommended level, role and margin; null where none of them is relaxed for this measure.',
  ),
  waiver: said(waiver, 'Who accepted, for a time, that this finding fails or holds up no run.'),
  n: said(count, 'Cases in which both arms carry the measure.'),
  eligible: said(count, 'Paired cases of the tasks that the finding speaks of.'),
  clusters: said({ type: 'number', minimum: 0 }, 'Effective (Kish) number of clusters.'),
  p: said(nullable(share), 'One-sided, for harm greater than zero: not for harm beyond the margin.'),
  adjustedP: said(nullable(share), 'The same, corrected over every measure and task that may decide (weighted Holm).'),
  threshold: said(nullable(share), 'α: harm is shown where adjustedP is below it.'),
  detectable: said(
    nullable(number),
    'The smallest harm that a run of this size shows with a chance of 80 %, in the unit of the measure.',
  ),
  casesNeeded: said(
    { anyOf: [{ type: 'null' }, record({ toPass: nullable(count), toFail: nullable(count) })] },
    'For a chance of 80 %: toPass where a tune does no harm, toFail where it does twice the margin. Null: none known.',
  ),
  passChance: said(
    nullable(share),
    'The chance that a tune which does no harm passes this measure at this size. It bears on what a pass is worth, and says nothing of how likely a failure is to be right.',
  ),
  details: { type: 'object' },
  accept: {
    description: 'Nobody has accepted this failure: it is what the config would have to say if the change were meant.',
    anyOf: [
      { type: 'null' },
      record({ kind: { const: 'options' }, options: { type: 'object' } }),
      record({ kind: { const: 'margin' }, margin: number }),
      record({ kind: { const: 'role' }, role: { const: 'noted' } }),
    ],
  },
  examples: list(example),
})

const measuredCases = list(record({ detector: text, measure: text, cases: count }))

const taskCoverage = record({
  task: text,
  cases: count,
  scored: said({ type: 'boolean' }, 'Whether any baseline case has a score or a right-or-wrong.'),
  guarded: said(measuredCases, 'Measures that must pass, pooled, and were measured on this task.'),
  watched: said(measuredCases, 'Others that may fail the run and were measured on this task.'),
})

const relaxation = record({
  what: { enum: [...RELAXABLE] },
  detector: nullable(text),
  measure: nullable(text),
  tasks: said(nullable(text), 'The glob of the override that says so; null where it holds for every task.'),
  from: anything,
  to: anything,
})

const sentences = (description: string) => said(list(text), description)

const summary = {
  description: 'The report in words, made from its other parts. Read it first; rely on the data.',
  ...record({
    headline: text,
    compared: sentences('What was compared, and what to know of how it was read.'),
    shown: sentences('Harm that is shown: everything that fails.'),
    ruledOut: sentences('Guarded measures that pass, and the harm that each leaves possible.'),
    open: sentences('Guarded measures that neither pass nor fail.'),
    notMeasured: sentences('Measures without a value, and why.'),
    couldNotSee: sentences('Tasks that were not reached, and harm that may go unseen.'),
    relaxed: sentences('What makes this run easier to pass than recommended, and what would not have passed without.'),
  }),
}

const axis = { enum: [...AXES] }

const measured = {
  n: count,
  clusters: { type: 'number', minimum: 0 },
  baseline: nullable(number),
  tuned: nullable(number),
  change: knownChange,
}

const slices = record({
  searched: count,
  tests: count,
  minClusters: count,
  cut: list(axis),
  harmed: list(
    record({
      axis,
      name: text,
      cases: count,
      detector: text,
      measure: text,
      unit: text,
      worse: { enum: ['higher', 'lower'] },
      ...measured,
      p: share,
      adjustedP: share,
      rest: record(measured),
      also: list(record({ detector: text, measure: text })),
      alike: list(record({ axis, name: text, cases: count, shared: count })),
      examples: list(example),
    }),
  ),
})

const crash = record({ detector: text, code: { const: 'detector-crashed' }, message: text })

const verifierFault = record({
  detector: text,
  code: { const: 'verifier' },
  fault: { enum: [...VERIFIER_FAULTS] },
  count,
  message: text,
  first: list(record({ arm: { enum: [...ARMS] }, task: text, id: text, sample: count })),
})

/** JSON Schema (draft-07) of the report, version 1: the public interface that every other output is made from. */
export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'tuneaudit report, version 1',
  ...record({
    schemaVersion: { const: 1 },
    tool: record({ name: text, version: text }),
    verdict: { enum: [...VERDICTS] },
    exitCode: count,
    summary,
    reason: said(
      coded,
      'The findings that made the verdict; passChance is the chance that a harmless tune passes at all.',
    ),
    inputs,
    pairing,
    tasks: said(list(taskCoverage), 'How far the run reached into each task; empty where nothing was judged.'),
    relaxations: said(list(relaxation), 'Where this run is easier to pass than under the recommended policy.'),
    settings: list(setting),
    fields: {
      type: 'object',
      additionalProperties: record({
        baseline: share,
        tuned: share,
        used: { type: 'boolean' },
        kind: { enum: [...COLUMN_KINDS] },
      }),
    },
    notices: list(coded),
    findings: list(finding),
    exhibits: list(record({ detector: text, task: nullable(text), kind: text, data: anything })),
    slices,
    faults: list({ anyOf: [crash, verifierFault] }),
    locations: perArm(list(record({ task: text, id: text, sample: count, file: text, line: count }))),
    config: { type: 'object' },
  }),
}
