import type { Contents, FieldSummary } from '../domain/contents.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import { explainProblem } from '../domain/problem.js'
import { DigestSet } from '../input/digest-set.js'
import { type Intake, kindName } from '../input/intake.js'
import type { Reading } from '../input/reading.js'
import { type OneArm, type OneArmRequest, readOneArm } from './one-arm.js'
import { shortfallNotices } from './report.js'

/** Reads logs of one arm and says what is in them. Throws AuditError for a usage problem. */
export async function inspect(request: OneArmRequest): Promise<Contents> {
  const found = new Found()
  const arm = await readOneArm(request, async (file) => {
    for await (const readings of file.readings()) for (const one of readings) found.add(one)
  })
  return contentsOf(found, arm)
}

/** What was counted over the readings of one arm. */
class Found {
  cases = 0
  samples = 0
  readonly failed = { error: 0, empty: 0 }
  readonly tasks = new Set<string>()
  readonly models = new Set<string>()
  readonly scores = new Map<string, { sum: number; n: number }>()
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

function contentsOf(found: Found, { intake, logs, files, problems }: OneArm): Contents {
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
    notices: shortfallNotices(intake, null),
    problems: problems.map(({ problem }) => explainProblem(problem)),
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
