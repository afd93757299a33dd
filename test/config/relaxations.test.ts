import { describe, expect, it } from 'vitest'
import type { Flags } from '../../src/config/flags.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { PRESETS } from '../../src/config/presets.js'
import { relaxationsOf } from '../../src/config/relaxations.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import { explainRelaxation } from '../../src/report/sentences/relaxed.js'

const relaxed = (config: PartialConfig, flags: Flags = {}) =>
  relaxationsOf(resolvePolicy(config, detectors, flags), detectors)
const words = (config: PartialConfig, flags: Flags = {}) => relaxed(config, flags).map(explainRelaxation)

describe('relaxationsOf', () => {
  const rows: readonly (readonly [string, PartialConfig])[] = [
    ['alpha 0.1 instead of 0.05', { alpha: 0.1 }],
    ['gate: report, exit 0 whatever is found', PRESETS['report-only']],
    ['an inconclusive run exits 0', { onInconclusive: 'pass' }],
    ['least coverage 0.5 instead of 0.95', { pairing: { minCoverage: 0.5 } }],
    ['prompts may differ between the arms', { pairing: { prompts: 'ignore' } }],
    ['the arms may say the same throughout', { pairing: { identical: 'allow' } }],
    ['a repeated id is another sample', { pairing: { repeats: true } }],
    ['settings may differ: temperature', { pairing: { allow: ['temperature'] } }],
    ['up to 7 bad lines an arm', { input: { maxBadLines: 7 } }],
    ['only tasks gsm*, crux', { input: { tasks: ['gsm*', 'crux'] } }],
    ['calibration-drift at warn', { detectors: { 'calibration-drift': { level: 'warn' } } }],
    ['lost-diversity off', { detectors: { 'lost-diversity': { level: 'off' } } }],
    ['margin of score 0.2 instead of 0.05', { detectors: { 'cross-task-regression': { margins: { score: 0.2 } } } }],
    ['score watched instead of guarded', { detectors: { 'cross-task-regression': { roles: { score: 'watched' } } } }],
    [
      'format-collapse with format: converge',
      { detectors: { 'format-collapse': { options: { format: 'converge' } } } },
    ],
    [
      'score waived by r.gull until 2031-03-01 (new tide tables) on tasks tides',
      {
        waivers: [
          {
            detector: 'cross-task-regression',
            measure: 'score',
            task: 'tides',
            reason: 'new tide tables',
            owner: 'r.gull',
            expires: '2031-03-01',
          },
        ],
      },
    ],
    [
      'margin of score 0.2 instead of 0.05 on tasks essay*',
      { overrides: [{ tasks: 'essay*', detectors: { 'cross-task-regression': { margins: { score: 0.2 } } } }] },
    ],
    [
      'calibration-drift off on tasks essay*',
      { overrides: [{ tasks: 'essay*', detectors: { 'calibration-drift': { level: 'off' } } }] },
    ],
  ]
  it.each(rows)('names: %s', (said, config) => {
    expect(words(config)).toEqual([said])
  })

  it('gives what it was and what it is as data', () => {
    const config = { detectors: { 'cross-task-regression': { margins: { score: 0.2 } } } }
    expect(relaxed(config)).toEqual([
      { what: 'margin', detector: 'cross-task-regression', measure: 'score', tasks: null, from: 0.05, to: 0.2 },
    ])
  })

  const strict: readonly (readonly [string, PartialConfig])[] = [
    ['the recommended policy', {}],
    ['the strict preset', PRESETS.strict],
    ['a smaller alpha', { alpha: 0.01 }],
    [
      'a narrower margin and a stronger role',
      {
        detectors: {
          'cross-task-regression': { margins: { score: 0.02 } },
          'calibration-drift': { roles: { reliability: 'guarded' } },
        },
      },
    ],
    ['a format that is declared', { detectors: { 'format-collapse': { options: { format: 'free' } } } }],
    ['a domain that is declared', { detectors: { 'lost-diversity': { options: { domain: 'creative' } } } }],
    ['targets that are declared', { detectors: { 'cross-task-regression': { options: { tunedFor: ['gsm*'] } } } }],
    [
      'an override that is stricter than the rest',
      {
        detectors: { 'cross-task-regression': { margins: { score: 0.02 } } },
        overrides: [{ tasks: 'essay*', detectors: { 'cross-task-regression': { margins: { score: 0.05 } } } }],
      },
    ],
  ]
  it.each(strict)('finds nothing in %s', (_, config) => {
    expect(relaxed(config)).toEqual([])
  })

  it('hears the command line', () => {
    const flags = { margins: [['score', 0.3]], detectors: ['cross-task-regression', 'lost-diversity'] } as const
    expect(words({}, flags)).toEqual([
      'calibration-drift off',
      'margin of score 0.3 instead of 0.05',
      'format-collapse off',
      'infeasible-content off',
    ])
  })
})
