import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { byCodeUnit } from '../domain/order.js'
import { AuditError } from '../domain/problem.js'

/** What is looked for in the working directory. */
export const CONFIG_NAMES = ['tuneaudit.config.yaml', 'tuneaudit.config.yml', 'tuneaudit.config.json']

/**
 * The config file as the user knows it, relative to `cwd`: the one named, else the one in `cwd` itself, else null. A
 * config further up would change a verdict unseen. Throws `path-missing`, or `usage` where two files compete.
 */
export function findConfig(cwd: string, explicit: string | null): string | null {
  if (explicit !== null) {
    if (existsSync(resolve(cwd, explicit))) return explicit
    throw new AuditError({ code: 'path-missing', path: explicit })
  }
  const [first, second] = CONFIG_NAMES.filter((name) => existsSync(resolve(cwd, name)))
  if (first === undefined || second === undefined) return first ?? null
  const message = `both ${first} and ${second} are in this folder. Remove one, or name one with --config.`
  throw new AuditError({ code: 'usage', message })
}

const NEARLY = /^\.?tune[-_ ]?audit(?:[-_.]?(?:config|conf|cfg|rc|settings))?(?:\.(?:ya?ml|jsonc?|toml|[cm]?[jt]s))?$/i

/** Files in `cwd` that look as if they were meant to be the config and are not, by their names, in order. */
export function overlookedConfigs(cwd: string): string[] {
  const entries = readdirSync(resolve(cwd), { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  return names
    .filter((name) => NEARLY.test(name) && !CONFIG_NAMES.includes(name) && name !== 'tuneaudit')
    .sort(byCodeUnit)
}
