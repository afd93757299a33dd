/** Memory is made in multiples of this, so that what comes back fits what is asked for next. */
const GRAIN = 1 << 17

/**
 * Memory that every thread sees, lent for what one of them reads, and lent again once it comes back. V8 counts memory of
 * one thread's own as growth of its heap: made anew for each batch, it would be most of that growth.
 */
export class SharedMemory {
  private readonly free: SharedArrayBuffer[] = []

  lend(bytes: number): Uint8Array<SharedArrayBuffer> {
    return new Uint8Array(this.takeFree(bytes) ?? new SharedArrayBuffer(Math.ceil(bytes / GRAIN) * GRAIN), 0, bytes)
  }

  giveBack({ buffer }: Uint8Array<SharedArrayBuffer>): void {
    this.free.push(buffer)
  }

  /** Where none is large enough, a larger one takes the place of one. */
  private takeFree(bytes: number): SharedArrayBuffer | undefined {
    const fitting = this.free.findIndex(({ byteLength }) => byteLength >= bytes)
    const [taken] = this.free.splice(Math.max(fitting, 0), 1)
    return fitting === -1 ? undefined : taken
  }
}
