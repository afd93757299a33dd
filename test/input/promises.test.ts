import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Promises } from '../../src/input/promises.js'
import { audited, FORMATS, inspected } from '../engine/logs.js'
import { useFolder, writeFiles } from './folder.js'

const folder = useFolder()

describe('Promises', () => {
  it('count each output once, though several rows are one', () => {
    const promises = new Promises()
    promises.promise('run', 'tides', 3)
    for (const rank of ['strict', 'loose']) for (let i = 0; i < 3; i++) promises.count('tides', rank)
    expect(promises.shortfalls()).toEqual([])
  })

  it('add those of several runs of a task, and take what one run says twice once', () => {
    const promises = new Promises()
    for (const key of ['monday', 'monday', 'tuesday']) promises.promise(key, 'tides', 2)
    promises.promise('monday-2', 'berths', 1)
    promises.count('tides', '')
    expect(promises.shortfalls()).toEqual([
      { task: 'berths', held: 0, promised: 1 },
      { task: 'tides', held: 1, promised: 4 },
    ])
  })
})

describe('a log with fewer outputs than it says', () => {
  it.each([0, 1])('is noted, an Inspect log with %i epoch more', async (epochs) => {
    const text = readFileSync(join(FORMATS, 'inspect-json/baseline/tides.json'), 'utf8')
    writeFiles(folder.path, { 'tides.json': text.replace('"total_samples":12', `"total_samples":${12 + 12 * epochs}`) })
    const { notices } = await inspected('tides.json', { cwd: folder.path })
    const expected = { code: 'fewer-outputs', arm: null, task: 'tides', held: 12, promised: 24 }
    expect(notices).toEqual(epochs === 0 ? [] : [expected])
  })

  it('is noted in an audit with its arm, a harness’s samples cut short', async () => {
    const root = join(FORMATS, 'lm-evaluation-harness')
    for (const arm of ['baseline', 'tuned']) {
      for (const name of readdirSync(join(root, arm))) {
        const text = readFileSync(join(root, arm, name), 'utf8')
        const counted = text.replace('"n-shot"', '"n-samples":{"tides":{"original":12,"effective":12}},"n-shot"')
        const rows = text.split('\n').filter((line) => line !== '' && !/"doc_id":(?:10|11),/.test(line))
        const cut = arm === 'tuned' ? `${rows.join('\n')}\n` : text
        writeFiles(folder.path, { [`${arm}/${name}`]: name.startsWith('results') ? counted : cut })
      }
    }
    const { notices } = await audited({ baseline: 'baseline', tuned: 'tuned' }, { cwd: folder.path })
    expect(notices.filter(({ code }) => code === 'fewer-outputs')).toEqual([
      { code: 'fewer-outputs', arm: 'tuned', task: 'tides', held: 10, promised: 12 },
    ])
  })
})
