import { describe, expect, it } from 'vitest'
import type { Flags } from '../../src/config/flags.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors, problemOf } from './fakes.js'

const resolve = (partial: PartialConfig = {}, flags: Flags = {}) => resolvePolicy(partial, detectors, flags)

const SILENT = { margins: {}, roles: {} }

describe('resolvePolicy', () => {
  it('fills in every default, detectors in the order of their ids', () => {
    const policy = resolve()
    expect(policy).toEqual({
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
        maxLineBytes: 67_108_864,
        fields: {},
        guess: true,
        scoreName: null,
        task: null,
        format: null,
        providers: { baseline: null, tuned: null },
        tasks: null,
      },
      examples: true,
      detectors: {
        breach: { level: 'error', options: { rules: {} }, ...SILENT },
        'cross-task-regression': { level: 'error', options: { minCases: 5 }, ...SILENT },
      },
      overrides: [],
      waivers: [],
    })
    expect(Object.keys(policy.detectors)).toEqual(['breach', 'cross-task-regression'])
  })

  it('is plain data', () => {
    const policy = resolve({ overrides: [{ tasks: 'a*', detectors: { breach: { level: 'off' } } }] })
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy)
    expect(structuredClone(policy)).toEqual(policy)
  })

  it('merges options into the defaults without changing these', () => {
    const answer = { key: 'final' }
    const given = { detectors: { 'cross-task-regression': { options: { answer } } } }
    expect(resolve(given).detectors['cross-task-regression']?.options).toEqual({ minCases: 5, answer })
    expect(resolve().detectors['cross-task-regression']?.options).toEqual({ minCases: 5 })
  })

  it('writes top-level keys as JSON Pointers', () => {
    const fields = { output: 'completion', score: '/metrics/a~1b', id: 'a/b~c' }
    expect(resolve({ input: { fields } }).input.fields).toEqual({
      output: '/completion',
      score: '/metrics/a~1b',
      id: '/a~1b~0c',
    })
  })

  it('sorts the detectors of an override', () => {
    const [override] = resolve({
      overrides: [{ tasks: 'a', detectors: { 'cross-task-regression': { level: 'off' }, breach: { level: 'off' } } }],
    }).overrides
    expect(Object.keys(override?.detectors ?? {})).toEqual(['breach', 'cross-task-regression'])
  })

  it.each<[PartialConfig['score'] & object, number]>([
    [{ range: [0, 10] }, 10],
    [{ range: [0, 10], worse: 'higher' }, 0],
    [{ worse: 'higher' }, 0],
    [{ range: [0, 10], threshold: 7 }, 7],
    [{ threshold: 0.5 }, 0.5],
  ])('takes from score %j the threshold %d', (score, threshold) => {
    expect(resolve({ score }).score.threshold).toBe(threshold)
  })

  it('refuses a threshold outside the resolved range', () => {
    expect(problemOf(() => resolve({ score: { threshold: 70 } }))).toEqual({
      code: 'usage',
      message: 'score.threshold: 70 is outside the range 0 to 1. Set score.range and score.threshold together.',
    })
  })
})

