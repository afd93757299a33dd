import { everyEvalEver } from './every-eval-ever.js'
import { native } from './native.js'
import type { Writer } from './writer.js'

/** Forms that logs are converted into. */
export const WRITERS: readonly Writer[] = [native, everyEvalEver]
