import { parentPort } from 'node:worker_threads'
import type { Cell, Result } from './cell.js'
import { isCurrent, simulate } from './simulate.js'

/** A cell, and what an earlier study found of it. */
export interface Job {
  readonly cell: Cell
  readonly known: Result | null
}

parentPort?.on('message', ({ cell, known }: Job) => {
  parentPort?.postMessage(known !== null && isCurrent(known) ? known : simulate(cell))
})
