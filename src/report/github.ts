import type { Finding } from '../domain/finding.js'
import { printable } from '../domain/printable.js'
import type { Place } from '../domain/record.js'
import type { Report } from '../domain/report.js'
import { isOpen, shownHarm } from './chosen.js'
import { clip } from './clip.js'
import { type PlaceOf, placesOf } from './places.js'
import { findingSentence } from './sentences/finding.js'
import { verdictSentence } from './sentences/verdict.js'
import { commandData, commandProperty, withoutCommands } from './workflow-commands.js'

/** GitHub shows ten annotations of a kind for each step. One is the verdict’s. */
const MOST = 9
const MOST_FINDINGS = 5
const LONGEST = 500

/**
 * Annotations for GitHub’s log: the verdict, and one for each detector that fails or that leaves a guarded measure open, at
 * the tuned output that is worst.
 */
export function renderAnnotations(report: Report): string {
  const placeOf = placesOf(report)
  const detectors = [...new Set(report.findings.map(({ detector }) => detector))]
  const about = (kind: Kind, findings: readonly Finding[]) =>
    detectors
      .flatMap((detector) => {
        const found = findings.filter((finding) => finding.detector === detector)
        return found.length === 0
          ? []
          : [annotation(kind, `tuneaudit: ${detector}`, messageOf(found), worst(found, placeOf))]
      })
      .slice(0, MOST)
  const lines = [
    annotation(VERDICT[report.verdict], `tuneaudit: ${report.verdict}`, clip(verdictSentence(report), LONGEST), null),
    ...about('error', shownHarm(report.findings)),
    ...about('warning', report.findings.filter(isOpen)),
  ]
  return `${lines.join('\n')}\n`
}

type Kind = 'error' | 'warning' | 'notice'

const VERDICT: Readonly<Record<Report['verdict'], Kind>> = {
  pass: 'notice',
  inconclusive: 'warning',
  fail: 'error',
  error: 'error',
}

function annotation(kind: Kind, title: string, message: string, place: Place | null): string {
  const at = place === null ? [] : [`file=${commandProperty(withoutCommands(place.file))}`, `line=${place.line}`]
  const properties = [...at, `title=${commandProperty(withoutCommands(printable(title)))}`].join(',')
  return `::${kind} ${properties}::${commandData(withoutCommands(message))}`
}

/** The pooled findings first; a task’s is said where the pooled one is silent. */
function messageOf(findings: readonly Finding[]): string {
  const pooledFirst = findings.toSorted((a, b) => Number(a.task !== null) - Number(b.task !== null))
  const sentences = pooledFirst.slice(0, MOST_FINDINGS).map((finding) => clip(findingSentence(finding), LONGEST))
  const more = findings.length - sentences.length
  return [...sentences, ...(more === 0 ? [] : [`and ${more} more`])].join('\n')
}

function worst(findings: readonly Finding[], placeOf: PlaceOf): Place | null {
  for (const { examples } of findings) {
    for (const example of examples) {
      const place = placeOf(example, 'tuned')
      if (place !== null && place.file !== '-') return { file: printable(place.file), line: place.line }
    }
  }
  return null
}
