import { Parser } from 'commonmark'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fences } from '../../src/text/fences.js'
import { mulberry32 } from '../audit/support.js'

// Held against commonmark.js, the reference implementation of CommonMark (dev dependency), on documents of our own.
const parser = new Parser()

/** What stands in the fenced code blocks at the top level of a document. */
function reference(text: string): string[] {
  const inner: string[] = []
  for (let node = parser.parse(text).firstChild; node !== null; node = node.next) {
    if (node.type === 'code_block' && (node as unknown as { _isFenced: boolean })._isFenced)
      inner.push(node.literal ?? '')
  }
  return inner
}

/** A block without its last line end, and without the indent that CommonMark takes off with the fence's own. */
const own = (text: string) => [...fences(text)].map(({ from, to }) => text.slice(from, to))
const plain = (blocks: readonly string[]) =>
  blocks.map((block) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim(),
  )

const PIECES = [
  'A plain paragraph about tides.',
  '## A heading',
  '- an item\n- another',
  '1. first\n2. second',
  '> a quotation',
  '```\nhigh = 3\n```',
  '```json\n{"tide": "high"}\n```',
  '~~~\nlow\n~~~',
  '````md\n```\ninner\n```\n````',
  '```python\n\ndef tide():\n    return 3\n\n```',
  '``` not `a` fence',
  '`` two ticks ``',
  '```\nclosed by more\n`````',
  '~~~ info ` with a tick\nx\n~~~',
  '```\nnot closed by tildes\n~~~\n```',
  '```\nnot closed by words\n``` end\n```',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '---',
  '```\n```',
]

/** Two columns in: alone a fence, below an item that item's. */
const INDENTED = '  ```\n  indented by two\n  ```'

const documents = Array.from({ length: 400 }, (_, i) => {
  const random = mulberry32(500 + i)
  const pieces = Array.from(
    { length: 1 + Math.floor(random() * 6) },
    () => PIECES[Math.floor(random() * PIECES.length)],
  )
  // The last fence of some documents is never closed.
  return pieces.join('\n\n') + (random() < 0.2 ? '\n\n```yaml\ntide: rising' : '')
})

describe('fences', () => {
  it('agree with commonmark.js on number and content over 400 documents', () => {
    for (const text of documents) expect(plain(own(text)), text).toEqual(plain(reference(text)))
  })

  it.each([...PIECES, INDENTED])('agree with commonmark.js on %j', (text) => {
    expect(plain(own(text))).toEqual(plain(reference(text)))
  })

  it('are found at the left margin only: inside items and quotations they belong to those', () => {
    expect(own('- an item\n\n      ```\n      x\n      ```')).toEqual([])
  })

  it('cover the text in order, whatever it holds', () => {
    const piece = fc.constantFrom('```', '~~~', '````', '\n', ' ', 'x', '`', '```js', '\u0000', '\ud800')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        let last = 0
        for (const { start, from, to, end } of fences(pieces.join(''))) {
          expect([last <= start, start < from || from === end, from <= to || to === end, to <= end]).toEqual([
            true,
            true,
            true,
            true,
          ])
          last = end
        }
      }),
      { seed: 3 },
    )
  })
})
