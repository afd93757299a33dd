import type { Report } from '../../domain/report.js'
import { contextOf } from './context.js'
import { detectorSections } from './detectors.js'
import { examples } from './examples.js'
import { filters } from './filters.js'
import { allFindings } from './findings.js'
import { forest } from './forest.js'
import { page, type Section } from './page.js'
import { verdict } from './verdict.js'
import { gaps, guide, provenance, where } from './words.js'

/**
 * One file for a reviewer with five minutes: verdict, intervals, pictures, examples side by side, what was not seen.
 * Without scripts all of it is shown.
 */
export function renderHtml(report: Report): string {
  const context = contextOf(report)
  return page({
    title: `tuneaudit: ${report.verdict}`,
    header: verdict(context),
    sections: sectionsOf(report),
    skip: 'To the measures',
    main: [
      filters({ ...context, marked: report.findings, noun: 'findings' }),
      forest(context),
      where(context),
      detectorSections(context),
      examples(context),
      allFindings(context),
      gaps(context),
      provenance(context),
      guide(context),
    ],
  })
}

function sectionsOf({ findings, slices }: Report): readonly Section[] {
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
  return links.flatMap(([id, label, is]) => (is ? [{ id, label }] : []))
}
