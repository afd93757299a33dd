import type { Finding } from '../domain/finding.js'
import type { Report } from '../domain/report.js'
import { clip } from './clip.js'
import { explainReason } from './reason.js'
import { findingSentence } from './sentences/finding.js'
import { verdictSentence } from './sentences/verdict.js'
import { waivedClause } from './sentences/waived.js'
import { xml } from './xml.js'

const LONGEST = 4000

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

interface TestCase {
  readonly classname: string
  readonly name: string
  readonly outcome: Outcome
  /** Why it did not pass. */
  readonly message: string
  readonly output: string
}

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each detector, a test case for each finding. What fails is a failure,
 * a guarded measure that is open and holds the run up an error; whatever else is not proven is skipped and says so. No
 * times: the report has none.
 */
export function renderJunit(report: Report): string {
  const detectors = [...new Set(report.findings.map(({ detector }) => detector))]
  const suites = [
    ...(report.verdict === 'error' ? [{ name: 'audit', cases: [failedAudit(report)] }] : []),
    ...detectors.map((detector) => ({
      name: detector,
      cases: report.findings.filter((finding) => finding.detector === detector).map((one) => testCase(one, report)),
    })),
  ]
  const all = suites.flatMap(({ cases }) => cases)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tuneaudit" ${totals(all)}>
${suites.map((suite) => suiteText(suite, report)).join('\n')}
</testsuites>
`
}

function failedAudit(report: Report): TestCase {
  const message = verdictSentence(report)
  return { classname: 'tuneaudit', name: 'audit', outcome: 'error', message, output: message }
}

function testCase(finding: Finding, report: Report): TestCase {
  const { detector, measure, task, status, reason } = finding
  const waiver = waivedClause(finding)
  const why = `${waiver === '' ? '' : `, ${waiver}`}${reason === null ? '' : `: ${explainReason(reason)}`}`
  return {
    classname: `tuneaudit.${detector}${task === null ? '' : `.${task}`}`,
    name: measure,
    outcome: outcomeOf(finding, report),
    message: `${status}${why}`,
    output: findingSentence(finding),
  }
}

/** What somebody accepted, until a day, fails no build. */
function outcomeOf({ status, role, waiver }: Finding, { exitCode }: Report): Outcome {
  if (status === 'pass') return 'passed'
  if (waiver !== null) return 'skipped'
  if (status === 'fail') return 'failure'
  return status === 'inconclusive' && role === 'guarded' && exitCode !== 0 ? 'error' : 'skipped'
}

function totals(cases: readonly TestCase[]): string {
  const of = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}"`
}

interface Suite {
  readonly name: string
  readonly cases: readonly TestCase[]
}

function suiteText({ name, cases }: Suite, { verdict, exitCode, tool, detectors }: Report): string {
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length
  const version = detectors.find(({ id }) => id === name)?.version
  const properties = [
    ['verdict', verdict],
    ['exitCode', String(exitCode)],
    ['tool', `${tool.name} ${tool.version}`],
    ...(version === undefined ? [] : [['detectorVersion', String(version)]]),
  ].map(([key = '', value = '']) => `<property name="${xml(key)}" value="${xml(value)}"/>`)
  return `  <testsuite name="${xml(clip(name, LONGEST))}" ${totals(cases)} skipped="${skipped}">
    <properties>${properties.join('')}</properties>
${cases.map(caseText).join('\n')}
  </testsuite>`
}

function caseText({ classname, name, outcome, message, output }: TestCase): string {
  const text = (value: string) => xml(clip(value, LONGEST))
  const said = `<system-out>${text(output)}</system-out>`
  const result = {
    passed: '',
    failure: `<failure type="fail" message="${text(message)}">${text(output)}</failure>`,
    error: `<error type="error" message="${text(message)}">${text(output)}</error>`,
    skipped: `<skipped>${text(message)}</skipped>`,
  }[outcome]
  return `    <testcase classname="${text(classname)}" name="${text(name)}">${result}${outcome === 'passed' || outcome === 'skipped' ? said : ''}</testcase>`
}
