import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../src/config/document.js'
import { configValidator } from '../src/config/validate.js'
import { detectors } from '../src/detectors/index.js'
import { formatNames, formatRows } from '../src/input/formats/index.js'
import { blocksOf, root, runShell, transcriptsOf } from './readme.js'

// `npm run readme` rewrites the transcripts; review what it changed as code.
const blocks = blocksOf('README.md')
const transcripts = blocks.filter(({ language }) => language === 'console').flatMap(transcriptsOf)

describe('the README', () => {
  it.each(transcripts.map(({ command, output }) => [command, output]))('shows what `%s` prints', (command, output) => {
    expect(runShell(command)).toBe(output)
  })

  it('begins with two commands that a fresh clone runs', () => {
    const [first] = blocks.filter(({ language }) => language === 'sh')
    expect(first?.lines).toEqual(['npm ci && npm run demo', 'npm ci && npm test'])
    expect(runShell('npm run demo >/dev/null 2>&1; echo $?')).toBe('0')
  })

  it('shows a config that holds', () => {
    const isConfig = (lines: readonly string[]) => /^(detectors|waivers):/m.test(lines.join('\n'))
    const yaml = blocks.filter(({ language, lines }) => language === 'yaml' && isConfig(lines))
    expect(yaml.length).toBe(2)
    const validate = configValidator(detectors, '2026-01-01')
    for (const { lines } of yaml) expect(() => validate(parseConfig('README.md', lines.join('\n')))).not.toThrow()
  })

  it('shows a record that is JSON', () => {
    const [record] = blocks.filter(({ language }) => language === 'json')
    expect(JSON.parse(record!.lines.join(''))).toMatchObject({ id: 'q-17' })
  })

  it('lists every format as the registry has it', () => {
    const text = readFileSync(resolve(root, 'README.md'), 'utf8')
    const [, table = ''] = /<!-- formats -->\n\n([\s\S]*)\n\n<!-- \/formats -->/.exec(text) ?? []
    expect(table.split('\n').slice(2)).toEqual(formatRows().map((cells) => `| ${cells.join(' | ')} |`))
    expect(formatRows().map(([name]) => name)).toEqual(expect.arrayContaining(formatNames().map((id) => `\`${id}\``)))
  })

  it('names only options that exist', () => {
    const help = ['audit', 'init', 'plan', 'selftest', 'inspect', 'convert']
      .map((command) => runShell(`node bin/tuneaudit.js ${command} --help`))
      .join()
    const text = readFileSync(resolve(root, 'README.md'), 'utf8')
    const flags = [...text.matchAll(/(?<!-)(--[a-z][a-z-]+)/g)]
      .map(([, flag]) => flag!)
      .filter((flag) => flag !== '--no-save')
    for (const flag of flags) expect(help).toContain(flag)
  })
})
