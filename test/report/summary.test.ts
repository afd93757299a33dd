import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/domain/report.js'
import type { WrittenReport } from '../../src/report/json.js'
import { summaryOf } from '../../src/report/summary.js'
import { renderTerminal } from '../../src/report/terminal/index.js'
import { tuneaudit } from '../cli/run.js'

const root = resolve(import.meta.dirname, '../..')
const DEMO = ['--baseline', 'fixtures/demo/baseline.jsonl', '--tuned', 'fixtures/demo/tuned.jsonl']
const CONFIG = ['--config', 'fixtures/demo/tuneaudit.config.yaml']

async function run(...args: string[]): Promise<{ report: WrittenReport; terminal: string }> {
  const json = await tuneaudit(['audit', ...DEMO, ...args, '--format', 'json'], root)
  const terminal = await tuneaudit(['audit', ...DEMO, ...args], root)
  return { report: JSON.parse(json.stdout), terminal: terminal.stdout }
}

const unbroken = (text: string) => text.replace(/\s+/g, ' ')

describe('the summary', () => {
  let report: WrittenReport
  let terminal: string
  beforeAll(async () => {
    ;({ report, terminal } = await run(...CONFIG))
  })

  it('says in words what the terminal says, which a report that was read back gives again', () => {
    expect(renderTerminal(report, { color: false })).toBe(terminal)
    const { headline, notMeasured, couldNotSee } = report.summary
    for (const sentence of [headline.replace('FAIL. ', ''), ...notMeasured, ...couldNotSee]) {
      expect(unbroken(terminal)).toContain(unbroken(sentence))
    }
  })

  it('names every failure, once where one task alone carries it', () => {
    const { shown } = report.summary
    const failing = report.findings.filter(({ status, task }) => status === 'fail' && task === null)
    for (const { measure } of failing) expect(shown.filter((one) => one.startsWith(`${measure} (`))).toHaveLength(1)
    expect(shown.some((one) => one.startsWith('feasible-rate on task'))).toBe(false)
    expect(shown.find((one) => one.startsWith('score on task hours'))).toContain(
      'fell from 0.9250 to 0.8025 (lower is worse); change −0.1225, 90 % interval −0.1617 to −0.0845; margin −0.05, the default; 400 cases',
    )
  })

  it('says how much harm a pass leaves possible, and what stays open beside failures', () => {
    expect(report.summary.ruledOut).toEqual([
      'missing-confidence-rate (guarded, share): a change for the worse beyond +0.0034 is ruled out (one-sided, 95 %); margin +0.05, the default; 800 of 1520 cases.',
    ])
    expect(report.summary.open).toHaveLength(1)
    expect(report.reason).toMatchObject({ open: [{ measure: 'score', task: null }] })
  })

  it('says on which cases nobody knows what is right, and which no guarded measure reaches', () => {
    expect(report.summary.couldNotSee.slice(0, 2)).toEqual([
      'Records say neither score nor correctness on 720 of 1520 cases: tasks names, quotes, repairs.',
      'No guarded measure looked at outputs on 300 of 1520 cases: task repairs.',
    ])
    const { tasks } = report
    expect(tasks.map(({ task, cases, scored }) => [task, cases, scored])).toEqual([
      ['hours', 400, true],
      ['names', 120, false],
      ['quotes', 300, false],
      ['repairs', 300, false],
      ['tickets', 400, true],
    ])
    expect(tasks.find(({ task }) => task === 'quotes')!.guarded).toEqual([
      { detector: 'infeasible-content', measure: 'feasible-rate', cases: 300 },
    ])
  })

  it('prints hostile names as text', () => {
    const task = '\u001b[2Jgone\u202e\n'
    const hostile: Report = {
      ...report,
      findings: report.findings.map((finding) => (finding.task === null ? finding : { ...finding, task })),
      tasks: report.tasks.map((own) => ({ ...own, task })),
      relaxations: [{ what: 'level', detector: 'd', measure: null, tasks: task, from: 'error', to: 'off' }],
    }
    expect(JSON.stringify(summaryOf(hostile)).replaceAll('\\\\u001b', '')).not.toMatch(/[\u001b\u202e]|\\u001b|\\n/)
  })
})

describe('a run that is easier to pass than recommended', () => {
  it('says so under the headline and in the summary, with what would have failed', async () => {
    const flags = ['--margin', 'score=.2,brier-score=.3', '--detectors', 'cross-task-regression,calibration-drift']
    const { report, terminal } = await run(...flags, '--margin', 'confidence-collapse=.9')
    expect(report.summary.headline).toMatch(/^FAIL, with 6 relaxations\. /)
    const [list, consequence] = report.summary.relaxed
    expect(list).toContain('margin of score 0.2 instead of 0.05')
    expect(consequence).toMatch(
      /^Without relaxed levels, roles and margins brier-score, confidence-collapse.* would fail/,
    )
    expect(unbroken(terminal)).toContain(list)
    const score = report.findings.find(({ measure, task }) => measure === 'score' && task === null)!
    expect(score).toMatchObject({ margin: 0.2, marginFrom: 'flag', status: 'pass', wouldBe: 'inconclusive' })
  })
})
