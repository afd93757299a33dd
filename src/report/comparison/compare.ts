import type { ComparedReport, Comparison, ConfigChange, FindingChange, FindingState } from '../../domain/comparison.js'
import type { Finding } from '../../domain/finding.js'
import type { Json } from '../../domain/json.js'
import { byCodeUnit } from '../../domain/order.js'
import type { FindingName } from '../../domain/report.js'
import type { NamedReport } from '../../domain/trend.js'

export function compare(before: NamedReport, after: NamedReport): Comparison {
  const earlier = new Map(before.report.findings.map((finding) => [keyOf(finding), finding]))
  const later = new Map(after.report.findings.map((finding) => [keyOf(finding), finding]))
  const both = [...earlier].flatMap(([key, one]) => {
    const two = later.get(key)
    return two === undefined ? [] : [{ one, two }]
  })
  const findings = both.filter(({ one, two }) => JSON.stringify(stateOf(one)) !== JSON.stringify(stateOf(two)))
  return {
    schemaVersion: 1,
    before: comparedReport(before),
    after: comparedReport(after),
    config: configChanges(JSON.parse(JSON.stringify([before.report.config, after.report.config]))),
    findings: findings.map(
      ({ one, two }): FindingChange => ({
        ...nameOf(one),
        worse: two.worse,
        before: stateOf(one),
        after: stateOf(two),
      }),
    ),
    added: [...later].filter(([key]) => !earlier.has(key)).map(([, finding]) => nameOf(finding)),
    removed: [...earlier].filter(([key]) => !later.has(key)).map(([, finding]) => nameOf(finding)),
    unchanged: both.length - findings.length,
  }
}

function comparedReport({ path, report }: NamedReport): ComparedReport {
  const { tool, verdict, exitCode, pairing, inputs } = report
  return {
    path,
    tool: `${tool.name} ${tool.version}`,
    verdict,
    exitCode,
    cases: pairing.cases,
    baseline: inputs.baseline.map(({ sha256 }) => sha256),
    tuned: inputs.tuned.map(({ sha256 }) => sha256),
  }
}

/** Objects are compared key by key, everything else as a whole. */
function configChanges([before, after]: readonly [Json, Json], path: readonly string[] = []): ConfigChange[] {
  if (!isObject(before) || !isObject(after)) {
    if (JSON.stringify(before) === JSON.stringify(after)) return []
    return [{ path: path.join('.'), before, after }]
  }
  const [one, two] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...one.keys(), ...two.keys()])]
    .sort(byCodeUnit)
    .flatMap((key) => configChanges([one.get(key) ?? null, two.get(key) ?? null], [...path, key]))
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stateOf({ status, role, decides, baseline, tuned, change, margin, n }: Finding): FindingState {
  return { status, role, decides, baseline, tuned, change, margin, n }
}

function keyOf({ detector, measure, task }: Finding): string {
  return JSON.stringify([detector, measure, task])
}

function nameOf({ detector, measure, task }: Finding): FindingName {
  return { detector, measure, task }
}
