import type { TaskPool, TaskValue, Value } from '../domain/measure.js'
import type { LeftOut, WithoutBucket } from './leave-out.js'

export interface TaskLeftOut extends LeftOut {
  readonly task: string
}

/** The same over tasks whose values are pooled by a function; every task is left without the bucket at once. */
export function poolLeftOut(tasks: readonly TaskLeftOut[], pool: TaskPool): LeftOut {
  const buckets = new Set(tasks.flatMap((task) => [...task.without.keys()]))
  const without = new Map<number, WithoutBucket>()
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    const values = tasks.flatMap((task) => taskWithout(task, bucket))
    const cases = tasks.reduce((total, task) => total + casesOf(task, bucket), 0)
    const share = tasks.reduce(
      (total, task) => total + (pool.weight(taskValueOf(task)) * casesOf(task, bucket)) / task.cases,
      0,
    )
    without.set(bucket, { cases, share, value: values.length === 0 ? 'emptied' : pool.of(values) })
  }
  const cases = tasks.reduce((total, task) => total + task.cases, 0)
  return { whole: pool.of(tasks.map(taskValueOf)), cases, without }
}

function casesOf({ without }: TaskLeftOut, bucket: number): number {
  return without.get(bucket)?.cases ?? 0
}

/** A task's own value; only measured tasks are pooled. */
export function taskValueOf({ task, cases, whole }: TaskLeftOut): TaskValue {
  return { task, cases, value: whole as Value }
}

/** A task emptied by the deletion drops out of the mean. */
function taskWithout({ task, cases, whole, without }: TaskLeftOut, bucket: number): TaskValue[] {
  const left = without.get(bucket)
  const value = left === undefined ? whole : left.value
  if (value === 'emptied' || value.kind === 'unmeasured') return []
  return [{ task, cases: cases - (left?.cases ?? 0), value }]
}
