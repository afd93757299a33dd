import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'

/** Debian's chromium unless CHROMIUM names another; null where there is none. */
export const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
)

/** What the skipped tests say for themselves. */
export const REASON = CHROMIUM === undefined ? ' (no Chromium: install it, or name it in CHROMIUM)' : ''

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM!,
    args: [...FLAGS, '--disable-component-update', '--disable-sync'],
    timeout: 120_000,
  })
}
