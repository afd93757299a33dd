import type { AnyDetector } from '../domain/detector.js'
import type { Exhibit } from '../domain/report.js'
import type { EstimateTask } from './estimate-task.js'
import { Group } from './leave-out.js'
import type { Observed } from './observation.js'
import { tasksOf } from './questions.js'

/** What pictures need, per task, and pooled where all tasks were counted in the same way. */
export function exhibitsOf(detector: AnyDetector, observation: Observed): Exhibit[] {
  const tasks = tasksOf(detector, observation, [])
  const alike = new Set(tasks.map(({ tally }) => tally.prepared)).size === 1
  return [
    ...(alike ? exhibits(detector, null, tasks) : []),
    ...(tasks.length < 2 ? [] : tasks.flatMap((task) => exhibits(detector, task.task, [task]))),
  ]
}

function exhibits({ id }: AnyDetector, task: string | null, tasks: readonly EstimateTask[]): Exhibit[] {
  const group = new Group(
    tasks.map(({ tally }) => tally),
    [],
  )
  const halves = [group.sumsOf((bucket) => bucket % 2 === 0), group.sumsOf((bucket) => bucket % 2 === 1)] as const
  const sampled = tasks.flatMap(({ tally }) => tally.sample.cases)
  return tasks[0]!.tally.prepared.exhibits.flatMap(({ kind, of }) => {
    const data = of(group.whole, halves, sampled)
    return data === null ? [] : [{ detector: id, task, kind, data }]
  })
}
