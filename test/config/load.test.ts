import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findConfig } from '../../src/config/find.js'
import { loadConfig } from '../../src/config/load.js'
import { AuditError, type Problem } from '../../src/domain/problem.js'
import { detectors, problemOf } from './fakes.js'

let cwd = ''

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tuneaudit-config-'))
})

afterEach(() => {
  rmSync(cwd, { recursive: true })
})

function write(files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
}

const load = async (name: string) => (await loadConfig(name, { detectors, cwd, today: '2026-01-01' })).config

async function problemOfLoading(name: string): Promise<Problem> {
  const error: unknown = await load(name).catch((thrown: unknown) => thrown)
  if (error instanceof AuditError) return error.problem
  throw error
}

describe('findConfig', () => {
  it.each(['tuneaudit.config.yaml', 'tuneaudit.config.yml', 'tuneaudit.config.json'])('finds %s', (name) => {
    write({ [name]: '' })
    expect(findConfig(cwd, null)).toBe(name)
  })

  it('finds nothing in an empty folder, nor in the folders above', () => {
    write({ 'tuneaudit.config.yaml': '', 'models/notes.txt': '' })
    expect(findConfig(join(cwd, 'models'), null)).toBeNull()
  })

  it('gives an explicit path as it was named', () => {
    write({ 'ci/gate.yaml': '', 'tuneaudit.config.yaml': '' })
    expect(findConfig(cwd, './ci/gate.yaml')).toBe('./ci/gate.yaml')
  })

  it('names two configs that compete', () => {
    write({ 'tuneaudit.config.yml': '', 'tuneaudit.config.json': '' })
    expect(problemOf(() => findConfig(cwd, null))).toEqual({
      code: 'usage',
      message:
        'both tuneaudit.config.yml and tuneaudit.config.json are in this folder. Remove one, or name one with --config.',
    })
  })

  it('reports an explicit path that is missing', () => {
    expect(problemOf(() => findConfig(cwd, 'gone.yaml'))).toEqual({ code: 'path-missing', path: 'gone.yaml' })
  })
})

describe('loadConfig', () => {
  it('reads an empty file as an empty config', async () => {
    write({ 'audit.yaml': '' })
    expect(await load('audit.yaml')).toEqual({})
  })

  it('leaves out $schema and extends and writes bare levels as mappings', async () => {
    write({
      'audit.json': JSON.stringify({
        $schema: './schema.json',
        extends: 'recommended',
        detectors: { breach: 'off' },
        overrides: [{ tasks: 'a', detectors: { breach: 'warn' } }],
      }),
    })
    expect(await load('audit.json')).toEqual({
      detectors: { breach: { level: 'off' } },
      overrides: [{ tasks: 'a', detectors: { breach: { level: 'warn' } } }],
    })
  })

  it('reads past a byte order mark without counting it', async () => {
    write({ 'audit.yaml': '\ufeffalpa: 1\n' })
    expect(await problemOfLoading('audit.yaml')).toMatchObject({ code: 'config-invalid', line: 1, column: 1 })
  })

  it('reports a file that is missing', async () => {
    expect(await problemOfLoading('gone.yaml')).toEqual({ code: 'path-missing', path: 'gone.yaml' })
  })

  it('names the file as the user did', async () => {
    write({ 'ci/gate.yaml': '\nalpha: 9\n' })
    expect(await problemOfLoading('./ci/gate.yaml')).toEqual({
      code: 'config-invalid',
      file: './ci/gate.yaml',
      line: 2,
      column: 8,
      message: 'alpha: must be <= 0.25; got 9.',
    })
  })

  it.each([
    ['a folder', 'ci', 'EISDIR'],
    ['a file that is not UTF-8', 'latin.yaml', 'it is not UTF-8 text'],
  ])('refuses %s', async (_, name, message) => {
    write({ 'ci/gate.yaml': '', 'latin.yaml': Uint8Array.of(0x61, 0xe9, 0x62) })
    expect(await problemOfLoading(name)).toEqual({
      code: 'config-invalid',
      file: name,
      line: 1,
      column: 1,
      message: expect.stringContaining(message),
    })
  })
})

