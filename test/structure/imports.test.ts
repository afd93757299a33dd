import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// Who may import whom, from the design. What a folder may not import, it cannot come to depend on.
const NODE_IO = ['node:fs', 'node:path', 'node:os', 'node:stream', 'node:zlib', 'node:crypto', 'node:buffer']
const TABLE: Record<string, readonly string[]> = {
  domain: ['domain'],
  stats: ['domain', 'stats', 'simple-statistics'],
  detectors: ['domain', 'stats', 'ajv'],
  input: ['domain', 'input', 'ajv', 'tinyglobby', ...NODE_IO],
  config: ['domain', 'config', 'ajv', 'yaml', 'node:fs', 'node:path'],
  audit: ['domain', 'stats', 'audit'],
  engine: ['domain', 'audit', 'input', 'config', 'engine', 'node:stream'],
  report: ['domain', 'report', 'chalk'],
  commands: [
    'domain',
    'config',
    'audit',
    'input',
    'engine',
    'detectors',
    'report',
    'commands',
    'node:fs',
    'node:path',
    'node:stream',
  ],
  cli: ['domain', 'audit', 'engine', 'commands', 'cli', 'commander', 'node:fs'],
}

const root = resolve(import.meta.dirname, '../../src')

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
  return importedFiles.map(({ fileName }) => fileName)
}

/** The folder of src that an import leads to, or the package's name. */
function target(file: string, name: string): string {
  if (!name.startsWith('.')) return name
  return relative(root, resolve(root, dirname(file), name)).split('/')[0]!
}

describe('the import table', () => {
  it.each(files.filter((file) => file.includes('/')))('%s imports only what its folder may', (file) => {
    const folder = file.split('/')[0]!
    const allowed = new Set(TABLE[folder])
    if (file === 'detectors/index.ts') allowed.add('detectors')
    expect(importsOf(file).filter((name) => !allowed.has(target(file, name)))).toEqual([])
  })

  it('no detector imports another, but for the registry', () => {
    const offenders = files.filter((file) => file.startsWith('detectors/') && file !== 'detectors/index.ts')
    expect(offenders.filter((file) => importsOf(file).some((name) => name.startsWith('./')))).toEqual([])
  })

  it('nothing but cli knows the process, and nothing draws random numbers or reads the clock', () => {
    const found = files.filter((file) =>
      /\bMath\.random\b|\bDate\b|process\.(env|exit|argv|stdout|stderr)/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(found.filter((file) => !file.startsWith('cli/'))).toEqual([])
  })
})
