/** Hands items from a producer to a consumer, one at a time: `put` resolves when the next one is wanted. */
export class Channel<T> {
  private waiting: T[] = []
  private ended: { readonly error: unknown } | 'whole' | null = null
  private closed = false
  private wake = () => {}
  private release = () => {}

  async put(item: T): Promise<void> {
    if (this.closed) return
    this.waiting.push(item)
    const taken = new Promise<void>((resolve) => {
      this.release = resolve
    })
    this.wake()
    await taken
  }

  /** No more items; an error is thrown after the last one. */
  end(failure: { readonly error: unknown } | null): void {
    this.ended = failure ?? 'whole'
    this.wake()
  }

  /** The consumer wants nothing more. */
  close(): void {
    this.closed = true
    this.release()
  }

  async *items(): AsyncGenerator<T, void> {
    while (true) {
      for (const item of this.waiting.splice(0)) yield item
      if (this.waiting.length === 0 && this.ended !== null) break
      const next = new Promise<void>((resolve) => {
        this.wake = resolve
      })
      this.release()
      await next
    }
    if (this.ended !== 'whole' && this.ended !== null) throw this.ended.error
  }
}
