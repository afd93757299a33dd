import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

export interface Block {
  readonly language: string
  readonly lines: readonly string[]
}

/** The fenced blocks of a Markdown file. */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(resolve(root, file), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    lines: body.split('\n').slice(0, -1),
  }))
}

export interface Transcript {
  readonly command: string
  readonly output: string
}

/** `$ command` and what follows it, up to the next command. */
export function transcriptsOf({ lines }: Block): Transcript[] {
  const starts = lines.flatMap((line, i) => (line.startsWith('$ ') ? [i] : []))
  return starts.map((start, i) => ({
    command: lines[start]!.slice(2),
    output: lines.slice(start + 1, starts[i + 1] ?? lines.length).join('\n'),
  }))
}

/** Standard output, then standard error, as a reader sees them in a terminal without colours. */
export function runShell(command: string): string {
  const env = { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'silent' }
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: root, env, encoding: 'utf8' })
  return (stdout + stderr).trimEnd()
}
