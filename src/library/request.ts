import { Readable } from 'node:stream'
import type * as engine from '../engine/read.js'
import { type PolicyRequest, type Resolved, resolvePolicy } from './policy.js'

/** Both arms, and the policy: resolved before, or by what `PolicyRequest` says. */
export interface ReadRequest extends PolicyRequest {
  /** Outputs before tuning: files, globs or directories, in any format that the command reads. */
  readonly baseline: string | readonly string[]
  /** Outputs after tuning, likewise. */
  readonly tuned: string | readonly string[]
  /** Stands for `config`, `detectors`, `today` and `exec`. */
  readonly policy?: Resolved
  /** A spreadsheet of labels, as `--labels`. */
  readonly labels?: string
  /** Where compressed files in another order are kept meanwhile. Default: the system's folder. */
  readonly tempDir?: string
  /** Ends the run: it throws. */
  readonly signal?: AbortSignal
}

/** What the engine is asked, and how the policy came about. */
export async function engineRequest(request: ReadRequest): Promise<{ asked: engine.ReadRequest; resolved: Resolved }> {
  const { baseline, tuned, labels = null, cwd = '.', tempDir, signal } = request
  const resolved = request.policy ?? (await resolvePolicy(request))
  const { policy, detectors, plugins } = resolved
  const asked = {
    paths: { baseline: [baseline].flat(), tuned: [tuned].flat() },
    ...{ labels, cwd, policy, detectors, plugins },
    stdin: Readable.from([]),
    ...(tempDir === undefined ? {} : { tempDir }),
    ...(signal === undefined ? {} : { signal }),
  }
  return { asked, resolved }
}
