import { explainNotice } from '../../domain/notice.js'
import type { Report } from '../../domain/report.js'
import { clip } from '../clip.js'
import { countsInWords } from '../counts.js'
import { mdText } from '../markdown-text.js'
import { compared } from '../sentences/compared.js'
import { faults, notMeasured, notReached, notSeen } from '../sentences/gaps.js'
import { relaxed } from '../sentences/relaxed.js'
import { verdictSentence } from '../sentences/verdict.js'
import { waysOut } from '../sentences/ways-out.js'
import { compose, section } from './budget.js'
import { examples } from './examples.js'
import { provenance } from './provenance.js'
import { decided, others, perTask } from './tables.js'
import { where } from './where.js'

/**
 * A comment on GitHub holds 65,536 characters; the rest is for the mark by which it is found again. A job summary holds
 * 1 MiB, and no character of ours takes more than four bytes.
 */
const LONGEST = 65_000
const LONGEST_SENTENCE = 1500

/** For pull requests and job summaries, in GitHub’s Markdown. */
export function renderMarkdown(report: Report): string {
  return compose(
    [
      section([], verdict(report)),
      section(['**Ways out**', ''], bullets(waysOut(report))),
      decided(report),
      where(report),
      section([], bullets([...notMeasured(report), ...notReached(report), ...notSeen(report), ...faults(report)])),
      examples(report),
      others(report),
      perTask(report),
      details('What was compared', [
        ...compared(report),
        ...report.notices.map((notice) => `Note: ${explainNotice(notice)}.`),
      ]),
      provenance(report),
    ],
    LONGEST,
  )
}

const ALERTS: Readonly<Record<Report['verdict'], string>> = {
  pass: 'NOTE',
  fail: 'CAUTION',
  inconclusive: 'WARNING',
  error: 'CAUTION',
}

function verdict(report: Report): string[] {
  const { verdict: word, config, findings } = report
  const mode = config.gate === 'report' && word !== 'error' ? ' (report only)' : ''
  const sentences = [
    `**${word.toUpperCase()}**${mode} ${sentence(verdictSentence(report))}`,
    ...relaxed(report).map(sentence),
    ...(findings.length === 0 ? [] : [`${findings.length} findings: ${countsInWords(findings)}.`]),
  ]
  return [`> [!${ALERTS[word]}]`, ...sentences.map((text, i) => (i === 0 ? `> ${text}` : `>\n> ${text}`))]
}

function bullets(sentences: readonly string[]): string[] {
  return sentences.map((text) => `- ${sentence(text)}`)
}

function details(title: string, sentences: readonly string[]) {
  return section(['<details>', `<summary>${title}</summary>`, ''], bullets(sentences), ['', '</details>'])
}

function sentence(text: string): string {
  return mdText(clip(text, LONGEST_SENTENCE))
}
