import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inFolder, tuneaudit } from './run.js'

const root = resolve(import.meta.dirname, '../..')
const DEMO = ['--baseline', 'fixtures/demo/baseline.jsonl', '--tuned', 'fixtures/demo/tuned.jsonl']
const CONFIG = ['--config', 'fixtures/demo/tuneaudit.config.yaml']
const FACES = { json: 'a.json', html: 'a.html', md: 'a.md', junit: 'a.xml', sarif: 'a.sarif', github: 'a.txt' }

const flags = (flag: string, folder: string, faces: Partial<typeof FACES> = FACES) =>
  Object.entries(faces).flatMap(([format, name]) => [flag, `${format}=${join(folder, name)}`])

describe('tuneaudit render', () => {
  it('makes of the JSON report the bytes that the audit wrote', async () => {
    await inFolder({ 'again/empty': '' }, async (folder) => {
      const audited = await tuneaudit(['audit', ...DEMO, ...CONFIG, '--quiet', ...flags('--report', folder)], root)
      expect(audited).toMatchObject({ code: 1, stdout: '' })
      const again = join(folder, 'again')
      const rendered = await tuneaudit(['render', join(folder, 'a.json'), ...flags('--to', again)], root)
      expect(rendered).toEqual({ code: 0, stdout: '', stderr: '' })
      for (const name of Object.values(FACES)) {
        expect(readFileSync(join(again, name), 'utf8') === readFileSync(join(folder, name), 'utf8'), name).toBe(true)
      }
    })
  })

  it('prints any face, the terminal’s unless told otherwise', async () => {
    await inFolder({}, async (folder) => {
      const path = join(folder, 'a.json')
      const audited = await tuneaudit(['audit', ...DEMO, ...CONFIG, '--report', `json=${path}`], root)
      expect((await tuneaudit(['render', path], root)).stdout).toBe(audited.stdout)
      expect((await tuneaudit(['render', path, '--format', 'md'], root)).stdout).toMatch(/^> \[!CAUTION\]/)
      expect((await tuneaudit(['audit', ...DEMO, ...CONFIG, '--format', 'github'], root)).stdout).toMatch(/^::error /)
    })
  })

  it.each([
    [['nowhere.json'], /nowhere\.json/],
    [['note.json'], /no report of an audit/],
    [['note.json', '--to', 'pdf=a.pdf'], /"pdf"/],
    [['note.json', '--to', 'html=note.json'], /it is one of the files that are read/],
    [['note.json', '--to', 'html=a.out', '--to', 'md=./a.out'], /two reports cannot both be/],
    [['note.json', '--to', 'html=absent/a.html'], /its folder does not exist/],
  ])('refuses %j, writes nothing and exits 3', async (args, message) => {
    await inFolder({ 'note.json': '{"verdict": "pass"}' }, async (folder) => {
      const { code, stdout, stderr } = await tuneaudit(['render', ...args], folder)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toMatch(message)
      expect(readFileSync(join(folder, 'note.json'), 'utf8')).toBe('{"verdict": "pass"}')
    })
  })
})
