import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import type { DescribedDetector, Report } from '../../domain/report.js'
import { mdText } from '../markdown-text.js'

/** What keeps data from being audited at all. */
export const AUDIT_RULE = 'audit/data'

/** Stable: the names that config, JSON and terminal use. */
export function ruleId({ detector, measure }: Pick<Finding, 'detector' | 'measure'>): string {
  return printable(`${detector}/${measure}`)
}

export interface Rule {
  readonly id: string
}

/** One rule for each measure, explained by its detector's own words. */
export function rulesOf({ detectors, findings, verdict }: Report): Rule[] {
  const level = new Map(
    findings.flatMap((finding) => (finding.task === null ? [[ruleId(finding), LEVELS[finding.role]]] : [])),
  )
  const rules = detectors.flatMap((detector) =>
    detector.measures.map((measure) => {
      const id = ruleId({ detector: detector.id, measure: measure.id })
      return ruleOf({ id, title: measure.title, detector, level: level.get(id) ?? 'note' })
    }),
  )
  return verdict === 'error' ? [...rules, auditRule] : rules
}

const LEVELS = { guarded: 'error', watched: 'warning', noted: 'note' } as const

const auditRule = {
  id: AUDIT_RULE,
  name: 'Data',
  shortDescription: { text: 'The data can be audited' },
  defaultConfiguration: { level: 'error' },
}

interface RuleParts {
  readonly id: string
  readonly title: string
  readonly detector: DescribedDetector
  readonly level: string
}

function ruleOf({ id, title, detector: { id: owner, version, title: gone, docs }, level }: RuleParts) {
  const { why, how, limits, sources } = docs
  const said = [`${title}.`, why, `How: ${how}`, `Limits: ${limits}`]
  const named = sources.map((source) => `${source.title} (${source.where})`)
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: printable(title) },
    fullDescription: { text: printable(`${gone}. ${why}`) },
    help: {
      text: printable([...said, ...named].join(' ')),
      markdown: [...said.map(mdText), ...named.map((source) => `- ${mdText(source)}`)].join('\n\n'),
    },
    defaultConfiguration: { level },
    properties: { tags: [owner], detectorVersion: version },
  }
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|[^\p{L}\p{N}]+)(\p{L}?)/gu, (_, letter: string) => letter.toUpperCase())
}
