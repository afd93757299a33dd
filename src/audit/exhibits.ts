import type { AnyDetector } from '../domain/detector.js'
import type { Exhibit } from '../domain/report.js'
import { Group } from './leave-out.js'
import type { Observation } from './observation.js'
import { tasksOf } from './questions.js'

/** What pictures need, pooled and per task. */
export function exhibitsOf(detector: AnyDetector, observation: Observation): Exhibit[] {
  const tasks = tasksOf(detector, observation, [])
  if (tasks.length === 0) return []
  const makers = tasks[0]!.tally.prepared.exhibits
  const scopes =
    tasks.length < 2
      ? [{ task: null, of: tasks }]
      : [{ task: null, of: tasks }, ...tasks.map((task) => ({ task: task.task, of: [task] }))]
  return makers.flatMap(({ kind, of }) =>
    scopes.flatMap((scope) => {
      const group = new Group(
        scope.of.map(({ tally }) => tally),
        [],
      )
      const data = of(group.whole, [
        group.sumsOf((bucket) => bucket % 2 === 0),
        group.sumsOf((bucket) => bucket % 2 === 1),
      ])
      return data === null ? [] : [{ detector: detector.id, task: scope.task, kind, data }]
    }),
  )
}
