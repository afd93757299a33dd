/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Trend } from '../../../src/domain/trend.js'
import { renderTrendHtml } from '../../../src/report/html/trend/index.js'
import { trendOf } from '../../../src/report/trend/series.js'
import { alive, INERT, inChromium, opened, type View, violations } from '../faces/browser.js'
import { demo, HOSTILE, hostileVersion } from '../faces/reports.js'
import { trendOfDemo } from './reports.js'

const report = demo()
const trend = trendOfDemo(report)

inChromium('the page of a trend', (session) => {
  const open = (shown: Trend, view?: View) => opened(session(), renderTrendHtml(shown), view)

  it('loads nothing but itself, and draws every measure with the first failure shaded', async () => {
    const { page, requests, complaints } = await open(trend)
    expect({ requests: requests.length, complaints }).toEqual({ requests: 1, complaints: [] })
    const figures = page.locator('figure:has-text("first fails at")')
    expect(await figures.count()).toBeGreaterThan(5)
    const [shaded, third] = await figures.first().evaluate((figure) => {
      const box = (selector: string) => figure.querySelector(selector)!.getBoundingClientRect()
      return [box('rect.first'), box('g:nth-of-type(3) circle')]
    })
    expect(third!.left).toBeGreaterThan(shaded!.left)
    expect(third!.right).toBeLessThan(shaded!.right)
    await page.context().close()
  })

  it('filters by mouse and by keyboard, and folds open', async () => {
    const { page } = await open(trend)
    const rows = () => page.locator('#all tbody tr:not([hidden])').count()
    const all = await rows()
    const failing = trend.series.filter(({ points }) => points.at(-1)?.status === 'fail').length
    await page.click('.chip.fail')
    expect(await rows()).toBe(failing)
    expect(await page.textContent('#shown')).toBe(`${failing} of ${all} measures`)
    await page.locator('select[name=d]').focus()
    await page.keyboard.type('cross')
    expect(await page.locator('section.detector:visible h3').allTextContents()).toEqual(['cross-task-regression'])
    const numbers = page.locator('figure:visible summary').first()
    await numbers.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('figure:visible details[open] table').count()).toBe(1)
    await page.locator('button[type=reset]').press('Enter')
    await page.waitForFunction(() => document.getElementById('shown')?.textContent === '')
    expect(await rows()).toBe(all)
    await page.context().close()
  })

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('gives axe nothing to say, and scrolls in one direction, at %i pixels, %s', async (width, scheme) => {
    const { page } = await open(trend, { width, scheme })
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  it('keeps hostile names inert', async () => {
    const named = HOSTILE.map((text) => ({ path: text, report: hostileVersion(report, text) }))
    const { page, requests, complaints } = await open(trendOf(named))
    expect({ requests: requests.length, complaints }).toEqual({ requests: 1, complaints: [] })
    expect(await alive(page)).toEqual(INERT)
    expect(await page.textContent('#reports')).toContain(HOSTILE[0])
    await page.context().close()
  })

  it('shows every table and picture without scripts, and no control that would do nothing', async () => {
    const { page } = await open(trend, { scripts: false })
    expect(await page.locator('#filters').isVisible()).toBe(false)
    expect(await page.locator('svg.trend').first().isVisible()).toBe(true)
    await page.locator('#all summary').first().click()
    expect(await page.locator('#all table').first().isVisible()).toBe(true)
    await page.context().close()
  })
})