describe('extends', () => {
  it.each([
    ['recommended', {}],
    ['strict', { required: ['cross-task-regression'], onInconclusive: 'fail', input: { guess: false } }],
    ['report-only', { gate: 'report' }],
    [
      ['strict', 'report-only'],
      { required: ['cross-task-regression'], onInconclusive: 'fail', input: { guess: false }, gate: 'report' },
    ],
  ])('knows %j', async (entries, expected) => {
    write({ 'audit.json': JSON.stringify({ extends: entries }) })
    expect(await load('audit.json')).toEqual(expected)
  })

  it('lets later entries win, and the file itself over all', async () => {
    write({
      'a.yaml': 'alpha: 0.1\ngate: report\nonInconclusive: pass\n',
      'b.yaml': 'alpha: 0.2\ngate: enforce\n',
      'audit.yaml': 'extends: [./a.yaml, ./b.yaml, strict]\nalpha: 0.05\n',
    })
    expect(await load('audit.yaml')).toMatchObject({ alpha: 0.05, gate: 'enforce', onInconclusive: 'fail' })
  })

  it('merges mappings deeply, replaces lists and each of the options whole, and adds overrides up, the parent first', async () => {
    write({
      'base.yaml':
        'required: [breach]\ndetectors: {breach: {options: {rules: {a: x}}, margins: {total: 0.1}}}\noverrides: [{tasks: a}]\n',
      'audit.yaml':
        'extends: ./base.yaml\nrequired: []\ndetectors: {breach: {level: warn, options: {rules: {b: y}}}}\noverrides: [{tasks: b}]\n',
    })
    expect(await load('audit.yaml')).toEqual({
      required: [],
      detectors: { breach: { level: 'warn', options: { rules: { b: 'y' } }, margins: { total: 0.1 } } },
      overrides: [{ tasks: 'a' }, { tasks: 'b' }],
    })
  })

  it('keeps what a parent says of a detector that the child gives a bare level', async () => {
    write({
      'base.yaml': 'detectors: {breach: {margins: {total: 0.1}}}\n',
      'audit.yaml': 'extends: ./base.yaml\ndetectors: {breach: warn}\n',
    })
    expect(await load('audit.yaml')).toEqual({ detectors: { breach: { level: 'warn', margins: { total: 0.1 } } } })
  })

  it('keeps __proto__ in free options a key', async () => {
    write({
      'base.yaml': 'detectors: {breach: {options: {rules: {a: x}}}}\n',
      'audit.yaml': 'extends: ./base.yaml\ndetectors: {breach: {options: {rules: {__proto__: y}}}}\n',
    })
    const rules = (await load('audit.yaml')).detectors?.breach?.options?.rules
    expect(Object.entries(rules ?? {})).toEqual([['__proto__', 'y']])
  })

  it('finds files relative to the one that names them, and names them so in errors', async () => {
    write({
      'audit.yaml': 'extends: ./ci/gate.yaml\n',
      'ci/gate.yaml': 'extends: ../shared/base.yaml\n',
      'shared/base.yaml': 'gate: report\nalfa: 1\n',
    })
    expect(await problemOfLoading('audit.yaml')).toMatchObject({
      code: 'config-invalid',
      file: 'shared/base.yaml',
      line: 2,
      column: 1,
      message: expect.stringContaining('unknown key "alfa". Did you mean "alpha"?'),
    })
  })

  it('takes an absolute path', async () => {
    write({ 'base.yaml': 'alpha: 0.1\n', 'audit.yaml': `extends: ${join(cwd, 'base.yaml')}\n` })
    expect(await load('audit.yaml')).toEqual({ alpha: 0.1 })
  })

  it('reports a missing file where it is named', async () => {
    write({ 'audit.yaml': 'extends:\n  - strict\n  - ./gone.yaml\n' })
    expect(await problemOfLoading('audit.yaml')).toEqual({
      code: 'config-invalid',
      file: 'audit.yaml',
      line: 3,
      column: 5,
      message: 'extends: "gone.yaml" does not exist. Paths are relative to the file that names them.',
    })
  })

  it('names the chain of a cycle', async () => {
    write({
      'audit.yaml': 'extends: ./a.yaml\n',
      'a.yaml': 'extends: ./ci/b.yaml\n',
      'ci/b.yaml': 'gate: report\nextends: ../a.yaml\n',
    })
    expect(await problemOfLoading('audit.yaml')).toEqual({
      code: 'config-invalid',
      file: 'ci/b.yaml',
      line: 2,
      column: 10,
      message: 'extends: the files extend each other: a.yaml → ci/b.yaml → a.yaml.',
    })
  })

  it('sees a cycle through a symbolic link', async () => {
    write({ 'audit.yaml': 'extends: ./loop/audit.yaml\n' })
    symlinkSync('.', join(cwd, 'loop'))
    expect(await problemOfLoading('audit.yaml')).toMatchObject({
      code: 'config-invalid',
      line: 1,
      column: 10,
      message: 'extends: the files extend each other: audit.yaml → loop/audit.yaml.',
    })
  })

  it('lets two files extend the same third', async () => {
    write({
      'base.yaml': 'alpha: 0.1\n',
      'a.yaml': 'extends: ./base.yaml\n',
      'audit.yaml': 'extends: [./a.yaml, ./base.yaml]\n',
    })
    expect(await load('audit.yaml')).toEqual({ alpha: 0.1 })
  })

  it('stops where files multiply', async () => {
    const step = (i: number) => [`f${i}.yaml`, `extends: [./f${i + 1}.yaml, ./f${i + 1}.yaml]\n`]
    write({ ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => step(i))), 'f12.yaml': '' })
    expect(await problemOfLoading('f0.yaml')).toMatchObject({
      code: 'config-invalid',
      line: 1,
      message: 'extends: more than 100 files in all.',
    })
  })
})
