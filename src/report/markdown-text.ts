import { printable } from '../domain/printable.js'
import { clip } from './clip.js'

const ENTITY = /[&<>|\\`*_[\]~$^{}]/g

/** Breaks a token without being seen: GitHub looks for mentions, issues and addresses in what is rendered, escapes or not. */
const BREAK = '&#8203;'

/**
 * Text that GitHub shows as it is: no markup, no HTML, no mathematics, no table cell, no mention, no reference to an issue,
 * no link made of an address. Not for the first word of a line.
 */
export function mdText(text: string): string {
  return printable(text)
    .replace(ENTITY, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@/g, `@${BREAK}`)
    .replace(/(?<!&)#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${BREAK}-`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, `$1${BREAK}`)
}

const LONGEST_NAME = 80

/** A name as code, whatever it holds; in a table too, whose cells a bar would end even within code. */
export function mdCode(text: string): string {
  const name = clip(printable(text), LONGEST_NAME).replaceAll('|', '\\u007c')
  if (name === '') return '(empty)'
  const fence = '`'.repeat(longestRun(name) + 1)
  const room = /^`|`$|^ .*[^ ].* $/.test(name) ? ' ' : ''
  return `${fence}${room}${name}${room}${fence}`
}

/** A block in which every line is text; its fence is longer than any run of backticks in it. */
export function mdFence(lines: readonly string[], language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1))
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
