import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { VerifierSpec } from '../../domain/verification.js'

/** How a verifier is started. */
export interface Start {
  /** As the user named it. */
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly directory: string
  /** The descriptor that answers come from. */
  readonly answers: 1 | 3
}

/**
 * Plain JavaScript, which Node runs from src as from dist. A file rather than text for --eval: that flag puts `require`
 * and all of Node's modules into the global scope, or with --input-type keeps what it runs from starting workers.
 */
const RUNNER = fileURLToPath(new URL('./runner.js', import.meta.url))

/** A module answers on a descriptor of its own, so that nothing it prints can be taken for an answer. */
export function startOf(spec: VerifierSpec, cwd: string): Start {
  if ('module' in spec) {
    const url = pathToFileURL(resolve(cwd, spec.module)).href
    return { name: spec.module, file: process.execPath, args: [RUNNER, url], directory: cwd, answers: 3 }
  }
  const [file = '', ...args] = spec.command
  return { name: file, file, args, directory: resolve(cwd, spec.directory), answers: 1 }
}
