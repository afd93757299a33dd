import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blessingSchema } from '../../src/report/blessing-schema.js'
import { tuneaudit } from './run.js'
import { forecasts, jsonl } from './weather.js'

// Two forecasters after the one that is in use; the second is audited against the first once that is accepted.
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-'))
const run = (...args: string[]) => tuneaudit(args, folder)
const audit = (before: string, after: string, ...more: string[]) =>
  run('audit', '--baseline', before, '--tuned', after, '--report', 'json=report.json', ...more)
const ACCEPTED = ['--owner', 'm.fog', '--reason', 'spring release']

beforeAll(async () => {
  writeFileSync(join(folder, 'now.jsonl'), jsonl(forecasts(400)))
  writeFileSync(join(folder, 'next.jsonl'), jsonl(forecasts(400, () => ({ output: 'no' }))))
  writeFileSync(join(folder, 'later.jsonl'), jsonl(forecasts(400, () => ({ output: 'maybe' }))))
  await audit('now.jsonl', 'next.jsonl')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('bless', () => {
  it('writes who accepts what, and why', async () => {
    const { code, stderr } = await run('bless', 'report.json', ...ACCEPTED)
    expect([code, stderr]).toEqual([0, expect.stringContaining('accepts the tuned model of report.json (pass)')])
    const blessing = JSON.parse(readFileSync(join(folder, 'tuneaudit.blessed.json'), 'utf8'))
    expect(new Ajv({ strict: true, allowUnionTypes: true }).validate(blessingSchema, blessing)).toBe(true)
    expect(blessing).toMatchObject({ owner: 'm.fog', reason: 'spring release', verdict: 'pass', cases: 400 })
  })

  it('lets the accepted model alone be the baseline', async () => {
    await run('bless', 'report.json', ...ACCEPTED, '-o', 'accepted.json')
    expect((await audit('next.jsonl', 'later.jsonl', '--blessed', 'accepted.json')).code).toBe(0)
    const { code, stdout } = await audit('now.jsonl', 'later.jsonl', '--blessed', 'accepted.json')
    expect(code).toBe(4)
    expect(stdout.replace(/\s+/g, ' ')).toContain('the baseline is not what accepted.json accepts: it holds SHA-256')
    const failed = await run('bless', 'report.json', ...ACCEPTED)
    expect([failed.code, failed.stderr]).toEqual([3, expect.stringContaining('nothing to accept')])
  })

  it.each([
    [['bless', 'report.json'], '--owner and --reason are needed'],
    [['bless', 'report.json', '--owner', '', '--reason', 'x'], '--owner is empty'],
    [['bless', 'now.jsonl', ...ACCEPTED], 'no report of an audit'],
    [['bless', 'report.json', ...ACCEPTED, '-o', 'report.json'], 'it is one of the files that are read'],
    [['audit', '--baseline', 'now.jsonl', '--tuned', 'next.jsonl', '--blessed', 'now.jsonl'], 'no accepted state'],
  ])('%j is exit 3', async (args, said) => {
    const { code, stderr } = await run(...args)
    expect([code, stderr]).toEqual([3, expect.stringContaining(said)])
  })
})
