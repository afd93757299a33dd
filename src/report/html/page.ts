import { createHash } from 'node:crypto'
import { html, type Markup } from './markup.js'
import { script } from './script.js'
import { style } from './style.js'

export interface PageParts {
  readonly title: string
  readonly header: Markup
  readonly sections: readonly Section[]
  /** What a first press of the tab key offers to skip to. */
  readonly skip: string
  readonly main: readonly Markup[]
}

export interface Section {
  readonly id: string
  readonly label: string
}

/** One file that loads nothing, and whose policy lets nothing run but its own script, whatever a text in it says. */
export function page({ title, header, sections, skip, main }: PageParts): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${{ source: style }}</style></head>
<body><a class="skip" href="#main">${skip}</a>
${header}
<nav aria-label="Sections"><ul class="wrap">${sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ul></nav>
<main id="main" class="wrap">
${main.map((part) => html`${part}\n`)}</main><script>${{ source: script }}</script></body></html>
`.source
}

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const POLICY = `default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'`
