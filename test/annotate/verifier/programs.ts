import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { afterAll, afterEach } from 'vitest'
import { openVerifier, type Verifier } from '../../../src/annotate/verifier/index.js'
import { LIMITS, type Limits } from '../../../src/annotate/verifier/limits.js'
import type { Verification, VerifierRequest, VerifierSource } from '../../../src/domain/verification.js'

/** What a program needs to answer lines; `answer` takes a value, `print` text. */
const LINES = `import { spawn } from 'node:child_process'
import { closeSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
const lines = createInterface({ input: process.stdin })
const print = (text) => process.stdout.write(text)
const answer = (value) => print(JSON.stringify(value) + '\\n')
let heard = 0
`

interface Patient extends Partial<Limits> {
  readonly timeoutMs?: number
}

/** Writes the programs that a user might have written, and opens them as verifiers; all are closed after the test. */
export function usePrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-verifier-'))
  const open: Verifier[] = []
  let files = 0
  afterEach(() => Promise.all(open.splice(0).map((verifier) => verifier.close())))
  afterAll(() => rmSync(folder, { recursive: true }))

  const write = (text: string): string => {
    const name = `tides-${files++}.mjs`
    writeFileSync(join(folder, name), text)
    return name
  }
  const verifier = (source: VerifierSource, { timeoutMs = 700, ...limits }: Patient = {}): Verifier => {
    open.push(openVerifier({ ...source, timeoutMs }, folder, { ...LIMITS, ...limits }))
    return open.at(-1)!
  }
  return {
    folder,
    write,
    verifier,
    /** A program that does `body` with each `line`, whose request has this `output`. */
    program: (body: string, patient?: Patient) => {
      const name = write(
        `${LINES}lines.on('line', async (line) => { heard++; const { output } = JSON.parse(line)\n${body}\n})`,
      )
      return verifier({ command: [execPath, name], directory: '.' }, patient)
    },
    module: (text: string, patient?: Patient) => verifier({ module: write(text) }, patient),
  }
}

export function requestOf(output: string): VerifierRequest {
  return { task: 'tides', id: 't-1', prompt: 'High tide?', reference: undefined, output, value: null, record: {} }
}

export async function ask(verifier: Verifier, outputs: readonly string[]): Promise<Verification[]> {
  const said: Verification[] = []
  for (const output of outputs) said.push(await verifier.verify(requestOf(output)))
  return said
}

/** `yes`, `no` or the code of the fault, for each output. */
export async function verdicts(verifier: Verifier, outputs: readonly string[]): Promise<string[]> {
  const said = await ask(verifier, outputs)
  return said.map((one) => (one.kind === 'fault' ? one.code : one.feasible ? 'yes' : 'no'))
}

/** The fault, as `code: message`. */
export async function faultOf(verifier: Verifier, output: string): Promise<string> {
  const said = await verifier.verify(requestOf(output))
  return said.kind === 'fault' ? `${said.code}: ${said.message}` : said.kind
}
