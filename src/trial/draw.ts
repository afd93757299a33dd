/**
 * A number in [0, 1) that depends on nothing but the seed, the run and what it is drawn for: the same in any order and on
 * any number of threads. The finaliser of MurmurHash3 over the three, as a counter-based generator.
 * Source: Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3 (SC11), for the idea.
 */
export function drawn(seed: number, run: number, what: number): number {
  return mixed(mixed(mixed(seed ^ 0x9e3779b9) ^ run) ^ what) / 2 ** 32
}

function mixed(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16) ^ Math.imul(h, 0x27d4eb2f)) >>> 0
}
