import type { KeptExample } from './examples.js'

/** Where a case stands in a sample. */
export interface SamplePlace {
  /** By which cases are chosen: independent of the bucket and of the case's content. */
  readonly hash: number
  readonly id: string
  readonly bucket: number
}

/** What is kept of a case. */
export interface SampledContent {
  /** What the detector asked to keep. */
  readonly features: unknown
  /** By measure. */
  readonly examples: readonly (readonly [measure: string, example: KeptExample])[]
}

export interface SampledCase extends SamplePlace, SampledContent {}

export interface Waiting {
  /** Characters that `make` holds. */
  readonly size: number
  readonly make: () => SampledContent
}

/** A case whose content is made when it is asked for: most cases are pushed out of the sample before. */
export class WaitingCase implements SampledCase {
  readonly hash: number
  readonly id: string
  readonly bucket: number
  private readonly size: number
  private content: SampledContent | (() => SampledContent)

  constructor({ hash, id, bucket }: SamplePlace, { size, make }: Waiting) {
    this.hash = hash
    this.id = id
    this.bucket = bucket
    this.size = size
    this.content = make
  }

  /** Characters that are held until the content is made. */
  get waiting(): number {
    return typeof this.content === 'function' ? this.size : 0
  }

  get features(): unknown {
    return this.settled().features
  }

  get examples(): SampledContent['examples'] {
    return this.settled().examples
  }

  settled(): SampledContent {
    if (typeof this.content === 'function') this.content = this.content()
    return this.content
  }
}
