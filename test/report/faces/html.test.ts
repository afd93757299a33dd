import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { STATUSES } from '../../../src/domain/finding.js'
import { countsOf } from '../../../src/report/counts.js'
import { difference } from '../../../src/report/html/difference.js'
import { renderHtml } from '../../../src/report/html/index.js'
import { harmScale, intervalPlot } from '../../../src/report/html/interval.js'
import { html, lines } from '../../../src/report/html/markup.js'
import { demo, enlarged, HOSTILE, hostileVersion, unauditable } from './reports.js'

const report = demo()
const text = renderHtml(report)
const inside = (tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)![1]!
const rowsOf = (page: string) => [
  ...page.slice(page.indexOf('id="all"')).matchAll(/<tr data-d="\d+" data-t="\w+" data-s="(\w+)"/g),
]

describe('renderHtml', () => {
  it('allows by its policy nothing but its own style and script', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)!
    const hash = (source: string) => `&#39;sha256-${createHash('sha256').update(source).digest('base64')}&#39;`
    expect(policy!.split('; ')).toEqual([
      'default-src &#39;none&#39;',
      `style-src ${hash(inside('style'))}`,
      `script-src ${hash(inside('script'))}`,
      'base-uri &#39;none&#39;',
      'form-action &#39;none&#39;',
    ])
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'))
    expect(text).not.toMatch(/ style="|https?:\/\/|@import|url\(/)
  })

  it('has a row for each finding with its status', () => {
    const found = rowsOf(text).map(([, status]) => ({ status: STATUSES.find((one) => one === status)! }))
    expect(countsOf(found)).toEqual(countsOf(report.findings))
  })

  it('draws for every detector what it keeps', () => {
    for (const caption of ['Reliability', 'Formats', 'Distinct answers per prompt', 'Right and wrong', 'Violations']) {
      expect(text).toContain(`<b>${caption}</b>`)
    }
    expect(text).toContain('<b>score</b> by task')
    expect(text.match(/<svg class="diagram baseline"/g)).toHaveLength(3)
    expect(text.match(/<svg class="diagram tuned"/g)).toHaveLength(3)
  })

  it('draws what one task alone carries once', () => {
    expect(text.match(/<svg class="histogram"/g)).toHaveLength(1)
  })

  it('shows what it does not know how to draw as data', () => {
    const exhibit = { detector: 'format-collapse', task: null, kind: 'tides', data: { high: [2, 3], low: '<b>' } }
    const shown = renderHtml({ ...report, exhibits: [...report.exhibits, exhibit] })
    expect(shown).toContain('<b>tides</b>, all tasks')
    expect(shown).toContain('&quot;low&quot;: &quot;&lt;b&gt;&quot;')
  })

  it.each([null, 7, 'text', [], {}, { bins: { baseline: [{ n: 'x' }] } }, { formats: [null] }, [[1]]])(
    'draws nothing, and does not fall, where data of a picture is %j',
    (data) => {
      const exhibits = report.exhibits.map((exhibit) => ({ ...exhibit, data }))
      const shown = renderHtml({ ...report, exhibits }).replace(inside('script'), '')
      expect(/<svg class="(?:diagram|histogram)|NaN|undefined/.exec(shown)).toBeNull()
    },
  )

  it('says why there is nothing to see where nothing could be audited', () => {
    const shown = renderHtml(unauditable())
    expect(shown).toContain('<header class="verdict error">')
    expect(shown).not.toContain('id="filters"')
  })

  it('shows no output where examples are left out, and says so', () => {
    const bare = {
      ...report,
      config: { ...report.config, examples: false },
      findings: report.findings.map((finding) => ({ ...finding, examples: [] })),
    }
    expect(renderHtml(bare)).toContain('Outputs were left out on request')
  })

  it.each(HOSTILE)('has the same elements whatever text says: %j', (hostile) => {
    const tags = (page: string) => page.match(/<\/?[a-z][a-z0-9]*/g)!.join('')
    const plain = hostileVersion(report, 'plain')
    const own = renderHtml(hostileVersion(report, hostile))
    // A difference marks other words, line breaks apart; empty names have no example to show.
    const settled = (page: string) => tags(page).replace(/<\/?(?:del|ins|p)\b|<\/?(?:del|ins|p)(?=<|$)/g, '')
    expect(settled(own)).toBe(settled(renderHtml(plain)))
    expect(Buffer.from(own).toString()).toBe(own)
    expect(own).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/)
  })

  it('stays under 5 MB with 5,000 findings and 500 examples', () => {
    expect(Buffer.byteLength(renderHtml(enlarged(report, { findings: 5000, examples: 500 })))).toBeLessThan(5_000_000)
  })

  it('embeds neither the time nor the order in which tasks came', () => {
    expect(renderHtml(report)).toBe(text)
  })
})

describe('html', () => {
  it('escapes whatever is not markup, and leaves out null', () => {
    expect(html`<b title="${'"&'}">${['<', html`<i>${1}</i>`, null]}</b>`.source).toBe(
      '<b title="&quot;&amp;">&lt;<i>1</i></b>',
    )
  })

  it('lines keeps line breaks alone', () => {
    expect(lines('a\r\nb\rc\n\u0007').source).toBe('a\nb\nc\n\\u0007')
  })
})

describe('difference', () => {
  it('marks the words that stand in one text alone', () => {
    const { baseline, tuned } = difference({ baseline: 'open from 9 to 18', tuned: 'open from 8 to 18' })
    expect(baseline.source).toBe('open from <del>9</del> to 18')
    expect(tuned.source).toBe('open from <ins>8</ins> to 18')
  })

  it('of both texts without their marks is the texts', () => {
    const arms = { baseline: 'a <b> & c\nd', tuned: 'a "b" & e\n\nd' }
    const { baseline, tuned } = difference(arms)
    const plain = (source: string) => source.replace(/<\/?(?:del|ins)>/g, '')
    expect(plain(baseline.source)).toBe(lines(arms.baseline).source)
    expect(plain(tuned.source)).toBe(lines(arms.tuned).source)
  })
})

describe('intervalPlot', () => {
  const finding = report.findings.find(({ measure, task }) => measure === 'brier-score' && task === null)!
  const ends = (source: string) => [...source.matchAll(/x[12]="([\d.]+)%"/g)].map(([, x]) => Number(x))

  it('draws harm to the right, in margins, whichever direction is worse', () => {
    const change = { ...finding.change!, value: 0.05, low: 0, high: 0.1 }
    const higher = intervalPlot({ ...finding, change, margin: 0.05, worse: 'higher' })!
    const lower = intervalPlot({
      ...finding,
      change: { ...change, value: -0.05, low: -0.1, high: -0 },
      margin: 0.05,
      worse: 'lower',
    })!
    expect(ends(higher.source)).toEqual([0, 2].map((harm) => Number(harmScale(harm).toFixed(1))))
    expect(lower.source).toBe(higher.source)
  })

  it('draws nothing without an interval or a margin', () => {
    expect(intervalPlot({ ...finding, margin: null })).toBeNull()
    expect(intervalPlot({ ...finding, change: null })).toBeNull()
  })

  it('keeps what is far away at the edge', () => {
    const change = { ...finding.change!, value: 900, low: 800, high: 1000 }
    expect(ends(intervalPlot({ ...finding, change })!.source)).toEqual([99, 99])
  })
})
