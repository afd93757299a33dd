/// <reference lib="dom" />
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'

/** Debian's chromium unless CHROMIUM names another; null where there is none. */
const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
)

/** What the skipped tests say for themselves. */
const REASON = CHROMIUM === undefined ? ' (no Chromium: install it, or name it in CHROMIUM)' : ''

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM!,
    args: [...FLAGS, '--disable-component-update', '--disable-sync'],
    timeout: 120_000,
  })
}

/** Where the tests of one page run: a browser, and a folder for the page's files. */
export interface Session {
  readonly browser: Browser
  readonly folder: string
}

/** Tests in Chromium, listed as skipped where there is none; the session stands once they run. */
export function inChromium(title: string, tests: (session: () => Session) => void): void {
  describe.skipIf(CHROMIUM === undefined)(`${title} in Chromium${REASON}`, { timeout: 240_000 }, () => {
    let session: Session | null = null
    beforeAll(async () => {
      session = { browser: await launch(), folder: mkdtempSync(join(tmpdir(), 'tuneaudit-page-')) }
    })
    afterAll(async () => {
      await session?.browser.close()
      if (session !== null) rmSync(session.folder, { recursive: true })
    })
    tests(() => session!)
  })
}

export interface Opened {
  readonly page: Page
  readonly requests: readonly string[]
  readonly complaints: readonly string[]
}

export interface View {
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
  readonly scripts?: boolean
}

let files = 0

/** Opens a page of its own file, and hears what it asks for and complains of. */
export async function opened(
  { browser, folder }: Session,
  text: string,
  { width = 1280, scheme = 'light', scripts = true }: View = {},
): Promise<Opened> {
  const path = join(folder, `${files++}.html`)
  writeFileSync(path, text)
  const view = { viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: scripts }
  const page = await (await browser.newContext(view)).newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  await page.goto(pathToFileURL(path).href)
  return { page, requests, complaints }
}

const AXE = readFileSync(resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8')

/** What axe finds with everything unfolded: the rule and the first element that breaks it. */
export async function violations(page: Page): Promise<(string | undefined)[][]> {
  await page.$$eval('details', (all) => {
    for (const fold of all) fold.open = true
  })
  // Evaluated by the debugger: the page's own policy forbids to add a script.
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = Reflect.get(globalThis, 'axe')
    const { violations: found } = await axe.run(document, { resultTypes: ['violations'] })
    return found.map((one: { id: string; nodes: { html: string }[] }) => [one.id, one.nodes[0]?.html.slice(0, 200)])
  })
}

/** What of a page could act: scripts of others, handlers, links that lead away. */
export function alive(page: Page): Promise<object> {
  return page.evaluate(() => ({
    owned: Reflect.get(globalThis, 'owned') ?? null,
    scripts: document.scripts.length,
    foreign: document.querySelectorAll('img,iframe,object,embed,link,base,svg script').length,
    links: [...document.links].filter((link) => !(link.getAttribute('href') ?? '').startsWith('#')).length,
    handlers: [...document.querySelectorAll('*')].filter((one) =>
      [...one.attributes].some(({ name }) => name.startsWith('on')),
    ).length,
  }))
}

export const INERT = { owned: null, scripts: 1, foreign: 0, links: 0, handlers: 0 }
