import type { SampleHashes, SampleReach } from '../../audit/sample-reach.js'
import type { AnyDetector } from '../../domain/detector.js'
import type { Policy } from '../../domain/policy.js'
import type { Problem } from '../../domain/problem.js'
import type { Arm, PerArm } from '../../domain/record.js'
import type { LogSource } from '../../input/gather.js'
import type { Span } from '../../input/lines.js'
import type { BadLineAt } from '../../input/log-file.js'
import type { Batch } from '../../input/pieces.js'
import type { Compression } from '../../input/source.js'
import type { ShareState } from './state.js'

/** What a thread is told when it starts: plain data, since functions do not cross threads. */
export interface ThreadPlan {
  readonly policy: Policy
  readonly cwd: string
  /** A sheet of labels, or null. */
  readonly labels: string | null
  readonly files: PerArm<readonly SharedFile[]>
  /** Ids, in the run's order. */
  readonly detectors: readonly string[]
  /** URLs of the modules that other detectors than our own come from. */
  readonly plugins: readonly string[]
}

export interface SharedFile {
  readonly path: string
  readonly compression: Compression | null
  /** The format's id. */
  readonly format: string
  readonly companions: LogSource['companions']
  readonly provider: string | null
}

/** Where a record stands: for reading it a second time. */
export interface Located {
  readonly arm: Arm
  /** Of the arm's files. */
  readonly file: number
  readonly span: Span
}

export type Task =
  /** Forget what was counted: the reading begins again. */
  | { readonly kind: 'begin' }
  /** From now on records are read again, from these descriptors of the process. */
  | { readonly kind: 'reread'; readonly descriptors: PerArm<readonly number[]> }
  /** Pair and observe what is whole in a batch. */
  | { readonly kind: 'pair'; readonly batch: Batch }
  /** Count the records of a batch, and say where they stand. */
  | { readonly kind: 'index'; readonly batch: Batch }
  /** Observe the cases of groups of records that share a hash. */
  | { readonly kind: 'observe'; readonly groups: readonly (readonly Located[])[] }
  /** Say what is sampled. */
  | { readonly kind: 'sampled' }
  /** Let go of what is sampled beyond, and sample no more of it. */
  | { readonly kind: 'reach'; readonly reaches: readonly SampleReach[] }
  /** Say what was counted. */
  | { readonly kind: 'end' }

/** A record that may belong to a case which goes on elsewhere, and the bytes of its line. */
export interface Left {
  readonly file: number
  readonly span: Span
  readonly bytes: Uint8Array
}

export interface Paired {
  /** Of the cases that were observed: two words each. */
  readonly digests: Uint32Array
  readonly left: PerArm<readonly Left[]>
}

export interface Noted {
  /** Hash of the key, file, offset, place in its row, bytes and line of each record. */
  readonly records: PerArm<Float64Array>
}

export interface Answer {
  /** What stopped the reading, in the place where it stood. */
  readonly problem: Problem | null
  readonly badLines: PerArm<readonly BadLineAt[]>
  /** Null where records of one case do not follow each other. */
  readonly paired: Paired | null
  readonly noted: Noted | null
  readonly sampled: readonly SampleHashes[] | null
  /** Read when it is asked for: by then its thread may have ended. */
  readonly state: (() => ShareState) | null
}

export interface Request {
  readonly number: number
  readonly task: Task
}

export type Reply =
  /** Of what was counted, as `ShareCodec` writes it, before the answer to the same request. */
  | { readonly number: number; readonly part: Uint8Array<ArrayBuffer> }
  | { readonly number: number; readonly answer: Omit<Answer, 'state'> }
  /** A bug of ours. */
  | { readonly number: number; readonly stack: string }

export type Detectors = readonly AnyDetector[]
