/** The known name nearest by edit distance, a part of a name counting as near; null where none is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(name.length / 2)) + 1
  for (const candidate of known) {
    const distance = distanceOf(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function distanceOf(name: string, candidate: string): number {
  const isPart = name.length > 2 && candidate.includes(name)
  return isPart ? Math.min(2, editDistance(name, candidate)) : editDistance(name, candidate)
}

/** Levenshtein distance in UTF-16 code units; names longer than 200 are compared by their beginning. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 200)
  const b = right.slice(0, 200)
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
