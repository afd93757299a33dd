import type { Report } from '../domain/report.js'
import { renderJson } from './json.js'
import { renderTerminal } from './terminal/index.js'

export interface RenderOptions {
  readonly color: boolean
}

export type Render = (report: Report, options: RenderOptions) => string

export const reporters = { json: renderJson, terminal: renderTerminal } as const satisfies Record<string, Render>

export type ReportFormat = keyof typeof reporters
