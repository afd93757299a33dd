import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// Who may import whom, from the design. What a folder may not import, it cannot come to depend on.
const NODE_IO = [
  'node:fs',
  'node:path',
  'node:os',
  'node:stream',
  'node:zlib',
  'node:crypto',
  'node:buffer',
  'node:util',
]
const TABLE: Record<string, readonly string[]> = {
  domain: ['domain'],
  stats: ['domain', 'stats', 'simple-statistics'],
  text: ['domain', 'text', 're2js'],
  detectors: ['domain', 'stats', 'text', 'detectors', 'ajv', 'ajv/dist/2020.js', '@marcbachmann/cel-js'],
  annotate: [
    'domain',
    'text',
    'annotate',
    'csv-parse',
    'csv-parse/sync',
    'node:child_process',
    'node:process',
    'node:timers',
    'node:url',
    ...NODE_IO,
  ],
  input: [
    'domain',
    'text',
    'input',
    'ajv',
    'csv-parse',
    'csv-parse/sync',
    'tinyglobby',
    'zstddec/stream',
    'yauzl',
    'hyparquet',
    'hyparquet-compressors',
    ...NODE_IO,
  ],
  config: ['domain', 'text', 'config', 'ajv', 'import-meta-resolve', 'yaml', 'node:fs', 'node:path', 'node:url'],
  audit: ['domain', 'stats', 'audit'],
  trial: ['domain', 'stats', 'audit', 'detectors', 'trial'],
  draft: ['domain', 'text', 'annotate', 'detectors', 'draft'],
  engine: [
    'domain',
    'annotate',
    'audit',
    'input',
    'detectors',
    'config',
    'engine',
    'node:stream',
    'node:v8',
    'node:worker_threads',
  ],
  library: ['domain', 'config', 'input', 'engine', 'detectors', 'library', 'node:fs', 'node:stream'],
  testing: ['domain', 'text', 'annotate', 'audit', 'config', 'trial', 'testing', 'fast-check'],
  report: ['domain', 'report', 'chalk', 'd3-scale', 'd3-shape', 'diff', 'node:crypto'],
  commands: [
    'domain',
    'config',
    'audit',
    'input',
    'engine',
    'detectors',
    'draft',
    'trial',
    'report',
    'commands',
    'node:fs',
    'node:path',
    'node:stream',
    'node:timers/promises',
    'node:zlib',
  ],
  cli: [
    'domain',
    'audit',
    'engine',
    'library',
    'commands',
    'cli',
    'commander',
    'node:fs',
    'node:readline/promises',
    'node:v8',
  ],
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

/** The detector's folder that an import leads into; the importing one where it leads out of the detectors. */
function detectorOf(file: string, name: string): string {
  const [folder, detector] = relative(root, resolve(root, dirname(file), name)).split('/')
  return name.startsWith('.') && folder === 'detectors' ? detector! : file.split('/')[1]!
}

/** What a file imports at once and for more than its types. */
function staticImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const values = text.matchAll(/^(?:import|export) (?!type )(?:[^;']*? from )?'([^']+)'/gm)
  return [...values].map(([, name]) => name!)
}

/** Our files that are loaded with one, itself included. */
function staticallyLoadedBy(first: string): string[] {
  const loaded = new Set([first])
  for (const file of loaded)
    for (const name of staticImports(file))
      if (name.startsWith('.')) loaded.add(join(dirname(file), name.replace(/\.js$/, '.ts')))
  return [...loaded]
}

describe('the import table', () => {
  it.each(files.filter((file) => file.includes('/')))('%s imports only what its folder may', (file) => {
    const folder = file.split('/')[0]!
    const allowed = new Set(TABLE[folder])
    expect(importsOf(file).filter((name) => !allowed.has(target(file, name)))).toEqual([])
  })

  it('no detector imports another', () => {
    const own = files.filter((file) => /^detectors\/.+\//.test(file))
    const offenders = own.flatMap((file) =>
      importsOf(file).filter((name) => detectorOf(file, name) !== detectorOf(file, './x.js')),
    )
    expect(offenders).toEqual([])
  })

  it('what draws charts and differences is loaded by the page alone, and the page only when it is asked for', () => {
    const heavy = ['d3-scale', 'd3-shape', 'diff']
    const outside = files.filter((file) => !file.startsWith('report/html/'))
    expect(outside.filter((file) => importsOf(file).some((name) => heavy.includes(name)))).toEqual([])
    const staticImport = /^(?:import|export)\b[^;]*?from '[^']*(?:^|\/)html\/[^']*'/m
    expect(outside.filter((file) => staticImport.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  it('an audit without a config loads none of what reads one, nor what opens archives', () => {
    const heavy = ['yaml', 'yauzl', 'zstddec/stream']
    const loaded = staticallyLoadedBy('commands/audit.ts')
    expect(loaded).toContain('config/resolve.ts')
    expect(loaded.flatMap((file) => staticImports(file).filter((name) => heavy.includes(name)))).toEqual([])
  })

  it('nothing but cli knows the process, and nothing draws random numbers or reads the clock', () => {
    const found = files.filter((file) =>
      /\bMath\.random\b|\bDate\b|process\.(env|exit|argv|stdout|stderr)/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(found.filter((file) => !file.startsWith('cli/'))).toEqual([])
  })
})
