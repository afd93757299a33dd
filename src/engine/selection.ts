import { taskMatcher } from '../domain/glob.js'
import type { Policy } from '../domain/policy.js'

/** Whether `--tasks` selects a task; remembers its answers, since most records share few tasks. */
export function taskSelector({ input: { tasks } }: Policy): (task: string) => boolean {
  if (tasks === null) return () => true
  const matchers = tasks.map(taskMatcher)
  const known = new Map<string, boolean>()
  return (task) => {
    const seen = known.get(task)
    if (seen !== undefined) return seen
    const selected = matchers.some((matches) => matches(task))
    known.set(task, selected)
    return selected
  }
}
