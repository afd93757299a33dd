/// <reference lib="dom" />
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Report } from '../../../src/domain/report.js'
import { renderHtml } from '../../../src/report/html/index.js'
import { alive, INERT, inChromium, opened, type View, violations } from './browser.js'
import { demo, enlarged, HOSTILE, hostileVersion, inconclusive, unauditable } from './reports.js'

const report = demo()
const EVERYTHING = '[data-d]:not([hidden])'

/** One report in which every hostile text stands wherever text can stand. */
function allHostile(): Report {
  const versions = HOSTILE.map((text) => hostileVersion(report, text))
  return {
    ...versions[0]!,
    findings: versions.flatMap(({ findings }) => findings.filter(({ task }) => task === null)),
    notices: versions.flatMap(({ notices }) => notices),
    faults: versions.flatMap(({ faults }) => faults),
    detectors: versions.flatMap(({ detectors }) => detectors),
    slices: { ...versions[0]!.slices, harmed: versions.flatMap(({ slices }) => slices.harmed) },
  }
}

const statusesShown = (page: Page) =>
  page.$$eval('#all tr[data-s]:not([hidden])', (rows) => [
    ...new Set(rows.map((row) => row.getAttribute('data-s') ?? '')),
  ])
const shownIn = (page: Page, selector: string) => page.$$eval(`${selector}${EVERYTHING}`, (all) => all.length)

inChromium('the HTML report', (session) => {
  const open = (shown: Report, view?: View) => opened(session(), renderHtml(shown), view)

  it('loads nothing but itself and complains of nothing', async () => {
    const { page, requests, complaints } = await open(report)
    expect(requests).toHaveLength(1)
    expect(complaints).toEqual([])
    expect(await page.textContent('h1')).toMatch(/fail/i)
    await page.context().close()
  })

  it('filters by mouse: verdict chips, selects, and all again', async () => {
    const { page } = await open(report)
    const all = await shownIn(page, '#all tr')
    expect(all).toBe(report.findings.length)
    const failing = report.findings.filter(({ status }) => status === 'fail').length
    await page.click('.chip.fail')
    expect(await statusesShown(page)).toEqual(['fail'])
    expect(await shownIn(page, '#all tr')).toBe(failing)
    expect(await page.textContent('#shown')).toBe(`${failing} of ${all} findings`)
    expect(await page.getAttribute('.chip.fail', 'aria-pressed')).toBe('true')
    expect(await page.$$eval('#all details[open]', (open) => open.length)).toBeGreaterThan(0)
    await page.selectOption('select[name=t]', { label: 'hours' })
    const onHours = report.findings.filter(({ status, task }) => status === 'fail' && task === 'hours').length
    expect(await shownIn(page, '#all tr')).toBe(onHours)
    await page.selectOption('select[name=d]', { label: 'cross-task-regression' })
    expect(await shownIn(page, '#all tr')).toBe(1)
    expect(await page.locator('section.detector:visible h3').allTextContents()).toHaveLength(1)
    expect(await page.locator('#examples details.examples:visible').count()).toBe(1)
    await page.click('button[type=reset]')
    await page.waitForFunction(() => document.getElementById('shown')?.textContent === '')
    expect(await shownIn(page, '#all tr')).toBe(all)
    await page.context().close()
  })

  it('filters by keyboard alone, and every control can be reached and seen', async () => {
    const { page } = await open(report)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    const visited: string[] = []
    for (let i = 0; i < 40 && !visited.includes('s'); i++) {
      await page.keyboard.press('Tab')
      const [name, outline] = await page.evaluate(() => {
        const active = document.activeElement!
        return [active.getAttribute('name') ?? active.textContent ?? '', getComputedStyle(active).outlineStyle]
      })
      expect(outline).not.toBe('none')
      visited.push(name)
    }
    expect(visited).toContain('s')
    await page.keyboard.type('fail')
    expect(await statusesShown(page)).toEqual(['fail'])
    await page.locator('.chip.inconclusive').focus()
    await page.keyboard.press('Enter')
    expect(await statusesShown(page)).toEqual(['inconclusive'])
    await page.keyboard.press('Space')
    expect((await statusesShown(page)).length).toBe(5)
    await page.locator('#all summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('#all details').first().getAttribute('open')).toBe('')
    await page.context().close()
  })

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('gives axe nothing to say, and scrolls in one direction, at %i pixels, %s', async (width, scheme) => {
    const shown = width === 1280 ? [report, inconclusive(), unauditable()] : [report]
    for (const one of shown) {
      const { page } = await open(one, { width, scheme })
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.context().close()
    }
  })

  it('keeps hostile text inert, and shows it', async () => {
    const long = 'very '.repeat(200_000)
    for (const [shown, shownText] of [
      [allHostile(), HOSTILE[0]],
      [hostileVersion(report, long), long.slice(0, 100)],
    ] as const) {
      const { page, requests, complaints } = await open(shown)
      expect({ requests: requests.length, complaints }).toEqual({ requests: 1, complaints: [] })
      expect(await alive(page)).toEqual(INERT)
      expect(await page.textContent('#examples')).toContain(shownText)
      await page.click('.chip.fail')
      expect(await statusesShown(page)).toEqual(['fail'])
      await page.context().close()
    }
  })

  it('runs no script that a text brought along, even if it had become markup', async () => {
    const path = join(session().folder, 'injected.html')
    writeFileSync(
      path,
      renderHtml(report).replace('</main>', '<script>owned = 1</script><img src=x onerror="owned = 1"></main>'),
    )
    const page = await session().browser.newPage()
    await page.goto(pathToFileURL(path).href)
    expect(await page.evaluate(() => Reflect.get(globalThis, 'owned') ?? null)).toBeNull()
    await page.close()
  })

  it('shows every table without scripts, and no control that would do nothing', async () => {
    const { page } = await open(report, { scripts: false })
    expect(await page.locator('#filters').isVisible()).toBe(false)
    expect(await page.locator('table.forest').isVisible()).toBe(true)
    await page.locator('#all summary').first().click()
    expect(await page.locator('#all table').first().isVisible()).toBe(true)
    await page.context().close()
  })

  it('unfolds everything on paper', async () => {
    const { page } = await open(report)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('details:not([open])').count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect((await page.pdf()).length).toBeGreaterThan(10_000)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0)
    await page.context().close()
  })

  it('opens 5,000 findings with 500 examples in less than two seconds, from less than 5 MB', async () => {
    const large = enlarged(report, { findings: 5000, examples: 500 })
    expect(large.findings.flatMap(({ examples }) => examples).length).toBeGreaterThanOrEqual(500)
    expect(Buffer.byteLength(renderHtml(large))).toBeLessThan(5_000_000)
    const opened: number[] = []
    // The best of a few: others may be using the machine.
    for (let i = 0; i < 8 && (opened.at(-1) ?? 2000) >= 2000; i++) {
      const { page } = await open(large)
      opened.push(
        await page.evaluate(() => performance.getEntriesByType('navigation').map((one) => one.duration)[0] ?? 0),
      )
      await page.context().close()
    }
    expect(Math.min(...opened)).toBeGreaterThan(0)
    expect(Math.min(...opened)).toBeLessThan(2000)
  })
})
