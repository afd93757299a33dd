import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/**
 * The first `npx tuneaudit` in a checkout builds the tool anew, as npm does for a package it takes from a folder. Once,
 * before the tests: a build in their midst would take the tool away from those that run it.
 */
export function setup(): void {
  const { status, stderr } = spawnSync('npx', ['tuneaudit', '--version'], {
    cwd: resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npx tuneaudit --version: exit ${status}\n${stderr}`)
}
