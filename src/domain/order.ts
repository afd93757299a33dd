/** Order by UTF-16 code unit: the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function sortedBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  return [...items].sort((a, b) => byCodeUnit(key(a), key(b)))
}

/** The items that are smallest by `compare`, at most `limit` of them, in order: the same whatever order they came in. */
export class Smallest<T> {
  readonly items: T[] = []
  private readonly limit: number
  private readonly compare: (a: T, b: T) => number

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.limit = limit
    this.compare = compare
  }

  add(item: T): void {
    const last = this.items[this.limit - 1]
    if (last !== undefined && this.compare(item, last) >= 0) return
    this.items.splice(this.placeOf(item), 0, item)
    if (this.items.length > this.limit) this.items.pop()
  }

  merge(other: Smallest<T>): void {
    for (const item of other.items) this.add(item)
  }

  /** After all that are no larger. */
  private placeOf(item: T): number {
    let from = 0
    let to = this.items.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.compare(item, this.items[middle]!) < 0) to = middle
      else from = middle + 1
    }
    return from
  }
}
