import { describe, expect, it } from 'vitest'
import type { Point, Trend } from '../../../src/domain/trend.js'
import { renderTrendHtml } from '../../../src/report/html/trend/index.js'
import { fixed } from '../../../src/report/numbers.js'
import { renderTrendMarkdown } from '../../../src/report/trend/markdown.js'
import { trendOf } from '../../../src/report/trend/series.js'
import { demo, HOSTILE, hostileVersion } from '../faces/reports.js'
import { trendOfDemo } from './reports.js'

const report = demo()
const trend = trendOfDemo(report)
const text = renderTrendHtml(trend)

/** A trend of one measure alone. */
function only(points: readonly (Point | null)[], more: Partial<Trend['series'][number]> = {}): Trend {
  const [series] = trend.series.filter(({ measure, task }) => measure === 'score' && task === null)
  const reports = points.map((_, i) => ({ path: `day-${i + 1}.json`, verdict: 'pass' as const, sameBaseline: true }))
  return {
    ...trend,
    firstFail: null,
    reports,
    series: [{ ...series!, points, firstFail: null, failsSince: null, ...more }],
  }
}

function point(harm: number, spread: number | null, more: Partial<Point> = {}): Point {
  const [low, high] = spread === null ? [null, null] : [-harm - spread, -harm + spread]
  const change = { value: -harm, low, high, level: spread === null ? null : 0.9, method: 'jackknife' } as const
  return { tuned: 0.9 - harm, change, margin: 0.05, status: 'pass', decides: true, ...more }
}

/** Heights of what is drawn: the two lines, then circles. */
function heights(page: string): { zero: number; margin: number | null; circles: number[] } {
  const [svg = ''] = /<svg class="trend"[\s\S]*?<\/svg>/.exec(page) ?? []
  const y = (name: string) => Number(new RegExp(`class="${name}"[^>]* y1="([\\d.]+)"`).exec(svg)?.[1] ?? Number.NaN)
  const circles = [...svg.matchAll(/<circle[^>]* cy="([\d.]+)"/g)].map(([, cy]) => Number(cy))
  return { zero: y('zero'), margin: Number.isNaN(y('tolerated')) ? null : y('tolerated'), circles }
}

describe('renderTrendHtml', () => {
  it('begins with the first failure, and marks it in the picture and in the numbers', () => {
    expect(text).toMatch(/<p class="why">First failure: step-300\.json, by [^<]*brier-score/)
    const figure = /<figure[^>]*><figcaption><b>score<\/b> on hours[\s\S]*?<\/figure>/.exec(text)?.[0] ?? ''
    expect(figure).toContain('first fails at step-300.json, and since')
    expect(figure).toContain('<rect class="first" x="58.67%" y="0" width="29.33%" height="112"/>')
    expect(figure).toMatch(/3 step-300\.json<span class="sub">first fails here/)
    expect(figure).toMatch(/aria-label="score by report: first fails at step-300\.json/)
  })

  it('has a row for each series, with every value that the trend has', () => {
    const rows = [...text.slice(text.indexOf('id="all"')).matchAll(/<tr data-d="\d+" data-t="\w+" data-s="(\w+)"/g)]
    expect(rows.map(([, status]) => status)).toEqual(trend.series.map(({ points }) => points.at(-1)!.status))
    const score = trend.series.find(({ measure, task }) => measure === 'score' && task === null)!
    for (const one of score.points) expect(text).toContain(fixed(one!.tuned!))
  })

  it('draws harm upwards in margins, whichever direction is worse', () => {
    const lower = heights(renderTrendHtml(only([point(0, 0.01), point(0.05, 0.01), point(0.2, 0.01)])))
    expect(lower.circles[0]).toBe(lower.zero)
    expect(lower.circles[1]).toBe(lower.margin)
    expect(lower.circles[2]).toBeLessThan(lower.margin!)
    expect(lower.margin).toBeLessThan(lower.zero)
    const higher = only([point(-0, 0.01), point(-0.05, 0.01), point(-0.2, 0.01)], { worse: 'higher' })
    expect(heights(renderTrendHtml(higher))).toEqual(lower)
  })

  it('holds each point against the margin of its own report', () => {
    const { circles, margin } = heights(renderTrendHtml(only([point(0.05, 0.01), point(0.5, 0.1, { margin: 0.5 })])))
    expect(circles).toEqual([margin, margin])
  })

  it('draws a measure without margins in its own unit, and one without intervals as points', () => {
    const page = renderTrendHtml(only([point(0.1, null, { margin: null }), point(0.2, 0.1, { margin: null })]))
    const { zero, margin, circles } = heights(page)
    expect([margin, circles.length]).toEqual([null, 2])
    expect(circles[1]).toBeLessThan(circles[0]!)
    expect(circles[0]).toBeLessThan(zero)
    expect(page.slice(0, page.indexOf('<script>'))).not.toMatch(/NaN|undefined/)
  })

  it('says where a report does not have a measure, and joins nothing over it', () => {
    const page = renderTrendHtml(only([point(0.01, 0.01), null, point(0.01, 0.01, { change: null, tuned: null })]))
    expect(page).toContain('not in this report')
    expect(page).not.toContain('class="path"')
    expect(heights(page).circles).toHaveLength(1)
  })

  it('keeps what is far away at the edge', () => {
    const [far = 0] = heights(renderTrendHtml(only([point(9, 1), point(0, 0.01)]))).circles
    expect(far).toBeGreaterThan(0)
    expect(far).toBeLessThan(20)
  })

  it('says that a report was held against another baseline', () => {
    const [first, second, ...rest] = trend.reports
    const page = renderTrendHtml({ ...trend, reports: [first!, { ...second!, sameBaseline: false }, ...rest] })
    expect(page).toContain('Note: not held against the baseline of step-100.json: step-200.json.')
    expect(page).toContain('<td>another</td>')
  })

  it('of audits that all ended in an error shows that', () => {
    const error = { ...report, verdict: 'error' as const, findings: [] }
    const page = renderTrendHtml(trendOf([1, 2].map((i) => ({ path: `${i}.json`, report: error }))))
    expect(page).toContain('<header class="verdict error">')
    expect(page).not.toContain('id="filters"')
  })

  it.each(HOSTILE)('has the same elements whatever a name says: %j', (hostile) => {
    const tags = (page: string) => page.match(/<\/?[a-z][a-z0-9]*/g)!.join('')
    const of = (name: string) =>
      renderTrendHtml(
        trendOf(['a', 'b'].map((end) => ({ path: `${name}${end}`, report: hostileVersion(report, name) }))),
      )
    const own = of(hostile)
    expect(tags(own)).toBe(tags(of('plain')))
    expect(Buffer.from(own).toString()).toBe(own)
    expect(own).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/)
  })

  it('gives the same bytes again', () => {
    expect(renderTrendHtml(trend)).toBe(text)
  })
})

describe('renderTrendMarkdown', () => {
  it('has a row for what decided or failed, and stays within what GitHub takes', () => {
    const markdown = renderTrendMarkdown(trend)
    expect(markdown).toMatch(/^\*\*First failure: step-300\.json, by /)
    expect(markdown).toMatch(/\| `score` on `hours` \| fail \| 0\.9250 → 0\.8025 \| █▅?[▁-█]*▁ \| first fails at/)
    const many = trend.series.flatMap((series) =>
      Array.from({ length: 40 }, (_, i) => ({ ...series, measure: `m${i}` })),
    )
    const long = renderTrendMarkdown({ ...trend, series: many })
    expect(long.length).toBeLessThan(65_000)
    expect(long).toMatch(/\d+ more measures: see the JSON\./)
  })
})
