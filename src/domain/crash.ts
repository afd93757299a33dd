/** A detector that threw where nothing goes on without it. */
export class DetectorCrash extends Error {
  readonly detector: string

  constructor(detector: string, cause: unknown) {
    super(`${detector} crashed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'DetectorCrash'
    this.detector = detector
  }
}
