/** Keeps the last bytes of a stream that may be of any length. */
export class Tail {
  private readonly limit: number
  private bytes: Buffer = Buffer.alloc(0)

  constructor(limit: number) {
    this.limit = limit
  }

  add(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk.subarray(-this.limit)]).subarray(-this.limit)
  }

  /** The last line that says something: stack frames are indented, and Node's own version comes after the error. */
  lastLine(): string {
    const lines = this.bytes.toString().split(/[\r\n]+/)
    return lines.findLast((line) => /^[^\s}]/.test(line) && !/^Node\.js v[\d.]+$/.test(line)) ?? ''
  }
}
