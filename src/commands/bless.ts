import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import type { Acceptable, Blessing } from '../domain/blessing.js'
import { printable } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { sha256 } from '../input/digest.js'
import { readReportFile } from '../input/report-file.js'
import { jsonText } from '../report/json.js'
import { reportSchema } from '../report/schema.js'
import type { CommandContext } from './context.js'
import { requireWritable, writeWhole } from './report-files.js'
import { requireNamed } from './values.js'

/** As commander gives them. */
export interface BlessFlags {
  readonly owner?: string
  readonly reason?: string
  readonly output: string
}

/**
 * `tuneaudit bless <report>`: writes down that somebody accepts the tuned model of an audit, to commit beside the config.
 * Never done by an audit itself: a green run is no decision. Throws AuditError for usage problems.
 */
export function blessCommand(path: string, { owner, reason, output }: BlessFlags, context: CommandContext): number {
  const { cwd, err } = context
  if (owner === undefined || reason === undefined)
    throw usage('bless: --owner and --reason are needed: who accepts it, and why.')
  for (const [flag, value] of Object.entries({ owner, reason, output })) requireNamed(`--${flag}`, [value])
  const target = { path: output, absolute: resolve(cwd, output) }
  requireWritable([target], [resolve(cwd, path)])
  const report = readReportFile(path, cwd, reportSchema)
  const blessing = blessingOf(report, { owner, reason, report: sha256(readFileSync(resolve(cwd, path))) })
  writeWhole(target, jsonText(blessing))
  err(
    `${printable(output)} accepts the tuned model of ${printable(path)} (${report.verdict}). Commit it; audit --blessed ${printable(output)} holds the next baseline against it.\n`,
  )
  return EXIT.pass
}

/** Throws AuditError `usage` for a report that nobody can accept. */
export function blessingOf(report: Acceptable, terms: Pick<Blessing, 'owner' | 'reason' | 'report'>): Blessing {
  const { verdict, inputs, pairing, findings } = report
  if (verdict === 'error')
    throw usage('bless: the report is of an audit that ended in an error: there is nothing to accept.')
  const outputs = inputs.tuned.map(({ sha256: digest }) => digest)
  if (outputs.includes(null))
    throw usage('bless: the tuned outputs came from standard input, so that nobody can tell them again. Audit a file.')
  return {
    schemaVersion: 1,
    ...terms,
    verdict,
    outputs: outputs.filter((digest) => digest !== null).sort(),
    cases: pairing.cases,
    findings: findings
      .filter(({ role }) => role !== 'noted')
      .map(({ detector, measure, task, status, baseline, tuned, change, margin, waiver }) => ({
        detector,
        measure,
        task,
        status,
        baseline,
        tuned,
        change,
        margin,
        waiver,
      })),
  }
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
