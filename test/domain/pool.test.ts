import { describe, expect, it } from 'vitest'
import type { TaskValue } from '../../src/domain/measure.js'
import { byCases, byTasks } from '../../src/domain/pool.js'

const coast: TaskValue = { task: 'coast', cases: 30, value: { kind: 'arms', baseline: 0.9, tuned: 0.6 } }
const inland: TaskValue = { task: 'inland', cases: 10, value: { kind: 'arms', baseline: 0.5, tuned: 0.6 } }
const shift = (task: string, cases: number, change: number): TaskValue => ({
  task,
  cases,
  value: { kind: 'change', change },
})

describe('pooling', () => {
  it('byTasks counts every task alike, byCases by its cases', () => {
    expect(byTasks.of([coast, inland])).toEqual({ kind: 'arms', baseline: 0.7, tuned: 0.6 })
    expect(byCases.of([coast, inland])).toMatchObject({
      baseline: expect.closeTo(0.8, 12),
      tuned: expect.closeTo(0.6, 12),
    })
  })

  it('keeps measures that are one number of the pair as one number', () => {
    expect(byTasks.of([shift('coast', 30, 0.2), shift('inland', 10, 0.4)])).toMatchObject({
      kind: 'change',
      change: expect.closeTo(0.3, 12),
    })
  })

  it('has no value without tasks', () => {
    expect(byTasks.of([])).toMatchObject({ kind: 'unmeasured' })
  })
})
