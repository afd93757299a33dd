import { type Digest, murmur128 } from '../../src/domain/hash.js'

/** Uniform numbers. */
export interface Random {
  /** In [0, 1), a multiple of 2^-32. */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  /** 32 random bits. */
  bits(): number
}

/** The numbers of a name: every cell has its own, whatever ran before it and beside it. */
export function randomOf(name: string): Random {
  return xoshiro(murmur128(name))
}

/** xoshiro128**. Source: Blackman & Vigna 2018, xoshiro128starstar.c (public domain). */
export function xoshiro(state: Digest): Random {
  let [a, b, c, d] = state
  const bits = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
  const next = () => bits() / 2 ** 32
  return { next, bits, below: (below) => Math.floor(next() * below) }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}
