import { nearest } from '../domain/nearest.js'
import { AuditError } from '../domain/problem.js'
import type { Report } from '../domain/report.js'

export interface RenderOptions {
  /** At a terminal alone. */
  readonly color: boolean
}

export type Render = (report: Report, options: RenderOptions) => string

/** Each face is loaded when it is asked for: a run that draws no chart need not wait for what draws them. */
const faces = {
  terminal: async () => (await import('./terminal/index.js')).renderTerminal,
  json: async () => (await import('./json.js')).renderJson,
  html: async () => (await import('./html/index.js')).renderHtml,
  markdown: async () => (await import('./markdown/index.js')).renderMarkdown,
  junit: async () => (await import('./junit.js')).renderJunit,
  sarif: async () => (await import('./sarif/index.js')).renderSarif,
  github: async () => (await import('./github.js')).renderAnnotations,
} as const satisfies Record<string, () => Promise<Render>>

export type ReportFormat = keyof typeof faces

export const REPORT_FORMATS = Object.keys(faces) as ReportFormat[]

const SHORT: Readonly<Record<string, ReportFormat>> = { md: 'markdown' }

/** As a user writes them. */
export const FORMAT_NAMES: readonly string[] = REPORT_FORMATS.map(
  (format) => Object.keys(SHORT).find((short) => SHORT[short] === format) ?? format,
)

/** The format that a user names. Throws AuditError `unknown-name`. */
export function reportFormat(name: string, flag: string): ReportFormat {
  const known =
    REPORT_FORMATS.find((format) => format === name) ?? (Object.hasOwn(SHORT, name) ? SHORT[name] : undefined)
  if (known !== undefined) return known
  const closest = nearest(name, REPORT_FORMATS)
  throw new AuditError({
    code: 'unknown-name',
    what: `value of ${flag}`,
    name,
    nearest: closest,
    known: REPORT_FORMATS,
  })
}

/** A report in one of its faces: the same bytes for the same report. */
export async function render(
  report: Report,
  format: ReportFormat,
  options: RenderOptions = { color: false },
): Promise<string> {
  return (await faces[format]())(report, options)
}
