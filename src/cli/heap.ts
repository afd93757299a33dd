import { setFlagsFromString } from 'node:v8'

/** What the heap may grow by, in percent of what lives in it, before V8 looks for old objects that died. */
const GROWTH = 40

/**
 * For a process that is the program's own. V8 would let the heap grow fourfold, and most of what gets old here dies soon
 * after: cases that were sampled and pushed out again.
 */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
}
