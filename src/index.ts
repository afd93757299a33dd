// The library: what is exported here is kept. docs/library.md and docs/plugins.md describe it.
export { detectors } from './detectors/index.js'
export {
  type Case,
  type CaseName,
  correctnessOf,
  type LostCase,
  type Outcomes,
  outcomes,
  scoreOf,
} from './domain/case.js'
export {
  type AnyDetector,
  type Detector,
  type Docs,
  defineDetector,
  type ExhibitMaker,
  type OptionFault,
  type Prepared,
  type Source,
} from './domain/detector.js'
export type { Finding } from './domain/finding.js'
export type { Json } from './domain/json.js'
export {
  type Discordance,
  type Measure,
  type Need,
  type Role,
  type TaskPool,
  type TaskValue,
  type Unit,
  type Unmeasured,
  type UnmeasuredReason,
  unmeasured,
  type Value,
  type Worse,
  type WorstCase,
} from './domain/measure.js'
export type { Policy } from './domain/policy.js'
export { byCases, byTasks } from './domain/pool.js'
export { AuditError, type Problem } from './domain/problem.js'
export type { Arm, PerArm, Place, Sample } from './domain/record.js'
export type { Report } from './domain/report.js'
export {
  type Column,
  type Columns,
  count,
  defineColumns,
  type ExampleSamples,
  type LostTally,
  once,
  type Sums,
  sum,
  type Tally,
} from './domain/tally.js'
export { type Audited, type AuditRequest, audit } from './library/audit.js'
export { type PolicyRequest, type Resolved, resolvePolicy } from './library/policy.js'
export { type ReadRequest, readCases } from './library/read-cases.js'
export { REPORT_FORMATS, type RenderOptions, type ReportFormat, render } from './report/index.js'
