/** Matches a task name against a pattern in which `*` is any run of characters (`/` too) and `?` is one. */
export function taskMatcher(pattern: string): (task: string) => boolean {
  const source = pattern
    .split(/([*?]+)/)
    .map((part) => (/^[*?]/.test(part) ? wildcard(part) : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&')))
    .join('')
  const expression = new RegExp(`^${source}$`, 'su')
  return (task) => expression.test(task)
}

/** A run of wildcards as one bounded piece, so that `****` costs no more than `*`. */
function wildcard(run: string): string {
  const single = run.replaceAll('*', '').length
  return run.includes('*') ? `.{${single},}` : `.{${single}}`
}
