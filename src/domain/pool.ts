import { type TaskPool, type TaskValue, type Unmeasured, unmeasured, type Value } from './measure.js'

/** Plain mean of the tasks' values. */
export const byTasks: TaskPool = { weight: () => 1, of: (tasks) => weightedMean(tasks, byTasks.weight) }

/** Mean of the tasks' values, each weighted by its cases. */
export const byCases: TaskPool = { weight: ({ cases }) => cases, of: (tasks) => weightedMean(tasks, byCases.weight) }

function weightedMean(tasks: readonly TaskValue[], weight: TaskPool['weight']): Value | Unmeasured {
  // One task's details are the pooled value's too.
  if (tasks.length === 1) return tasks[0]!.value
  let total = 0
  let baseline = 0
  let tuned = 0
  let change = 0
  let arms = true
  for (const task of tasks) {
    const w = weight(task)
    total += w
    if (task.value.kind === 'arms') {
      baseline += w * task.value.baseline
      tuned += w * task.value.tuned
    } else {
      arms = false
      change += w * task.value.change
    }
  }
  if (total === 0) return unmeasured({ code: 'too-few', what: 'tasks', have: 0, need: 1 })
  if (!arms) return { kind: 'change', change: change / total }
  return { kind: 'arms', baseline: baseline / total, tuned: tuned / total }
}
