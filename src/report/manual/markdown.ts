import type { Source } from '../../domain/detector.js'
import type { Block, Page } from './page.js'

/** A page for `docs/`: headings that can be linked to, tables, sources as links. */
export function manualMarkdown({ title, blocks }: Page): string {
  const heading = title === null ? [] : [`# ${plain(title)}`]
  return `${[...heading, ...blocks.map(blockText)].join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `## ${plain(block.title)}\n\n${plain(block.text)}`
    case 'remark':
      return plain(block.text)
    case 'facts':
      return block.facts.map(([label, text]) => `- ${plain(label)}: ${plain(text)}`).join('\n')
    case 'sources':
      return `## Sources\n\n${block.sources.map((source) => `- ${cited(source)}`).join('\n')}`
    case 'entries':
      return entriesText(block)
  }
}

function entriesText({ title, noun, columns, entries }: Extract<Block, { kind: 'entries' }>): string {
  const heading = title === null ? [] : [`## ${plain(title)}`]
  if (entries.length === 0) return [...heading, 'None.'].join('\n\n')
  const kept = columns.map((name, i) => ({ name, i })).filter(({ i }) => entries.some(({ cells }) => cells[i] !== ''))
  const rows = [
    [noun, 'what it is', ...kept.map(({ name }) => name)],
    ['---', '---', ...kept.map(() => '---')],
    ...entries.map(({ name, text, cells }) => [
      `\`${name}\``,
      plain(text),
      ...kept.map(({ i }) => plain(cells[i] ?? '')),
    ]),
  ]
  return [...heading, rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')].join('\n\n')
}

function cited({ title, where }: Source): string {
  const [, paper] = /^arXiv:(\S+)$/.exec(where) ?? []
  if (paper !== undefined) return `${plain(title)} ([${where}](https://arxiv.org/abs/${paper}))`
  if (/^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(where)) return `${plain(title)} ([${where}](https://${where}))`
  return `${plain(title)} (${plain(where)})`
}

/** Metadata as text: what Markdown would read as markup or HTML is escaped, a table's bars too. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, (character) => `\\${character}`)
}
