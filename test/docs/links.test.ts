import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCHEMA_NAMES, schemaText } from '../../src/commands/schema.js'
import { root } from '../readme.js'
import { anchorsOf, broken, relativeLinks } from './links.js'

const pages = ['README.md', 'CHANGELOG.md', ...markdownIn('docs')]

function markdownIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
}

describe('links', () => {
  it.each(pages)('of %s lead to files and headings that are there', (page) => {
    const links = relativeLinks(root, page)
    expect(links.flatMap((link) => broken(root, link) ?? [])).toEqual([])
  })

  it('are found in prose, tables and pictures, and wrong ones are told', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-links-'))
    const lines = [
      '# One',
      '## Two words, and `code`!',
      '## One',
      '[a](b.md) ![c](gone.svg) [d](#one-1) [e](https://example.org/x)',
      '| [f](b.md#nothing) |',
    ]
    writeFileSync(join(folder, 'a.md'), lines.join('\n\n'))
    writeFileSync(join(folder, 'b.md'), '# B')
    const links = relativeLinks(folder, 'a.md')
    expect(links.map(({ to }) => to)).toEqual(['b.md', 'gone.svg', '#one-1', 'b.md#nothing'])
    expect(links.map((link) => broken(folder, link))).toEqual([null, 'leads to no file', null, 'leads to no heading'])
    expect(broken(folder, { from: 'a.md', to: '../x.md' })).toBe('leads out of the repository')
    expect(anchorsOf(lines.join('\n\n'))).toEqual(['one', 'two-words-and-code', 'one-1'])
    rmSync(folder, { recursive: true })
  })

  it('from every page of docs reach the index, or the index reaches them', () => {
    const listed = new Set(relativeLinks(root, 'docs/README.md').map(({ to }) => normalize(`docs/${to.split('#')[0]}`)))
    const elsewhere = /^docs\/(README\.md|study\/)/
    expect(markdownIn('docs').filter((page) => !listed.has(page) && !elsewhere.test(page))).toEqual([])
  })
})

describe('the package', () => {
  const manifest: { exports: Record<string, string | Record<string, string>> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: root,
    encoding: 'utf8',
  })
  const [packed]: [{ files: { path: string }[] }] = JSON.parse(stdout)
  const files = new Set(packed.files.map(({ path }) => path))

  it('holds what the README links to', () => {
    const linked = relativeLinks(root, 'README.md').map(({ to }) => normalize(to.split('#')[0] ?? ''))
    const reached = linked.filter(
      (path) => path !== '.' && ![...files].some((file) => `${file}/`.startsWith(`${path}/`)),
    )
    expect(reached).toEqual([])
  })

  it('holds every file that it exports', () => {
    const targets = Object.values(manifest.exports).flatMap((to) => (typeof to === 'string' ? [to] : Object.values(to)))
    for (const target of targets) expect(files).toContain(normalize(target))
  })

  it('exports the schema of every document that the command prints one for', () => {
    for (const name of SCHEMA_NAMES) {
      const path = manifest.exports[`./${name}.schema.json`]
      expect(readFileSync(join(root, String(path)), 'utf8')).toBe(schemaText(name))
    }
  })

  it.each(pages)('has every file of it that %s names', (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const named = [...text.matchAll(/(?<![\w/.-])(?:node_modules\/)?tuneaudit\/([\w./-]*\w\.(?:json|js|ts))\b/g)]
    for (const [, path = ''] of named) {
      const own = manifest.exports[`./${path}`]
      expect({ path, there: own !== undefined || (files.has(path) && existsSync(join(root, path))) }).toEqual({
        path,
        there: true,
      })
    }
  })
})
