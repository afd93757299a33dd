import { describe, expect, it } from 'vitest'
import { renderAnnotations } from '../../../src/report/github.js'
import { renderTerminal } from '../../../src/report/terminal/index.js'
import { commandData, commandProperty, withoutCommands } from '../../../src/report/workflow-commands.js'
import { demo, enlarged, HOSTILE, healthy, hostileVersion, inconclusive } from './reports.js'

const report = demo()

/** As GitHub's runner reads a line of a log: leading space does not count. https://github.com/actions/runner ActionCommand */
const COMMAND = /^\s*::(\w+)(?: ([^\n]*?))?::([^\n]*)$/gm
const commands = (text: string) => [...text.matchAll(COMMAND)].map(([, kind, properties]) => ({ kind, properties }))

describe('renderAnnotations', () => {
  it('gives the verdict, and one annotation for each detector that fails, at the worst output', () => {
    const found = commands(renderAnnotations(report))
    expect(found.filter(({ kind }) => kind === 'error')).toHaveLength(6)
    expect(found[0]!.properties).toBe('title=tuneaudit%3A fail')
    expect(found[1]!.properties).toMatch(
      /^file=fixtures\/demo\/tuned\.jsonl,line=\d+,title=tuneaudit%3A calibration-drift$/,
    )
  })

  it('notes a pass and warns of the verdict and of each detector with an open guarded measure', () => {
    expect(commands(renderAnnotations(healthy())).map(({ kind }) => kind)).toEqual(['notice'])
    const unproven = inconclusive()
    const open = unproven.findings.filter(({ role, status }) => role === 'guarded' && status === 'inconclusive')
    const kinds = commands(renderAnnotations(unproven)).map(({ kind }) => kind)
    expect(kinds).toEqual(['warning', ...new Set(open.map(({ detector }) => detector))].map(() => 'warning'))
  })

  it('stays within ten of a kind with 10,000 findings', () => {
    const found = commands(renderAnnotations(enlarged(report, { findings: 10_000, examples: 500 })))
    for (const kind of ['error', 'warning', 'notice']) {
      expect(found.filter((one) => one.kind === kind).length).toBeLessThanOrEqual(10)
    }
  })

  it.each(HOSTILE)('gives no other command with %j in the report', (text) => {
    const shown = renderAnnotations(hostileVersion(report, text))
    const lines = shown.trimEnd().split('\n')
    expect(lines.every((line) => /^::(?:error|warning|notice) /.test(line))).toBe(true)
    expect(lines).toHaveLength(renderAnnotations(report).trimEnd().split('\n').length)
    expect(shown).not.toMatch(/##\[|##vso/)
    for (const { properties } of commands(shown)) {
      expect(properties!.split(',').map((one) => one.split('=')[0])).toEqual(
        properties!.includes('file=') ? ['file', 'line', 'title'] : ['title'],
      )
    }
  })
})

describe('workflow commands', () => {
  it('escape as the runner reads them', () => {
    expect(commandData('50 %\r\n')).toBe('50 %25%0D%0A')
    expect(commandProperty('a:b,c')).toBe('a%3Ab%2Cc')
  })

  it.each(['::error::x', '   ::add-path::/x', 'text ##[group]x', '##vso[task.setvariable]x', '\t::stop-commands::x'])(
    'withoutCommands leaves nothing to obey in %j',
    (text) => {
      expect(withoutCommands(text)).not.toMatch(/^\s*::|##\[|##vso/)
    },
  )

  it('withoutCommands leaves other text as it is', () => {
    const plain = 'std::vector, a: b, ## heading\n  note: this'
    expect(withoutCommands(plain)).toBe(plain)
  })

  it.each(HOSTILE)('are none in what the terminal shows of %j', (text) => {
    const shown = renderTerminal(hostileVersion(report, text), { color: false })
    expect(shown).not.toMatch(/^\s*::/m)
    expect(shown).not.toMatch(/##\[|##vso/)
  })
})
