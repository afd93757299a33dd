import { Chalk, type ChalkInstance } from 'chalk'
import type { Status } from '../../domain/finding.js'
import type { Verdict } from '../../domain/report.js'

export interface Paint {
  readonly bold: ChalkInstance
  readonly dim: ChalkInstance
  readonly of: Readonly<Record<Verdict | Status, ChalkInstance>>
}

/** Colours repeat what words say. */
export function paintOf(color: boolean): Paint {
  const chalk = new Chalk({ level: color ? 1 : 0 })
  const { green, red, yellow, magenta, dim, bold } = chalk
  return {
    bold,
    dim,
    of: { pass: green, fail: red, inconclusive: yellow, error: magenta, noted: dim, unmeasured: dim },
  }
}
