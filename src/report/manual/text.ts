import { wrap } from '../wrap.js'
import type { Block, Entry, Page } from './page.js'

/** A page for a terminal of 80 columns. */
export function manualText({ title, blocks }: Page): string {
  const parts = [...(title === null ? [] : [wrap(title)]), ...blocks.map(blockLines)]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrap(`${block.title}. ${block.text}`)
    case 'remark':
      return [block.text]
    case 'facts':
      return block.facts.map(([label, text]) => `  ${label.padEnd(10)} ${text}`)
    case 'sources':
      return [
        'Sources.',
        ...block.sources.flatMap(({ title, where }) => wrap(`${title} (${where})`, { first: '  ', rest: '    ' })),
      ]
    case 'entries':
      return entriesLines(block)
  }
}

function entriesLines({ title, columns, entries }: Extract<Block, { kind: 'entries' }>): string[] {
  if (title !== null && entries.length === 0) return [`${title}. None.`]
  const indent = title === null ? '' : '  '
  const lines = entries.flatMap((entry) => entryLines(entry, columns, indent))
  return title === null ? lines : [`${title}.`, ...lines]
}

function entryLines({ name, text, cells }: Entry, columns: readonly string[], indent: string): string[] {
  const inner = { first: `${indent}  `, rest: `${indent}  ` }
  const said = cells.flatMap((cell, i) => (cell === '' ? [] : [`${columns[i] ?? ''} ${cell}`]))
  return [
    `${indent}${name}`,
    ...(text === '' ? [] : wrap(text, inner)),
    ...(said.length === 0 ? [] : wrap(said.join('; '), inner)),
  ]
}
