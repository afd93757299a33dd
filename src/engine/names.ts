import { unusedOverrides } from '../config/tasks.js'
import type { AnyDetector } from '../domain/detector.js'
import { taskMatcher } from '../domain/glob.js'
import { nearest } from '../domain/nearest.js'
import { sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import { ARMS } from '../domain/record.js'
import { isNamed } from '../domain/settings.js'
import { readFields } from '../input/reading.js'
import type { Counted } from './counted.js'

const SHOWN = 20

/** Names in the config that only the data can confirm. Throws AuditError `unknown-name`. */
export function checkNames(policy: Policy, detectors: readonly AnyDetector[], reading: Counted): void {
  const tasks = new Set(ARMS.flatMap((arm) => [...reading.intake[arm].tasks]))
  const unused = [...unusedOverrides(policy, tasks), ...unusedOptions(policy, detectors, tasks)][0]
  if (unused !== undefined) throw unknown('task', unused, tasks)
  checkAllowed(policy, reading)
  const { scoreName, fields } = policy.input
  const scores = new Set(reading.scoreNames)
  if (scoreName !== null && !scores.has(scoreName)) throw unknown('score', scoreName, scores)
  for (const field of readFields(policy)) {
    const pointer = fields[field]
    if (pointer === undefined || ARMS.some((arm) => reading.intake[arm].mappedFields.has(field))) continue
    const columns = new Set(ARMS.flatMap((arm) => reading.intake[arm].columns.names.map((name) => `/${name}`)))
    throw unknown(`place for the field ${field}: no record has`, pointer, columns)
  }
}

/** A setting that is allowed to differ and that no record names is mistyped. */
function checkAllowed({ pairing: { allow } }: Policy, { observation }: Counted): void {
  const keys = observation.settings.summaries([]).map(({ key }) => key)
  const name = allow.find((one) => !keys.some((key) => isNamed(key, one)))
  if (name === undefined) return
  const near = nearest(name, [...keys, ...keys.map((key) => key.slice(key.lastIndexOf('.') + 1))])
  const what = 'setting in pairing.allow: no record has'
  throw new AuditError({ code: 'unknown-name', what, name, nearest: near, known: keys.slice(0, SHOWN) })
}

/** Globs in detectors' options that name no task of the data. */
function unusedOptions(policy: Policy, detectors: readonly AnyDetector[], tasks: ReadonlySet<string>): string[] {
  return detectors.flatMap(({ id, taskGlobs }) => {
    const settings = policy.detectors[id]
    if (taskGlobs === undefined || settings === undefined || settings.level === 'off') return []
    return taskGlobs(settings.options).filter((glob) => ![...tasks].some(taskMatcher(glob)))
  })
}

function unknown(what: string, name: string, known: ReadonlySet<string>): AuditError {
  const names = sortedBy(known, (each) => each).slice(0, SHOWN)
  return new AuditError({ code: 'unknown-name', what, name, nearest: nearest(name, known), known: names })
}
