/** How far a run is, in bytes of its files. */
export class Meter {
  bytes = 0
  total = 0
  private size = 0

  /** A file that is going to be read. */
  expect(bytes: number): void {
    this.size += bytes
    this.total += bytes
  }

  read(bytes: number): void {
    this.bytes += bytes
  }

  /** Every file is going to be read so often again. */
  again(times: number): void {
    this.total = this.bytes + times * this.size
  }
}
