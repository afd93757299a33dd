import { type Node, Parser } from 'commonmark'
import { describe, expect, it } from 'vitest'
import { countsInWords } from '../../../src/report/counts.js'
import { renderMarkdown } from '../../../src/report/markdown/index.js'
import { mdCode, mdFence, mdText } from '../../../src/report/markdown-text.js'
import { demo, enlarged, HOSTILE, healthy, hostileVersion, inconclusive, unauditable } from './reports.js'

const report = demo()

function nodes(text: string): Node[] {
  const walker = new Parser().parse(text).walker()
  const found: Node[] = []
  for (let event = walker.next(); event !== null; event = walker.next()) if (event.entering) found.push(event.node)
  return found
}

const OURS = /^<\/?(?:details|summary|sub)>$/

/** Markup that is not the report's own, and text that GitHub would make something of. */
function alive(text: string): string[] {
  return nodes(text).flatMap((node) => {
    const literal = node.literal ?? ''
    switch (node.type) {
      case 'html_inline':
      case 'html_block':
        return (literal.match(/<[^>]*>?/g) ?? []).filter((tag) => !OURS.test(tag))
      case 'link':
      case 'image':
        return [node.type]
      case 'text':
        return literal.match(/@\w|(?<!&)#\d|\bGH-\d|https?:\/\/|\bwww\./g) ?? []
      default:
        return []
    }
  })
}

describe('renderMarkdown', () => {
  const text = renderMarkdown(report)

  it('begins with the verdict and its reason as an alert', () => {
    expect(text.startsWith('> [!CAUTION]\n> **FAIL** Harm is shown by ')).toBe(true)
    expect(renderMarkdown(healthy()).startsWith('> [!NOTE]\n> **PASS** ')).toBe(true)
    expect(renderMarkdown(unauditable()).startsWith('> [!CAUTION]\n> **ERROR** ')).toBe(true)
  })

  it('offers the ways out of an inconclusive run', () => {
    const open = renderMarkdown(inconclusive())
    expect(open.startsWith('> [!WARNING]\n> **INCONCLUSIVE** ')).toBe(true)
    expect(open).toContain('**Ways out**')
    expect(open).toMatch(/- More cases, for a harmless tune to pass: /)
  })

  it('has a row for every guarded measure and everything that fails, and counts the findings as the report does', () => {
    const table = text.slice(0, text.indexOf('<sub>'))
    const must = report.findings.filter(
      ({ status, role, task }) => status === 'fail' || (role === 'guarded' && task === null && status !== 'unmeasured'),
    )
    for (const { measure } of must) expect(table).toContain(`| \`${measure}\``)
    expect(text).toContain(`${report.findings.length} findings: ${countsInWords(report.findings)}.`)
  })

  it('names file and line of both outputs of an example', () => {
    expect(text).toMatch(/- baseline `fixtures\/demo\/baseline\.jsonl:\d+`/)
    expect(text).toMatch(/- tuned `fixtures\/demo\/tuned\.jsonl:\d+`/)
  })

  it.each([100, 1000, 10_000])(
    'stays within a comment of GitHub with %i findings, and says what it left out',
    (findings) => {
      const large = renderMarkdown(enlarged(report, { findings, examples: 500 }))
      expect(large.length).toBeLessThanOrEqual(65_536)
      expect(Buffer.byteLength(large)).toBeLessThanOrEqual(2 ** 18)
      if (findings > 1000) expect(large).toMatch(/… and \d+ more, in the JSON report\./)
      expect(large).toContain('<summary>Provenance')
      expect(large.split('<details>').length).toBe(large.split('</details>').length)
    },
  )

  it.each(HOSTILE)('shows %j as text', (hostile) => {
    const shown = renderMarkdown(hostileVersion(report, hostile))
    expect(alive(shown)).toEqual([])
    const rows = shown.split('\n').filter((line) => line.startsWith('| ') && !line.includes('fails on'))
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([9]))
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    expect(Buffer.from(shown).toString()).toBe(shown)
  })

  it('shows names and outputs of a megabyte cut short', () => {
    expect(renderMarkdown(hostileVersion(report, 'very '.repeat(200_000))).length).toBeLessThanOrEqual(65_536)
  })
})

describe('the escapes of Markdown', () => {
  const rendered = (text: string) =>
    nodes(text)
      .map((node) => (node.type === 'softbreak' ? '\n' : (node.literal ?? '')))
      .join('')

  it.each(HOSTILE.filter((text) => text.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/.test(text)))(
    'mdText leaves %j readable',
    (hostile) => {
      const visible = rendered(`said ${mdText(hostile)}`).replaceAll('\u200b', '')
      expect(visible).toBe(`said ${hostile.replace(/[\u202a-\u202e\u2028\u2029\u2066-\u2069\u200b\ufeff]/g, escaped)}`)
    },
  )

  it.each([
    ['task', '`task`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\u007cb`'],
    ['', '(empty)'],
  ])('mdCode(%j) is %s', (name, expected) => {
    expect(mdCode(name)).toBe(expected)
  })

  it('a fence is longer than any run of backticks within', () => {
    const [block] = nodes(mdFence(['````', 'text'])).filter(({ type }) => type === 'code_block')
    expect(block!.literal).toBe('````\ntext\n')
  })

  function escaped(character: string): string {
    return `\\u${character.charCodeAt(0).toString(16)}`
  }
})
