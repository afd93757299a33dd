export interface Peeked {
  /** At least as many bytes as asked for, fewer only where the data end. */
  readonly head: Buffer
  /** Everything, the head too. */
  readonly chunks: AsyncIterable<Buffer>
}

/** Looks at the first bytes. Whoever does not read on must end `iterator` himself. */
export async function peek(iterator: AsyncIterator<Buffer>, bytes: number): Promise<Peeked> {
  const seen: Buffer[] = []
  for (let length = 0; length < bytes; ) {
    const { done, value } = await iterator.next()
    if (done) break
    seen.push(value)
    length += value.length
  }
  const head = seen.length === 1 ? seen[0]! : Buffer.concat(seen)
  return { head, chunks: { [Symbol.asyncIterator]: () => resumed(seen, iterator) } }
}

async function* resumed(seen: readonly Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* seen
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
}
