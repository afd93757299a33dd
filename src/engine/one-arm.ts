import type { Readable } from 'node:stream'
import { taskPolicies } from '../config/tasks.js'
import type { Policy } from '../domain/policy.js'
import { AuditError, isUsageProblem, type Problem } from '../domain/problem.js'
import { readingRules } from '../input/context.js'
import { gather, type LogSource } from '../input/gather.js'
import { Intake } from '../input/intake.js'
import { LogFile } from '../input/log-file.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { taskSelector } from './selection.js'

export interface OneArmRequest {
  readonly paths: readonly string[]
  readonly cwd: string
  readonly stdin: Readable
  readonly policy: Policy
  readonly meter?: Meter
  /** Of a log that holds several models: this one alone. */
  readonly provider?: string | null
}

export interface OneArm {
  readonly logs: readonly LogSource[]
  readonly intake: Intake
  readonly files: readonly LogFile[]
  /** What is wrong with the data. */
  readonly problems: readonly OneArmProblem[]
}

export interface OneArmProblem {
  readonly problem: Problem
  /** What follows could not be read; else all was, and the log says itself that its run is not whole. */
  readonly fatal: boolean
}

/**
 * Opens the logs of one arm and has each file read by `visit`, in their order. A log whose run is not whole is read as far
 * as it goes. Throws AuditError for a usage problem.
 */
export async function readOneArm(
  request: OneArmRequest,
  visit: (file: LogFile, sofar: OneArm) => Promise<void>,
): Promise<OneArm> {
  const { paths, cwd, stdin, policy, meter = new Meter(), provider = null } = request
  const { logs } = await gather(expandPaths(paths, cwd), { cwd, stdin, meter, format: policy.input.format, provider })
  const problems: OneArmProblem[] = []
  const rules = {
    ...readingRules(policy, taskPolicies(policy), taskSelector(policy)),
    unfinished: (problem: Problem) => void problems.push({ problem, fatal: false }),
  }
  const intake = new Intake()
  const files = logs.map((log) => new LogFile(log, rules, intake))
  const arm = { logs, intake, files, problems }
  try {
    for (const file of files) await visit(file, arm)
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    problems.push({ problem: error.problem, fatal: true })
  } finally {
    for (const { source } of logs) source.close()
  }
  return arm
}
