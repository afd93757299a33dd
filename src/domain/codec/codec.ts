import type { Json } from '../json.js'

/**
 * How what was counted is written as plain JSON and read again: exactly, and never trusting what is read. The same data
 * go to files and between threads.
 */
export interface Codec<T> {
  write(value: T): Json
  /** Throws Malformed. */
  read(json: unknown): T
}

/** What was read is not what a codec writes; `path` leads to it. */
export class Malformed extends Error {
  readonly path: readonly string[]

  constructor(what: string, path: readonly string[] = []) {
    super(what)
    this.path = path
  }

  /** `a.b.3: no whole number` */
  get explained(): string {
    return this.path.length === 0 ? this.message : `${this.path.join('.')}: ${this.message}`
  }
}

/** Reads a part, and says where it stood if it is malformed. */
export function within<T>(step: string | number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Malformed) throw new Malformed(error.message, [String(step), ...error.path])
    throw error
  }
}
