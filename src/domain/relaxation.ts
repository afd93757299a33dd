import type { Json } from './json.js'

/** Parts of a policy by which a run passes more easily, as the config names them. */
export const RELAXABLE = [
  'level',
  'margin',
  'role',
  'options',
  'alpha',
  'gate',
  'onInconclusive',
  'pairing.minCoverage',
  'pairing.prompts',
  'pairing.identical',
  'pairing.repeats',
  'pairing.allow',
  'input.maxBadLines',
  'input.tasks',
  'waiver',
] as const
export type Relaxable = (typeof RELAXABLE)[number]

/** One way in which a policy is easier to pass than the recommended one. */
export interface Relaxation {
  readonly what: Relaxable
  /** Null for what concerns the whole run. */
  readonly detector: string | null
  /** Set for margins, roles and waivers. */
  readonly measure: string | null
  /** The glob of the override that says so; null where it holds for every task. */
  readonly tasks: string | null
  readonly from: Json
  readonly to: Json
}
