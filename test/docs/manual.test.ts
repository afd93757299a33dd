import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configReference } from '../../src/commands/manual/config-pages.js'
import { allKeys } from '../../src/config/keys.js'
import { configSchema } from '../../src/config/schema.js'
import { detectors } from '../../src/detectors/index.js'
import { root } from '../readme.js'

// `npm run docs` rewrites the pages; review what it changed as code.
function stalePages(folder: string): string {
  const script = join(root, 'fixtures/update-docs.js')
  return spawnSync(process.execPath, [script, '--check', folder], { encoding: 'utf8' }).stderr
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('pages that are made of metadata', () => {
  it('are as npm run docs would write them', () => {
    expect(stalePages(root)).toBe('')
  })

  it('are told when one is changed, is missing or is left over', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-docs-'))
    cpSync(join(root, 'docs'), join(folder, 'docs'), { recursive: true })
    expect(stalePages(folder)).toBe('')
    appendFileSync(join(folder, 'docs/config.md'), ' ')
    rmSync(join(folder, 'docs/detectors/lost-diversity.md'))
    writeFileSync(join(folder, 'docs/detectors/broken-clock.md'), '# broken-clock')
    for (const page of ['config', 'detectors/lost-diversity', 'detectors/broken-clock']) {
      expect(stalePages(folder)).toContain(`docs/${page}.md is stale`)
    }
    rmSync(folder, { recursive: true })
  })

  it.each(detectors.map((detector) => [detector.id, detector] as const))(
    'of %s say what its metadata say, and of every measure',
    (id, detector) => {
      const page = unescaped(read(`docs/detectors/${id}.md`))
      const { why, how, limits, sources } = detector.docs
      for (const text of [why, how, limits, ...sources.map(({ title }) => title)]) expect(page).toContain(text)
      for (const measure of detector.prepare(detector.described ?? detector.defaults).measures) {
        expect(page).toContain(`| \`${measure.id}\` | ${measure.title} | ${measure.role} |`)
      }
    },
  )
})

describe('the config reference', () => {
  const page = configReference(detectors)
  const entries = page.blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []))

  it('has every key once, with what it is and what it takes', () => {
    const paths = [...new Set(allKeys(configSchema(detectors)).map(({ path }) => path))]
    expect(entries.map(({ name }) => name).sort()).toEqual(paths.sort())
    expect(entries.filter(({ text, cells: [type] }) => text === '' || type === '')).toEqual([])
  })

  it('shows the default that its sentence names', () => {
    const said = entries.flatMap(({ name, text, cells: [, , shown = ''] }) => {
      const [, named] = /Default ([^\s,:]+?)[.:]?(?:\s|$)/.exec(text) ?? []
      return named === undefined || shown === '' || shown.startsWith('[') ? [] : [{ name, named, shown }]
    })
    expect(said.length).toBeGreaterThan(60)
    const none = (text: string) => (text === 'none' ? 'not set' : text)
    expect(said.filter(({ named, shown }) => none(named) !== shown)).toEqual([])
  })

  it('shows values, bounds and alternatives', () => {
    const cells = (key: string) => entries.find(({ name }) => name === key)?.cells
    expect(cells('alpha')).toEqual(['number', '> 0, ≤ 0.25', '0.05'])
    expect(cells('pairing.prompts')).toEqual(['text', 'same, ignore', 'same'])
    expect(cells('grader.kind')?.slice(0, 2)).toEqual(['text', 'exact, number, math, choice, json, regex'])
    expect(cells('score.range')).toEqual(['list of number', '2 items', '[0,1]'])
    expect(cells('input.tasks')).toEqual(['list of text', '', 'not set'])
    expect(cells('detectors.lost-diversity')?.slice(0, 2)).toEqual(['text or mapping', 'error, warn, off'])
    expect(cells('waivers[].detector')?.[1]).toContain('lost-diversity')
  })
})

function unescaped(markdown: string): string {
  return markdown.replace(/\\([\\`*_[\]<>|])/g, '$1')
}