describe('resolvePolicy on margins', () => {
  const missing = (detector: string, measure: string) => ({ code: 'margin-missing', detector, measure })
  const rules = { options: { rules: { length: 'short' } } }
  const guarded = { 'cross-task-regression': { roles: { 'worst-task': 'guarded' } } } as const

  it.each<[string, PartialConfig, object]>([
    ['a measure that the config guards', { detectors: guarded }, missing('cross-task-regression', 'worst-task')],
    ['a measure that comes with the options', { detectors: { breach: rules } }, missing('breach', 'rule:length')],
    [
      'a measure that an override guards',
      { overrides: [{ tasks: 'a', detectors: guarded }] },
      missing('cross-task-regression', 'worst-task'),
    ],
    [
      'a measure that comes with the options of an override',
      { overrides: [{ tasks: 'a', detectors: { breach: rules } }] },
      missing('breach', 'rule:length'),
    ],
  ])('asks for the margin of %s', (_, partial, problem) => {
    expect(problemOf(() => resolve(partial))).toEqual(problem)
  })

  it('says how to give one', () => {
    expect(() => resolve({ detectors: guarded })).toThrow(
      'cross-task-regression: worst-task is to decide and has no margin. Set one: --margin worst-task=<value>, or margins: in the config.',
    )
  })

  it.each<[string, PartialConfig, Flags]>([
    ['noted', { detectors: { breach: { ...rules, roles: { 'rule:length': 'noted' } } } }, {}],
    ['of a detector that only warns', { detectors: { breach: { ...rules, level: 'warn' } } }, {}],
    ['of a detector that is off', { detectors: { breach: { ...rules, level: 'off' } } }, {}],
    [
      'of a detector that the flags leave out',
      { detectors: { breach: rules } },
      { detectors: ['cross-task-regression'] },
    ],
    ['given a margin by the config', { detectors: { breach: { ...rules, margins: { 'rule:length': 0 } } } }, {}],
    ['given a margin by a flag', { detectors: { breach: rules } }, { margins: [['rule:length', 0]] }],
    [
      'given a margin below an override',
      {
        detectors: { breach: { margins: { 'rule:length': 0 } } },
        overrides: [{ tasks: 'a', detectors: { breach: rules } }],
      },
      {},
    ],
  ])('asks for no margin of a measure that is %s', (_, partial, flags) => {
    expect(() => resolve(partial, flags)).not.toThrow()
  })
})

