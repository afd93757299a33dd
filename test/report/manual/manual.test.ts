import { describe, expect, it } from 'vitest'
import { manualMarkdown } from '../../../src/report/manual/markdown.js'
import type { Page } from '../../../src/report/manual/page.js'
import { manualText } from '../../../src/report/manual/text.js'

const page: Page = {
  title: 'stopped-clocks (version 1): Right twice a day',
  blocks: [
    { kind: 'paragraph', title: 'Why', text: 'A clock | that *stops* is <b>right</b> twice.' },
    { kind: 'facts', facts: [['unit', 'share']] },
    {
      kind: 'entries',
      title: 'Options',
      noun: 'option',
      columns: ['type', 'default'],
      entries: [
        { name: 'hours[].name', text: 'Which hour.', cells: ['text', ''] },
        { name: 'zone', text: '', cells: ['', ''] },
      ],
    },
    { kind: 'entries', title: 'Measures', noun: 'measure', columns: ['role'], entries: [] },
    {
      kind: 'sources',
      sources: [
        { title: 'Clocks', where: 'arXiv:1234.56789' },
        { title: 'Dials', where: 'example.org/dials' },
        { title: 'Bells', where: 'J. Horology 3:1' },
      ],
    },
  ],
}

describe('manualText', () => {
  it('says all of a page in 80 columns', () => {
    expect(manualText(page)).toBe(`stopped-clocks (version 1): Right twice a day

Why. A clock | that *stops* is <b>right</b> twice.

  unit       share

Options.
  hours[].name
    Which hour.
    type text
  zone

Measures. None.

Sources.
  Clocks (arXiv:1234.56789)
  Dials (example.org/dials)
  Bells (J. Horology 3:1)
`)
  })
})

describe('manualMarkdown', () => {
  it('says the same with headings, tables without empty columns, and links', () => {
    expect(manualMarkdown(page)).toBe(`# stopped-clocks (version 1): Right twice a day

## Why

A clock \\| that \\*stops\\* is \\<b\\>right\\</b\\> twice.

- unit: share

## Options

| option | what it is | type |
| --- | --- | --- |
| \`hours[].name\` | Which hour. | text |
| \`zone\` |  |  |

## Measures

None.

## Sources

- Clocks ([arXiv:1234.56789](https://arxiv.org/abs/1234.56789))
- Dials ([example.org/dials](https://example.org/dials))
- Bells (J. Horology 3:1)
`)
  })
})
