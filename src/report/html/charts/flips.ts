import type { Json } from '../../../domain/json.js'
import { stackedBar } from '../bars.js'
import type { Context } from '../context.js'
import { numberAt } from '../data.js'
import { html, type Markup, name } from '../markup.js'

export interface Flips {
  readonly task: string | null
  readonly data: Json
}

const PARTS = [
  { key: 'bothRight', kind: 'rr', title: 'right, right' },
  { key: 'negativeFlips', kind: 'rw', title: 'right, wrong' },
  { key: 'positiveFlips', kind: 'wr', title: 'wrong, right' },
  { key: 'bothWrong', kind: 'ww', title: 'wrong, wrong' },
] as const

/** Right and wrong before and after, over all and per task. */
export function flips(all: readonly Flips[], { marks }: Context, detector: string): Markup | null {
  const rows = all.flatMap(({ task, data }) => {
    const cases = numberAt(data, 'cases')
    const parts = PARTS.map(({ key, kind }) => ({ kind, count: numberAt(data, key) }))
    if (cases === null || parts.some(({ count }) => count === null)) return []
    const shares = parts.map(({ kind, count }) => ({ kind, share: count! / cases }))
    return [
      html`<tr ${task === null ? null : marks({ detector, task })}><th scope="row">${task === null ? 'all' : name(task)}</th><td class="bar">${stackedBar(shares)}</td>${parts.map(({ count }) => html`<td class="num">${rounded(count!)}</td>`)}</tr>`,
    ]
  })
  if (rows.length === 0) return null
  const heads = PARTS.map(
    ({ kind, title }) => html`<th scope="col" class="num"><span class="key ${kind}"></span> ${title}</th>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Right and wrong before and after"><table class="small"><thead><tr><th scope="col">Task</th><th scope="col" class="bar">Share</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** Cases with repeats count in parts. */
function rounded(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(2)
}