describe('resolvePolicy on flags', () => {
  it('lays them upon the config', () => {
    const config: PartialConfig = { alpha: 0.1, input: { fields: { id: '/key', output: '/text' }, tasks: ['a'] } }
    const policy = resolve(config, {
      alpha: 0.2,
      onInconclusive: 'fail',
      examples: false,
      tasks: ['b*'],
      fields: { output: 'completion' },
      scoreName: 'f1',
      format: 'csv',
      tunedProvider: 'kite',
      maxBadLines: 3,
      maxLineBytes: 100,
    })
    expect(policy).toMatchObject({ alpha: 0.2, onInconclusive: 'fail', examples: false })
    expect(policy.input).toEqual({
      maxBadLines: 3,
      maxLineBytes: 100,
      fields: { id: '/key', output: '/completion' },
      guess: true,
      scoreName: 'f1',
      task: null,
      format: 'csv',
      providers: { baseline: null, tuned: 'kite' },
      tasks: ['b*'],
    })
  })

  it('leaves alone what they do not name', () => {
    expect(resolve({ alpha: 0.1, examples: false }, { alpha: undefined })).toEqual(
      resolve({ alpha: 0.1, examples: false }),
    )
  })

  it.each([
    ['error', 'error'],
    ['warn', 'warn'],
    ['off', 'error'],
  ] as const)('sets a selected detector of level %s to %s and the others off', (level, expected) => {
    const policy = resolve({ detectors: { breach: { level } } }, { detectors: ['breach'] })
    expect(policy.detectors.breach?.level).toBe(expected)
    expect(policy.detectors['cross-task-regression']?.level).toBe('off')
  })

  it('keeps overrides from bringing back a detector that is not selected', () => {
    const on = { level: 'error' } as const
    const config: PartialConfig = {
      overrides: [{ tasks: 'a', detectors: { breach: on, 'cross-task-regression': on } }],
    }
    expect(resolve(config, { detectors: ['breach'] }).overrides).toEqual([{ tasks: 'a', detectors: { breach: on } }])
  })

  it.each<[string, string, string]>([
    ['accuracy', 'cross-task-regression', 'accuracy'],
    ['breach.total', 'breach', 'total'],
    ['breach.rule:total', 'breach', 'rule:total'],
    ['cross-task-regression.user:a.b', 'cross-task-regression', 'user:a.b'],
  ])('gives the margin %s to %s', (name, detector, measure) => {
    const policy = resolve({}, { margins: [[name, 0.3]] })
    const margins = Object.entries(policy.detectors).flatMap(([id, { margins }]) =>
      Object.keys(margins).map((key) => [id, key]),
    )
    expect(margins).toEqual([[detector, measure]])
    expect(policy.detectors[detector]?.margins[measure]).toBe(0.3)
  })

  it('gives several margins, the last of equal ones counting, and keeps those of the config', () => {
    const config: PartialConfig = {
      detectors: { 'cross-task-regression': { margins: { 'worst-task': 0.4, accuracy: 0.1 } } },
    }
    const policy = resolve(config, {
      margins: [
        ['accuracy', 0.2],
        ['accuracy', 0.3],
        ['breach.total', 0],
      ],
    })
    expect(policy.detectors['cross-task-regression']?.margins).toEqual({ 'worst-task': 0.4, accuracy: 0.3 })
    expect(policy.detectors.breach?.margins).toEqual({ total: 0 })
  })

  it('gives the margin of a dynamic measure to the detector that has it, in some task or all', () => {
    const rules = { options: { rules: { length: 'short' } } }
    const config: PartialConfig = { overrides: [{ tasks: 'a', detectors: { breach: rules } }] }
    const policy = resolve(config, { margins: [['rule:length', 0.1]] })
    expect(policy.detectors.breach?.margins).toEqual({ 'rule:length': 0.1 })
    expect(policy.detectors['cross-task-regression']?.margins).toEqual({})
  })

  it('gives the margin of a dynamic measure that no detector has yet to every enabled one', () => {
    const policy = resolve({ detectors: { breach: { level: 'off' } } }, { margins: [['rule:length', 0.1]] })
    expect(policy.detectors['cross-task-regression']?.margins).toEqual({ 'rule:length': 0.1 })
    expect(policy.detectors.breach?.margins).toEqual({})
  })

  const IDS = ['breach', 'cross-task-regression']
  const FULL = ['cross-task-regression.accuracy', 'cross-task-regression.worst-task', 'cross-task-regression.total']

  it.each<[string, Flags, object]>([
    ['detector', { detectors: ['breech'] }, { name: 'breech', nearest: 'breach', known: IDS }],
    ['detector', { detectors: ['__proto__'] }, { name: '__proto__', nearest: null, known: IDS }],
    [
      'measure',
      { margins: [['acuracy', 0]] },
      { name: 'acuracy', nearest: 'accuracy', known: ['accuracy', 'worst-task', 'total'] },
    ],
    [
      'measure',
      { margins: [['breach.totl', 0]] },
      { name: 'breach.totl', nearest: 'breach.total', known: ['breach.total'] },
    ],
    [
      'measure',
      { margins: [['breech.total', 0]] },
      { name: 'breech.total', nearest: 'breach.total', known: [...FULL, 'breach.total'] },
    ],
    [
      'measure',
      { detectors: ['breach'], margins: [['accuracy', 0]] },
      { name: 'accuracy', nearest: null, known: ['total'] },
    ],
    [
      'field',
      { fields: { ouput: 'text' } },
      { name: 'ouput', nearest: 'output', known: expect.arrayContaining(['output', 'meta']) },
    ],
  ])('refuses an unknown %s in %j', (what, flags, problem) => {
    expect(problemOf(() => resolve({}, flags))).toEqual({ code: 'unknown-name', what, ...problem })
  })

  it.each<[Flags, string]>([
    [{ alpha: 0 }, '--alpha must be a number above 0, at most 0.25; got 0.'],
    [{ alpha: Number.NaN }, '--alpha must be a number above 0, at most 0.25; got NaN.'],
    [{ maxBadLines: -1 }, '--max-bad-lines must be a whole number from 0; got -1.'],
    [{ maxLineBytes: 0.5 }, '--max-line-bytes must be a whole number from 1 to 268435456; got 0.5.'],
    [{ margins: [['accuracy', -1]] }, '--margin "accuracy": the margin must be a number from 0; got -1.'],
    [
      { margins: [['total', 1]] },
      '--margin total: several detectors have this measure. Name one: cross-task-regression.total, breach.total.',
    ],
    [
      { fields: { output: '' } },
      '--fields output="": give a key of the record, or a JSON Pointer such as /response/text.',
    ],
    [
      { fields: { output: '/a~2' } },
      '--fields output="/a~2": give a key of the record, or a JSON Pointer such as /response/text.',
    ],
  ])('refuses %j', (flags, message) => {
    expect(problemOf(() => resolve({}, flags))).toEqual({ code: 'usage', message })
  })
})
