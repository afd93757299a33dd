import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies, taskPolicy, unusedOverrides } from '../../src/config/tasks.js'
import { detectors } from './fakes.js'

const resolve = (overrides: NonNullable<PartialConfig['overrides']>, rest: PartialConfig = {}) =>
  resolvePolicy({ ...rest, overrides }, detectors)

describe('taskPolicy', () => {
  it('is the policy of the run where no override matches', () => {
    const policy = resolve([{ tasks: 'math*', score: { range: [0, 5] } }])
    const { score, confidence, grader, detectors } = policy
    expect(taskPolicy(policy, 'law')).toEqual({ score, confidence, grader, detectors })
  })

  it('lays matching overrides upon the policy, later ones winning', () => {
    const policy = resolve([
      {
        tasks: 'math*',
        confidence: { scale: 'percent' },
        detectors: { breach: { level: 'warn', margins: { total: 0.1 } } },
      },
      { tasks: 'law', detectors: { breach: { level: 'error' } } },
      { tasks: '*hard', detectors: { breach: { level: 'off' } } },
    ])
    const { confidence, detectors } = taskPolicy(policy, 'math-hard')
    expect(confidence).toEqual({ scale: 'percent', stated: null, logprobs: null })
    expect(detectors.breach).toEqual({ level: 'off', options: { rules: {} }, margins: { total: 0.1 }, roles: {} })
    expect(Object.keys(detectors)).toEqual(['breach', 'cross-task-regression'])
  })

  it.each<[object, object, object]>([
    [{}, { range: [0, 10] }, { range: [0, 10], worse: 'lower', threshold: 10 }],
    [{}, { worse: 'higher' }, { range: [0, 1], worse: 'higher', threshold: 0 }],
    [{ threshold: 0.5 }, { range: [0, 10] }, { range: [0, 10], worse: 'lower', threshold: 10 }],
    [{ range: [0, 10] }, { threshold: 7 }, { range: [0, 10], worse: 'lower', threshold: 7 }],
  ])('lays upon score %j an override %j', (base, over, expected) => {
    expect(taskPolicy(resolve([{ tasks: 'a', score: over }], { score: base }), 'a').score).toEqual(expected)
  })
})

describe('taskPolicies', () => {
  it('gives equal policies as the same object', () => {
    const of = taskPolicies(
      resolve([
        { tasks: 'math*', detectors: { breach: { level: 'off' } } },
        { tasks: 'law', score: { worse: 'lower', threshold: 1 } },
      ]),
    )
    expect(of('math-easy')).toBe(of('math-hard'))
    expect(of('math-easy')).not.toBe(of('law'))
    expect(of('law')).toBe(of('history'))
  })

  it('shares equal options between tasks whose policies differ', () => {
    const of = taskPolicies(
      resolve([
        {
          tasks: 'math',
          detectors: { 'cross-task-regression': { options: { minCases: 9 }, margins: { accuracy: 0.1 } } },
        },
        { tasks: 'law', detectors: { 'cross-task-regression': { options: { minCases: 9 } } } },
      ]),
    )
    const policies = ['math', 'law', 'history'].map((task) => of(task).detectors['cross-task-regression'])
    const [math, law, history] = policies
    expect(math).not.toBe(law)
    expect(math?.options).toBe(law?.options)
    expect(history?.options).not.toBe(law?.options)
    expect(of('math').detectors.breach).toBe(of('history').detectors.breach)
  })

  it.each([
    [{ stated: { tag: 'sure' } }, { logprobs: 'mean' as const }, { stated: null, logprobs: 'mean' }],
    [{ logprobs: 'min' as const }, { stated: { tag: 'sure' } }, { stated: { tag: 'sure' }, logprobs: null }],
    [{ logprobs: 'min' as const }, { logprobs: 'sum' as const }, { stated: null, logprobs: 'sum' }],
    [{ logprobs: 'min' as const }, { scale: 'percent' as const }, { stated: null, logprobs: 'min' }],
  ])('confidence has one source: %j, then %j', (first, second, expected) => {
    const of = taskPolicies(
      resolve([
        { tasks: '*', confidence: first },
        { tasks: 'rain', confidence: second },
      ]),
    )
    expect(of('rain').confidence).toMatchObject(expected)
  })

  it('takes a task named __proto__ as any other', () => {
    const of = taskPolicies(resolve([{ tasks: '__*', confidence: { scale: 'percent' } }]))
    expect(of('__proto__').confidence).toEqual({ scale: 'percent', stated: null, logprobs: null })
  })
})

describe('unusedOverrides', () => {
  it('names the globs of overrides and of the selection that match no task, each once', () => {
    const overrides = [{ tasks: 'math*' }, { tasks: 'low*' }, { tasks: 'low*' }]
    const policy = resolve(overrides, { input: { tasks: ['law', 'physics', 'low*'] } })
    expect(unusedOverrides(policy, new Set(['math-easy', 'law']))).toEqual(['low*', 'physics'])
  })

  it('is empty where every glob matches', () => {
    expect(unusedOverrides(resolve([{ tasks: '*' }]), ['law'])).toEqual([])
  })
})
