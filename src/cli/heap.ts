import { setFlagsFromString } from 'node:v8'

/** What the heap may grow by, in percent of what lives in it, before V8 looks for old objects that died. */
const GROWTH = 20

/**
 * For a process that is the program's own, before it makes threads. V8 would let the heap grow fourfold, and most of what
 * gets old here dies soon after: cases that were sampled and pushed out again. And it would learn, in some runs, from the
 * first records, read while the heap is smallest, that records live long, and make all later ones old from the beginning:
 * dead at once, and each keeping its texts until old objects are looked through.
 */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
  setFlagsFromString('--no-allocation-site-pretenuring')
}
