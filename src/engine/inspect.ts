import type { Readable } from 'node:stream'
import { taskPolicies } from '../config/tasks.js'
import type { Contents, FieldSummary } from '../domain/contents.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { AuditError, explainProblem, isUsageProblem, type Problem } from '../domain/problem.js'
import { readingRules } from '../input/context.js'
import { DigestSet } from '../input/digest-set.js'
import { gather, type LogSource } from '../input/gather.js'
import { Intake, kindName } from '../input/intake.js'
import { LogFile } from '../input/log-file.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import type { Reading } from '../input/reading.js'
import { taskSelector } from './selection.js'

export interface InspectRequest {
  readonly paths: readonly string[]
  readonly cwd: string
  readonly stdin: Readable
  readonly policy: Policy
  readonly meter?: Meter
  /** Of a log that holds several models: this one alone. */
  readonly provider?: string | null
}

/** Reads logs of one arm and says what is in them. Throws AuditError for a usage problem. */
export async function inspect(request: InspectRequest): Promise<Contents> {
  const { paths, cwd, stdin, policy, meter = new Meter(), provider = null } = request
  const gathered = await gather(expandPaths(paths, cwd), { cwd, stdin, meter, format: policy.input.format, provider })
  const intake = new Intake()
  const found = new Found()
  const rules = {
    ...readingRules(policy, taskPolicies(policy), taskSelector(policy)),
    unfinished: (problem: Problem) => void found.problems.push(explainProblem(problem)),
  }
  const files = gathered.logs.map((log) => new LogFile(log, rules, intake))
  try {
    for (const file of files) for await (const readings of file.readings()) for (const one of readings) found.add(one)
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    found.problems.push(explainProblem(error.problem))
  } finally {
    for (const { source } of gathered.logs) source.close()
  }
  return contentsOf(found, intake, gathered.logs, files)
}

/** What was counted over the readings of one arm. */
class Found {
  cases = 0
  samples = 0
  readonly failed = { error: 0, empty: 0 }
  readonly tasks = new Set<string>()
  readonly models = new Set<string>()
  readonly scores = new Map<string, { sum: number; n: number }>()
  readonly problems: string[] = []
  private readonly seen = new DigestSet()

  add(reading: Reading): void {
    const digest = murmur128(reading.key)
    if (!this.seen.has(digest)) {
      this.seen.add(digest)
      this.cases++
    }
    this.tasks.add(reading.task)
    this.addScores(reading)
    if (reading.part?.partial === true) return
    this.samples++
    if (reading.sample.failed !== null) this.failed[reading.sample.failed]++
    const { model } = reading.sample.raw
    if (typeof model === 'string' && this.models.size < 100) this.models.add(model)
  }

  private addScores({ sample: { raw } }: Reading): void {
    const { score, correct, scores } = raw
    const own = scores === null || typeof scores !== 'object' || scores === undefined ? {} : scores
    for (const [given, value] of Object.entries({ score, correct, ...own })) {
      if (value === undefined) continue
      // Logs that mix splits are averaged within each.
      const name = typeof raw.split === 'string' ? `${given} [${raw.split}]` : given
      const known = this.scores.get(name) ?? { sum: 0, n: 0 }
      const number = typeof value === 'boolean' ? Number(value) : value
      this.scores.set(name, typeof number === 'number' ? { sum: known.sum + number, n: known.n + 1 } : known)
    }
  }
}

function contentsOf(found: Found, intake: Intake, logs: readonly LogSource[], files: readonly LogFile[]): Contents {
  const summaries = files.map((file) => file.summary())
  const chosen = sortedBy(intake.chosen.names, (name) => name)
  const plain = ['score', 'correct'].find((name) => (found.scores.get(name)?.n ?? 0) > 0)
  return {
    schemaVersion: 1,
    format: sortedBy(new Set(logs.map(({ format }) => format.id)), (id) => id).join('+'),
    files: summaries,
    rows: summaries.reduce((sum, { rows }) => sum + rows, 0),
    cases: found.cases,
    samples: found.samples,
    failed: found.failed,
    tasks: sortedBy(new Set([...found.tasks, ...intake.tasks]), (task) => task),
    meanScores: Object.fromEntries(
      [...found.scores]
        .sort(([a], [b]) => byCodeUnit(a, b))
        .map(([name, { sum, n }]) => [name, n === 0 ? null : sum / n]),
    ),
    score: chosen.length > 0 ? chosen.join('+') : (plain ?? null),
    fields: fieldsOf(intake),
    providers: sortedBy(intake.providers.names, (name) => name),
    models: sortedBy(found.models, (model) => model),
    notices: [],
    problems: found.problems,
  }
}

function fieldsOf({ columns, records }: Intake): Record<string, FieldSummary> {
  return Object.fromEntries(
    sortedBy(columns.names, (name) => name).map((name) => [
      name,
      { coverage: columns.times(name) / Math.max(1, records), kind: kindName(columns.kinds(name)) },
    ]),
  )
}
