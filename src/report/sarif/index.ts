import type { Finding } from '../../domain/finding.js'
import { murmur128 } from '../../domain/hash.js'
import { printable } from '../../domain/printable.js'
import type { Report } from '../../domain/report.js'
import { clip } from '../clip.js'
import { countsOf } from '../counts.js'
import { jsonText } from '../json.js'
import { placesOf } from '../places.js'
import { findingSentence } from '../sentences/finding.js'
import { verdictSentence } from '../sentences/verdict.js'
import { waivedClause } from '../sentences/waived.js'
import { locationOf } from './location.js'
import { AUDIT_RULE, ruleId, rulesOf } from './rules.js'
import { plainMessage } from './text.js'

/** What GitHub takes of a run: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const MOST_RESULTS = 25_000
const LONGEST = 1000

/**
 * SARIF 2.1.0: a result for whatever fails (error) and for each guarded measure that is open (warning), at the tuned output
 * that is worst. GitHub makes an alert of every result, so that what passes is no result: the status of every finding stands
 * in the run's properties.
 */
export function renderSarif(report: Report): string {
  const rules = rulesOf(report)
  const index = new Map(rules.map(({ id }, i) => [id, i]))
  const results = resultsOf(report).map((result) => ({ ...result, ruleIndex: index.get(result.ruleId)! }))
  const { tool, verdict, exitCode, findings } = report
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report, results.length)],
        results: results.slice(0, MOST_RESULTS),
        properties: {
          verdict,
          exitCode,
          counts: countsOf(findings),
          findings: findings.map((finding) => ({ rule: ruleId(finding), task: finding.task, status: finding.status })),
        },
      },
    ],
  })
}

/** The pooled findings before those of tasks: GitHub keeps the first where there are too many. */
function resultsOf(report: Report) {
  const placeOf = placesOf(report)
  const told = report.findings.filter(
    ({ status, role }) => status === 'fail' || (status === 'inconclusive' && role === 'guarded'),
  )
  const results = told
    .toSorted((a, b) => Number(a.task !== null) - Number(b.task !== null))
    .map((finding) => ({
      ruleId: ruleId(finding),
      level: finding.status === 'fail' ? 'error' : 'warning',
      message: { text: plainMessage(clip(findingSentence(finding), LONGEST)) },
      locations: [locationOf(report, finding, placeOf)],
      partialFingerprints: fingerprints(finding),
      ...suppressed(finding),
      properties: numbersOf(finding),
    }))
  return report.verdict === 'error' ? [failedAudit(report), ...results] : results
}

/** A waiver is a suppression that somebody accepted (SARIF 2.1.0, 3.35). */
function suppressed(finding: Finding) {
  if (finding.waiver === null) return {}
  const justification = printable(clip(waivedClause(finding), LONGEST))
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] }
}

function failedAudit(report: Report) {
  return {
    ruleId: AUDIT_RULE,
    level: 'error',
    message: { text: plainMessage(clip(verdictSentence(report), LONGEST)) },
    locations: [locationOf(report, null, () => null)],
    partialFingerprints: fingerprints({ detector: 'audit', measure: 'data', task: null }),
    properties: {},
  }
}

/** The same measure and task is the same alert in every run, whichever output is the worst. */
function fingerprints({ detector, measure, task }: Pick<Finding, 'detector' | 'measure' | 'task'>) {
  const digest = murmur128(JSON.stringify([detector, measure, task]))
  const hex = digest.map((word) => word.toString(16).padStart(8, '0')).join('')
  return { primaryLocationLineHash: `${hex}:1`, 'tuneaudit/v1': hex }
}

function numbersOf({ task, status, role, unit, baseline, tuned, change, margin, n, adjustedP, threshold }: Finding) {
  return { task, status, role, unit, baseline, tuned, change, margin, n, adjustedP, threshold }
}

function invocationOf(report: Report, results: number) {
  const { verdict, exitCode } = report
  const told = (level: 'error' | 'warning', text: string) => [{ level, message: { text: plainMessage(text) } }]
  return {
    executionSuccessful: verdict !== 'error',
    exitCode,
    exitCodeDescription: verdict,
    toolExecutionNotifications: [
      ...(verdict === 'error' ? told('error', clip(verdictSentence(report), LONGEST)) : []),
      ...(results > MOST_RESULTS ? told('warning', `${results - MOST_RESULTS} further results are left out.`) : []),
    ],
  }
}
