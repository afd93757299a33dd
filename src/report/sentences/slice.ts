import { printable } from '../../domain/printable.js'
import type { HarmedSlice } from '../../domain/slice.js'

const LONGEST_NAME = 60

/** A slice of the data, as a noun. Safe to print. */
export function sliceTitle({ axis, name }: Pick<HarmedSlice, 'axis' | 'name'>): string {
  const shown = printable(name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`)
  switch (axis) {
    case 'shape':
      return shown === 'several turns' ? 'prompts of several turns' : `prompts with ${shown}`
    case 'language':
      return `prompts in ${shown} script`
    case 'length':
      return `prompts of ${shown}`
    case 'tag':
    case 'domain':
    case 'task':
      return `${axis} ${shown}`
    default:
      return axis satisfies never
  }
}
