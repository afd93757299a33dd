import { count, defineColumns } from '../../domain/tally.js'

export const { list: columns, at } = defineColumns({
  cases: count(),
  /** Cases whose baseline outputs each have a reference or are judged right or wrong. */
  verifiable: count(),
})
