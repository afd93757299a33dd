import type { AnyDetector } from '../domain/detector.js'
import type { Json } from '../domain/json.js'
import { type Measure, ROLES, strength } from '../domain/measure.js'
import { sortedBy } from '../domain/order.js'
import type { DeepPartial, DetectorPolicy, Policy, Waiver } from '../domain/policy.js'
import type { Relaxable, Relaxation } from '../domain/relaxation.js'
import { measuresOf } from './detectors.js'
import { merge } from './merge.js'
import { resolvePolicy } from './resolve.js'

/**
 * Where a policy is easier to pass than the recommended one: the run's settings first, then detectors by id, for every
 * task and for the tasks of each override. What says what is right (rules, graders, thresholds, ranges) is no relaxation:
 * nothing but a reader can tell whether it is meant.
 */
export function relaxationsOf(policy: Policy, detectors: readonly AnyDetector[]): Relaxation[] {
  const recommended = resolvePolicy({}, detectors)
  const ofDetectors = sortedBy(detectors, ({ id }) => id).flatMap((detector) => {
    const own = policy.detectors[detector.id]
    const base = recommended.detectors[detector.id]
    return own === undefined || base === undefined ? [] : detectorRelaxations({ detector, policy, own, base })
  })
  return [...runRelaxations(policy, recommended), ...ofDetectors, ...policy.waivers.map(ofWaiver)]
}

function ofWaiver({ detector, measure, task, ...terms }: Waiver): Relaxation {
  return { what: 'waiver', detector, measure, tasks: task, from: null, to: terms }
}

function runRelaxations(own: Policy, base: Policy): Relaxation[] {
  const found: Relaxation[] = []
  const when = (easier: boolean, what: Relaxable, from: Json, to: Json) => {
    if (easier) found.push({ what, detector: null, measure: null, tasks: null, from, to })
  }
  when(own.alpha > base.alpha, 'alpha', base.alpha, own.alpha)
  when(own.gate === 'report', 'gate', base.gate, own.gate)
  when(own.onInconclusive === 'pass', 'onInconclusive', base.onInconclusive, own.onInconclusive)
  const { minCoverage, prompts, identical, repeats, allow } = own.pairing
  when(minCoverage < base.pairing.minCoverage, 'pairing.minCoverage', base.pairing.minCoverage, minCoverage)
  when(prompts === 'ignore', 'pairing.prompts', base.pairing.prompts, prompts)
  when(identical === 'allow', 'pairing.identical', base.pairing.identical, identical)
  when(repeats, 'pairing.repeats', base.pairing.repeats, repeats)
  when(allow.length > 0, 'pairing.allow', [...base.pairing.allow], [...allow])
  const { maxBadLines, tasks } = own.input
  when(maxBadLines > base.input.maxBadLines, 'input.maxBadLines', base.input.maxBadLines, maxBadLines)
  when(tasks !== null, 'input.tasks', base.input.tasks === null ? null : [...base.input.tasks], [...(tasks ?? [])])
  return found
}

interface Subject {
  readonly detector: AnyDetector
  readonly policy: Policy
  readonly own: DetectorPolicy
  readonly base: DetectorPolicy
}

function detectorRelaxations({ detector, policy, own, base }: Subject): Relaxation[] {
  const overrides = policy.overrides.flatMap(({ tasks, detectors }): Relaxation[] => {
    const said = detectors?.[detector.id]
    if (said === undefined) return []
    return compare({ detector, base, own: merge<DetectorPolicy>(own, said), said, tasks })
  })
  return [...compare({ detector, base, own, said: own, tasks: null }), ...overrides]
}

interface Comparison {
  readonly detector: AnyDetector
  readonly base: DetectorPolicy
  readonly own: DetectorPolicy
  /** The part of `own` that is said here: an override does not repeat what holds everywhere. */
  readonly said: DeepPartial<DetectorPolicy>
  readonly tasks: string | null
}

function compare({ detector, base, own, said, tasks }: Comparison): Relaxation[] {
  const at = { detector: detector.id, measure: null, tasks }
  const level =
    said.level === undefined || said.level === 'error'
      ? []
      : [{ what: 'level' as const, ...at, from: base.level, to: own.level }]
  if (own.level === 'off') return level
  const measures = measuresOf(detector, own)
  return [
    ...level,
    ...sortedBy(measures, ({ id }) => id).flatMap((measure) => ofMeasure(measure, said, at)),
    ...(said.options === undefined ? [] : ofOptions(measuresOf(detector, base), measures, { base, own, at })),
  ]
}

type At = Pick<Relaxation, 'detector' | 'measure' | 'tasks'>

function ofMeasure({ id, margin, role }: Measure, said: DeepPartial<DetectorPolicy>, at: At): Relaxation[] {
  const found: Relaxation[] = []
  const ownMargin = said.margins?.[id]
  const ownRole = said.roles?.[id]
  if (ownMargin !== undefined && margin !== null && ownMargin > margin) {
    found.push({ what: 'margin', ...at, measure: id, from: margin, to: ownMargin })
  }
  if (ownRole !== undefined && ROLES.indexOf(ownRole) > ROLES.indexOf(role)) {
    found.push({ what: 'role', ...at, measure: id, from: role, to: ownRole })
  }
  return found
}

/** Options are a relaxation where some measure comes to decide less for them and none comes to decide more. */
function ofOptions(
  before: readonly Measure[],
  after: readonly Measure[],
  { base, own, at }: Pick<Comparison, 'base' | 'own'> & { readonly at: At },
): Relaxation[] {
  const strengthIn = (measures: readonly Measure[], id: string) =>
    Math.max(0, ...measures.filter((measure) => measure.id === id).map(strength))
  // What a measure's baseline settles is not known here.
  const settled = [...before, ...after].filter(({ id }) => !before.some((own) => own.id === id && own.variant))
  const ids = [...new Set(settled.map(({ id }) => id))]
  const changes = ids.map((id) => strengthIn(after, id) - strengthIn(before, id))
  if (!changes.some((change) => change < 0) || changes.some((change) => change > 0)) return []
  const changed = Object.keys(own.options).filter((key) => !isEqual(own.options[key], base.options[key]))
  const entries = (options: DetectorPolicy['options']) =>
    Object.fromEntries(changed.map((key) => [key, options[key] ?? null]))
  return [{ what: 'options', ...at, from: entries(base.options), to: entries(own.options) }]
}

function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
