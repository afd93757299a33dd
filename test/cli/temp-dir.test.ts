import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inFolder, tuneaudit } from './run.js'
import { forecasts, jsonl } from './weather.js'

const RECORDS = forecasts(60)
const AFTER = jsonl(RECORDS.map((record, i) => ({ ...record, output: `${record.output}, ${i}` })).toReversed())
const GIVEN = { 'before.jsonl': jsonl(RECORDS), 'after.jsonl.gz': gzipSync(AFTER) }

describe('--temp-dir', () => {
  it('is a usage error where it is not there, before anything is read', async () => {
    await inFolder(GIVEN, async (folder) => {
      const arms = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl.gz']
      const end = await tuneaudit(['audit', ...arms, '--temp-dir', 'nowhere'], folder)
      expect(end.code).toBe(3)
      expect(end.stderr).toContain('nowhere: no such file or directory')
    })
  })

  it.each([
    ['standard input', '-'],
    ['a compressed file in another order', 'after.jsonl.gz'],
  ])('holds nothing of %s afterwards', async (_, tuned) => {
    await inFolder(GIVEN, async (folder) => {
      mkdirSync(join(folder, 'scratch'))
      const arms = ['--baseline', 'before.jsonl', '--tuned', tuned]
      const end = await tuneaudit(['audit', ...arms, '--temp-dir', 'scratch', '--quiet'], folder, AFTER)
      expect([0, 1, 2], end.stderr).toContain(end.code)
      expect(readdirSync(join(folder, 'scratch'))).toEqual([])
    })
  })
})
