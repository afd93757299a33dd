import { describe, expect, it } from 'vitest'
import { isDefined, type LeftOut, type WithoutBucket } from '../../src/audit/leave-out.js'
import { poolLeftOut, type TaskLeftOut } from '../../src/audit/pool-left-out.js'
import type { TaskPool, TaskValue } from '../../src/domain/measure.js'

const change = (value: number) => ({ kind: 'change', change: value }) as const
const unmeasured = { kind: 'unmeasured', reason: { code: 'nothing-changed' } } as const
const changeOf = ({ value }: TaskValue) => (value.kind === 'change' ? value.change : Number.NaN)

/** The mean over tasks, weighted by twice their cases; says how many tasks it saw by its details. */
const POOL: TaskPool = {
  weight: ({ cases }) => 2 * cases,
  of: (tasks) => {
    const total = tasks.reduce((sum, { cases }) => sum + cases, 0)
    const mean = tasks.reduce((sum, task) => sum + (task.cases / total) * changeOf(task), 0)
    return { ...change(mean), details: { tasks: tasks.map(({ task }) => task) } }
  },
}

const bucket = (cases: number, value: WithoutBucket['value']): WithoutBucket => ({ cases, share: cases, value })

const coast: TaskLeftOut = {
  task: 'coast',
  cases: 8,
  whole: change(0.5),
  without: new Map([
    [9, bucket(4, change(0.25))],
    [2, bucket(4, change(0.75))],
  ]),
}
const inland: TaskLeftOut = {
  task: 'inland',
  cases: 2,
  whole: change(1),
  without: new Map([[2, bucket(2, 'emptied')]]),
}

describe('poolLeftOut', () => {
  const pooled = () => poolLeftOut([coast, inland], POOL)

  it('pools the values of all tasks, whole', () => {
    expect(pooled().cases).toBe(10)
    expect(pooled().whole).toEqual({ ...change(0.8 * 0.5 + 0.2), details: { tasks: ['coast', 'inland'] } })
  })

  it('leaves each bucket out of every task at once, in order', () => {
    expect([...pooled().without.keys()]).toEqual([2, 9])
  })

  it('drops a task that the deletion empties, and counts the cases that are left of the others', () => {
    expect(pooled().without.get(2)!.value).toEqual({ ...change(0.75), details: { tasks: ['coast'] } })
    // Four of the coast's eight cases are left, and both inland.
    const both = { tasks: ['coast', 'inland'] }
    expect(pooled().without.get(9)!.value).toEqual({ ...change((4 / 6) * 0.25 + 2 / 6), details: both })
  })

  it('takes a bucket for its part of each task, by the task’s weight', () => {
    expect(pooled().without.get(2)).toMatchObject({ cases: 6, share: 16 * (4 / 8) + 4 * (2 / 2) })
    expect(pooled().without.get(9)).toMatchObject({ cases: 4, share: 16 * (4 / 8) })
  })

  it('drops a task that is not measured without the bucket', () => {
    const fragile = { ...inland, without: new Map([[2, bucket(1, unmeasured)]]) }
    expect(poolLeftOut([coast, fragile], POOL).without.get(2)!.value).toMatchObject({ details: { tasks: ['coast'] } })
  })

  it('is emptied by a bucket that leaves no task anything', () => {
    expect(poolLeftOut([inland], POOL).without.get(2)!.value).toBe('emptied')
  })
})

describe('isDefined', () => {
  const left = (whole: LeftOut['whole'], ...values: WithoutBucket['value'][]): LeftOut => ({
    whole,
    cases: 4,
    without: new Map(values.map((value, i) => [i, bucket(1, value)])),
  })

  it('asks for a value, whole and without each bucket that leaves something', () => {
    expect(isDefined(left(change(1), change(1), change(2)))).toBe(true)
    expect(isDefined(left(change(1), 'emptied'))).toBe(true)
    expect(isDefined(left(change(1), change(1), unmeasured))).toBe(false)
    expect(isDefined(left(unmeasured, change(1)))).toBe(false)
  })
})
