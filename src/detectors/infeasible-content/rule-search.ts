/** Up to here the engine's own search is at most this many times slower than one pass. */
export const SHORT = 256

/**
 * Whether `part` stands in `text`, in time linear in both. The engine's own search takes |text| · |part| steps at worst
 * (47 s for half a megabyte of "a" with one "b", sought in a megabyte of "a"); this is Knuth, Morris & Pratt 1977.
 */
export function includesLinear(text: string, part: string): boolean {
  if (part.length <= SHORT) return text.includes(part)
  const borders = bordersOf(part)
  let matched = 0
  for (let i = 0; i < text.length; i++) {
    matched = extended(part, borders, matched, text.charCodeAt(i))
    if (matched === part.length) return true
  }
  return false
}

/** For each prefix the length of its longest proper prefix that is its suffix too. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length)
  for (let i = 1; i < part.length; i++) borders[i] = extended(part, borders, borders[i - 1]!, part.charCodeAt(i))
  return borders
}

/** How much of `part` the text matches after one more unit, `matched` units having matched before it. */
function extended(part: string, borders: Int32Array, matched: number, unit: number): number {
  let length = matched
  while (length > 0 && part.charCodeAt(length) !== unit) length = borders[length - 1]!
  return part.charCodeAt(length) === unit ? length + 1 : 0
}
