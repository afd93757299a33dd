import type { AnyDetector } from '../domain/detector.js'
import { sortedBy } from '../domain/order.js'
import type { Override, Policy, Waiver } from '../domain/policy.js'
import { detectorPolicies } from './detectors.js'
import { pointers, requireLogprobsRead, requireOwnColumns } from './fields.js'
import { applyFlags, type Flags } from './flags.js'
import { requireMargins } from './margins.js'
import { merge } from './merge.js'
import type { PartialConfig } from './partial.js'
import { mergeScore, requireThreshold } from './score.js'

const DEFAULTS: Omit<Policy, 'detectors' | 'overrides' | 'waivers'> = {
  alpha: 0.05,
  onInconclusive: 'default',
  gate: 'enforce',
  plugins: [],
  required: [],
  score: { range: [0, 1], worse: 'lower', threshold: 1 },
  confidence: { scale: 'share', stated: null, logprobs: null },
  grader: null,
  pairing: { minCoverage: 0.95, prompts: 'same', identical: 'refuse', repeats: false, allow: [] },
  input: {
    maxBadLines: 0,
    maxLineBytes: 64 * 2 ** 20,
    fields: {},
    guess: true,
    scoreName: null,
    task: null,
    format: null,
    providers: { baseline: null, tuned: null },
    tasks: null,
  },
  examples: true,
}

/**
 * The policy of a run, plain data: the defaults under the config under the flags. Throws `unknown-name`, `usage` or
 * `margin-missing`.
 */
export function resolvePolicy(partial: PartialConfig, detectors: readonly AnyDetector[], flags: Flags = {}): Policy {
  const { detectors: given = {}, overrides = [], waivers = [], score, ...rest } = partial
  const base = merge(DEFAULTS, rest)
  const configured: Policy = {
    ...base,
    score: mergeScore(DEFAULTS.score, score),
    input: { ...base.input, fields: pointers(base.input.fields) },
    detectors: detectorPolicies(detectors, given),
    overrides: overrides.map(sortDetectors),
    waivers: waivers.map((waiver): Waiver => ({ ...waiver, task: waiver.task ?? null })),
  }
  requireThreshold(configured.score)
  const policy = applyFlags(configured, flags, detectors)
  requireOwnColumns(policy.input.fields)
  requireLogprobsRead(policy)
  requireMargins(policy, detectors)
  return policy
}

function sortDetectors(override: Override): Override {
  if (override.detectors === undefined) return override
  const sorted = sortedBy(Object.entries(override.detectors), ([id]) => id)
  return { ...override, detectors: Object.fromEntries(sorted) }
}
