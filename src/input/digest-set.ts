import type { Digest } from '../domain/hash.js'

/** A set of 64-bit digests in flat memory: 8 bytes an entry at 35–70 % load. It may err towards "has", at 2^-64. */
export class DigestSet {
  private slots = new Uint32Array(2 * 1024)
  private size = 0

  has(digest: Digest): boolean {
    const at = this.find(this.slots, digest[0], mark(digest))
    return this.slots[at + 1] !== 0
  }

  add(digest: Digest): void {
    const at = this.find(this.slots, digest[0], mark(digest))
    if (this.slots[at + 1] !== 0) return
    this.slots[at] = digest[0]
    this.slots[at + 1] = mark(digest)
    this.size++
    if (this.size * 10 > (this.slots.length / 2) * 7) this.grow()
  }

  private grow(): void {
    const larger = new Uint32Array(this.slots.length * 2)
    for (let i = 0; i < this.slots.length; i += 2) {
      if (this.slots[i + 1] === 0) continue
      const at = this.find(larger, this.slots[i]!, this.slots[i + 1]!)
      larger[at] = this.slots[i]!
      larger[at + 1] = this.slots[i + 1]!
    }
    this.slots = larger
  }

  /** The slot that holds the entry, or the empty one where it belongs. */
  private find(slots: Uint32Array, high: number, low: number): number {
    const entries = slots.length / 2
    let entry = (high ^ low) & (entries - 1)
    while (slots[2 * entry + 1] !== 0 && !(slots[2 * entry] === high && slots[2 * entry + 1] === low)) {
      entry = (entry + 1) & (entries - 1)
    }
    return 2 * entry
  }
}

/** The second word; never 0, which marks an empty slot. */
function mark(digest: Digest): number {
  return digest[1] === 0 ? 1 : digest[1]
}
