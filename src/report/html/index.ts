import { createHash } from 'node:crypto'
import type { Report } from '../../domain/report.js'
import { contextOf } from './context.js'
import { detectorSections } from './detectors.js'
import { examples } from './examples.js'
import { filters } from './filters.js'
import { allFindings } from './findings.js'
import { forest } from './forest.js'
import { html, type Markup } from './markup.js'
import { script } from './script.js'
import { style } from './style.js'
import { verdict } from './verdict.js'
import { gaps, guide, provenance, where } from './words.js'

/**
 * One file for a reviewer with five minutes: verdict, intervals, pictures, examples side by side, what was not seen. It loads
 * nothing, and its policy lets nothing run but its own script, whatever an output says. Without scripts all of it is shown.
 */
export function renderHtml(report: Report): string {
  const context = contextOf(report)
  const title = `tuneaudit: ${report.verdict}`
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${{ source: style }}</style></head>
<body><a class="skip" href="#main">To the measures</a>
${verdict(context)}
${navigation(report)}
<main id="main" class="wrap">
${filters(context)}
${forest(context)}
${where(context)}
${detectorSections(context)}
${examples(context)}
${allFindings(context)}
${gaps(context)}
${provenance(context)}
${guide(context)}
</main><script>${{ source: script }}</script></body></html>
`.source
}

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const POLICY = `default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'`

function navigation({ findings, slices }: Report): Markup {
  const judged = findings.length > 0
  const links: readonly (readonly [string, string, boolean])[] = [
    ['measures', 'What decided', judged],
    ['where', 'Where', slices.harmed.length > 0],
    ['detectors', 'Detectors', judged],
    ['examples', 'Examples', true],
    ['all', 'All findings', judged],
    ['gaps', 'Not measured', true],
    ['provenance', 'Provenance', true],
    ['guide', 'How to read', true],
  ]
  const shown = links.filter(([, , is]) => is)
  return html`<nav aria-label="Sections"><ul class="wrap">${shown.map(([id, label]) => html`<li><a href="#${id}">${label}</a></li>`)}</ul></nav>`
}
