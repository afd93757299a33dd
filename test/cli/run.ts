import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.js'
import type { Report } from '../../src/domain/report.js'

export const BIN = fileURLToPath(new URL('../../bin/tuneaudit.js', import.meta.url))
const REPORT = 'out.json'

export type Files = Readonly<Record<string, string | Uint8Array>>

export interface Ended {
  /** Null where a signal ended the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Outcome extends Ended {
  readonly report: Report | null
  /** Files that were not there before, the report aside. */
  readonly left: readonly string[]
}

/** Runs `tuneaudit` as a process. */
export function start(args: readonly string[], cwd: string, nodeArgs: readonly string[] = []): ChildProcess {
  const env = { ...process.env, NO_COLOR: '1' }
  return spawn(process.execPath, [...nodeArgs, BIN, ...args], { cwd, stdio: 'pipe', env })
}

export async function ended(child: ChildProcess): Promise<Ended> {
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => parts[name].push(chunk))
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  const text = (name: 'stdout' | 'stderr') => Buffer.concat(parts[name]).toString()
  return { code, stdout: text('stdout'), stderr: text('stderr') }
}

export async function tuneaudit(args: readonly string[], cwd = '.', stdin: string | Uint8Array = ''): Promise<Ended> {
  const child = start(args, cwd)
  child.stdin?.on('error', () => {})
  child.stdin?.end(stdin)
  return ended(child)
}

/** The command line in this process: for tests of many runs that look at no process. */
export async function runHere(args: readonly string[], cwd: string): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        texts[name] += chunk
        done()
      },
    })
  const io = { stdin: process.stdin, stdout: sink('stdout'), stderr: sink('stderr'), env: {}, cwd: () => cwd }
  const code = await main(['node', 'tuneaudit', ...args], { ...io, on: () => {}, off: () => {} })
  return { code, ...texts }
}

/** Calls `use` with a temporary folder that holds the files. */
export async function inFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-cli-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `tuneaudit audit` of before.jsonl and after.jsonl, unless `args` name paths; writes a JSON report too. */
export async function audit(
  files: Files,
  args: readonly string[] = [],
  stdin: string | Uint8Array = '',
): Promise<Outcome> {
  const named = args.includes('--baseline') || args[0]?.startsWith('--') === false
  const arms = named ? [] : ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
  return inFolder(files, async (folder) => {
    const end = await tuneaudit(['audit', ...arms, ...args, '--report', `json=${REPORT}`], folder, stdin)
    return { ...end, ...reportIn(folder, files) }
  })
}

export function reportIn(folder: string, files: Files): Pick<Outcome, 'report' | 'left'> {
  const given = Object.keys(files).map((name) => name.split('/')[0])
  const found = readdirSync(folder)
  const report = found.includes(REPORT) ? JSON.parse(readFileSync(join(folder, REPORT), 'utf8')) : null
  return { report, left: found.filter((name) => name !== REPORT && !given.includes(name)) }
}
