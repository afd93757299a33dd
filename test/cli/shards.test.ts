import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/domain/report.js'
import { type Ended, type Files, inFolder, runHere } from './run.js'
import { AFTER, BEFORE, forecasts, jsonl } from './weather.js'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures')

/** Files of a folder and of those in it, by their paths there. */
function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  )
}

const ARMS = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
const GOOD: Files = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }

const reportOf = (folder: string, name: string): Report => JSON.parse(readFileSync(join(folder, name), 'utf8'))

async function shards(folder: string, n: number, args: readonly string[], name = 'part'): Promise<string[]> {
  const paths: string[] = []
  for (let k = 1; k <= n; k++) {
    const path = `${name}-${k}-of-${n}.json`
    const end = await runHere(['audit', ...args, '--shard', `${k}/${n}`, '--tallies', path], folder)
    expect(end).toMatchObject({ code: 0, stdout: '' })
    paths.push(path)
  }
  return paths
}

/** The report of one run, and of shards that were merged, with how each ended. */
async function both(files: Files, args: readonly string[], n: number) {
  return inFolder(files, async (folder) => {
    const one = await runHere(['audit', ...args, '--report', 'json=one.json'], folder)
    const parts = await shards(folder, n, args)
    const merged = await runHere(['merge', ...parts.reverse(), '--report', 'json=merged.json'], folder)
    return { one, merged, texts: ['one.json', 'merged.json'].map((name) => readFileSync(join(folder, name), 'utf8')) }
  })
}

function expectSame({ one, merged, texts }: Awaited<ReturnType<typeof both>>): Report {
  expect(texts[1]).toBe(texts[0])
  expect([merged.code, merged.stdout]).toEqual([one.code, one.stdout])
  return JSON.parse(texts[0]!)
}

const lmEval = join(FIXTURES, 'formats/lm-evaluation-harness')
const VERIFIED: Files = {
  ...GOOD,
  'tuneaudit.config.yaml': `detectors:
  infeasible-content: {options: {verifier: {command: [node, verify.mjs], timeoutMs: 20000}}}
`,
  // Refuses one output and dies of another.
  'verify.mjs': `import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  const { id } = JSON.parse(line)
  if (id === 'day-7') console.log('nonsense')
  else console.log(JSON.stringify({ feasible: id !== 'day-3' }))
}
`,
}

const RUNS: readonly (readonly [name: string, files: Files, args: readonly string[], n: number])[] = [
  ['the demo in two', filesOf(join(FIXTURES, 'demo')), ['--baseline', 'baseline.jsonl', '--tuned', 'tuned.jsonl'], 2],
  ['the demo in four', filesOf(join(FIXTURES, 'demo')), ['--baseline', 'baseline.jsonl', '--tuned', 'tuned.jsonl'], 4],
  ['logs of lm-evaluation-harness in two', filesOf(lmEval), ['--baseline', 'baseline', '--tuned', 'tuned'], 2],
  ['logs of lm-evaluation-harness in four', filesOf(lmEval), ['--baseline', 'baseline', '--tuned', 'tuned'], 4],
  [
    'labels of a sheet',
    {
      ...GOOD,
      'labels.csv': `id,correct\n${forecasts()
        .map((_, i) => `day-${i},${i % 3 === 0}\n`)
        .join('')}`,
    },
    [...ARMS, '--labels', 'labels.csv', '--margin', 'score=.3'],
    3,
  ],
  ['outputs that a verifier fails on', VERIFIED, ARMS, 2],
  [
    'bad lines, cases of one arm, surplus samples',
    {
      'before.jsonl': jsonl(['nonsense', ...forecasts(60), ...forecasts(3, () => ({ sample: 1, output: 'again' }))]),
      'after.jsonl': jsonl([...forecasts(59, () => ({ output: 'no', model: 'later' })), 'bad']),
    },
    [...ARMS, '--max-bad-lines', '1'],
    3,
  ],
  ['a label that no output has', { ...GOOD, 'l.csv': 'id,correct\nnobody,true\n' }, [...ARMS, '--labels', 'l.csv'], 2],
  ['arms that share no case', { ...GOOD, 'after.jsonl': AFTER.replaceAll('day-', 'night-') }, ARMS, 2],
]

describe('shards that are merged give the report of one run, byte for byte', () => {
  it.each(RUNS)('of %s', async (_, files, args, n) => {
    const report = expectSame(await both(files, args, n))
    expect(report.pairing.cases + report.pairing.onlyBaseline.count).toBeGreaterThan(0)
  })
})

describe('shards that have files of their own', () => {
  const halves = (records: string) => {
    const lines = records.trimEnd().split('\n')
    return [lines.slice(0, 17), lines.slice(17)].map((part) => `${part.join('\n')}\n`)
  }
  const [before1, before2] = halves(BEFORE)
  const [after1, after2] = halves(AFTER)
  const SPLIT: Files = {
    ...GOOD,
    'one/before.jsonl': before1!,
    'one/after.jsonl': after1!,
    'two/before.jsonl': before2!,
    'two/after.jsonl': after2!,
  }
  const shard = (folder: string, k: number, from: string) =>
    runHere(
      [
        ...['audit', '--baseline', `${from}/before.jsonl`, '--tuned', `${from}/after.jsonl`],
        ...['--shard', `${k}/2`, '--shard-by', 'files', '--tallies', `${k}.json`],
      ],
      folder,
    )

  it('give the findings of one run, and name all files', async () => {
    await inFolder(SPLIT, async (folder) => {
      await runHere(['audit', ...ARMS, '--report', 'json=whole.json'], folder)
      for (const [k, from] of ['one', 'two'].entries()) await shard(folder, k + 1, from)
      await runHere(['merge', '1.json', '2.json', '--report', 'json=merged.json'], folder)
      const [one, merged] = [reportOf(folder, 'whole.json'), reportOf(folder, 'merged.json')]
      for (const part of ['findings', 'exhibits', 'pairing', 'settings', 'fields', 'notices', 'slices'] as const)
        expect(merged[part]).toEqual(one[part])
      expect(merged.inputs.baseline.map(({ path, records }) => [path, records])).toEqual([
        ['one/before.jsonl', 17],
        ['two/before.jsonl', 23],
      ])
    })
  })

  it('are refused where two of them read one file, or hold the same cases', async () => {
    await inFolder({ ...SPLIT, 'two/before.jsonl': `${before2}\n`, 'three/x': '' }, async (folder) => {
      await shard(folder, 1, 'one')
      await shard(folder, 2, 'one')
      const same = await runHere(['merge', '1.json', '2.json'], folder)
      expect(same).toMatchObject({ code: 4, stdout: '' })
      expect(same.stderr).toContain('one/before.jsonl was read by another shard too')
      writeFileSync(join(folder, 'two/before.jsonl'), `${before1}\n`)
      writeFileSync(join(folder, 'two/after.jsonl'), `${after1}\n`)
      await shard(folder, 2, 'two')
      const alike = await runHere(['merge', '1.json', '2.json'], folder)
      expect(alike.stderr).toContain('2.json: holds cases that another shard holds too')
      expect(alike.code).toBe(4)
    })
  })

  it('may not tolerate more bad lines together than one run', async () => {
    const files = { ...SPLIT, 'one/before.jsonl': `x\n${before1}`, 'two/before.jsonl': `y\n${before2}` }
    await inFolder({ ...files, 'tuneaudit.config.yaml': 'input: {maxBadLines: 1}\n' }, async (folder) => {
      for (const [k, from] of ['one', 'two'].entries())
        expect(await shard(folder, k + 1, from)).toMatchObject({ code: 0 })
      const end = await runHere(['merge', '1.json', '2.json', '--report', 'json=r.json'], folder)
      expect(end.code).toBe(4)
      expect(reportOf(folder, 'r.json').reason).toEqual({
        code: 'too-many-bad-lines',
        arm: 'baseline',
        lines: 2,
        limit: 1,
      })
    })
  })
})

describe('merge', () => {
  it('wants every shard, once', async () => {
    await inFolder(GOOD, async (folder) => {
      const [one, two, three] = await shards(folder, 3, ARMS)
      const missing = await runHere(['merge', two!, '--report', 'json=r.json'], folder)
      expect(missing).toMatchObject({ code: 4, stdout: '' })
      expect(missing.stderr).toContain('2 of 3 shards are missing: 1, 3.')
      const doubled = await runHere(['merge', one!, two!, two!, three!], folder)
      expect(doubled).toMatchObject({ code: 4, stdout: '' })
      expect(doubled.stderr).toContain('shard 2 of 3 is given 2 times: part-2-of-3.json, part-2-of-3.json.')
      expect(readdirSync(folder)).not.toContain('r.json')
    })
  })

  const OTHERS: readonly (readonly [what: string, args: readonly string[], n: number, says: string])[] = [
    ['division', ARMS, 3, 'they belong to different divisions'],
    ['config', [...ARMS, '--alpha', '.01'], 2, 'the shards were told different things'],
    ['margin', [...ARMS, '--margin', 'score=.04'], 2, 'the shards were told different things'],
    ['input', ['--baseline', 'before.jsonl', '--tuned', 'other.jsonl'], 2, 'the shards read different files'],
  ]

  it.each(OTHERS)('refuses a shard of another %s', async (_, args, n, says) => {
    await inFolder({ ...GOOD, 'other.jsonl': `${AFTER}\n` }, async (folder) => {
      const [one] = await shards(folder, 2, ARMS)
      const others = await shards(folder, n, args, 'other')
      expectRefused(await runHere(['merge', one!, others[1]!], folder), says)
    })
  })

  const DAMAGE: readonly (readonly [what: string, (text: string) => string, says: string])[] = [
    ['is cut off', (text) => text.slice(0, -200), 'JSON'],
    ['is no JSON', () => 'tallies', 'JSON'],
    ['is a report', () => '{"schemaVersion": 1}', 'unknown key "schemaVersion"'],
    ['is empty', () => '', 'JSON'],
    ['is of another version', (text) => text.replace('"schemaVersion":1', '"schemaVersion":2'), 'another version'],
    ['is of another tool', (text) => text.replace(/"tool":"[^"]*"/, '"tool":"9.9.9"'), 'written by tuneaudit 9.9.9'],
    ['has another detector', (text) => text.replace('["lost-diversity",', '["lost-diversity",1'), 'detectors'],
    ['has a key of objects', (text) => text.replace('"intake":{', '"intake":{"__proto__":{"a":1},'), '__proto__'],
    ['has a number too many', (text) => text.replace('"records":40', '"records":1e300'), 'no count'],
    ['has half a case', (text) => text.replace('"identical":0', '"identical":0.5'), 'ledger.identical: no count'],
    ['has another config', (text) => text.replace('"alpha":0.05', '"alpha":0.2'), 'its config was changed'],
    ['says of no shard', (text) => text.replace('"number":1', '"number":7'), 'no shard of a division'],
  ]

  it.each(DAMAGE)('refuses a file that %s', async (_, damage, says) => {
    await inFolder(GOOD, async (folder) => {
      const [one, two] = await shards(folder, 2, ARMS)
      const text = readFileSync(join(folder, one!), 'utf8')
      expect(damage(text)).not.toBe(text)
      writeFileSync(join(folder, one!), damage(text))
      expectRefused(await runHere(['merge', one!, two!], folder), says)
    })
  })

  it('reads tallies that were compressed', async () => {
    await inFolder(GOOD, async (folder) => {
      const shard = ['audit', ...ARMS, '--shard', '1/1', '--tallies']
      await runHere([...shard, 'p.json.gz'], folder)
      await runHere([...shard, 'p.json'], folder)
      expect(gunzipSync(readFileSync(join(folder, 'p.json.gz'))).toString()).toBe(
        readFileSync(join(folder, 'p.json'), 'utf8'),
      )
      expect(await runHere(['merge', 'p.json.gz'], folder)).toMatchObject({ code: 2 })
    })
  })
})

describe('a shard', () => {
  it.each([
    [['--shard', '1/2'], '--shard needs --tallies'],
    [['--tallies', 'p.json'], '--tallies needs --shard'],
    [['--shard', '0/2', '--tallies', 'p.json'], '"0/2" is not k/n'],
    [['--shard', '3/2', '--tallies', 'p.json'], '"3/2" is not k/n'],
    [['--shard', 'a', '--tallies', 'p.json'], '"a" is not k/n'],
    [['--shard', '1/2', '--shard-by', 'case', '--tallies', 'p.json'], 'Did you mean "cases"?'],
    [['--shard', '1/2', '--tallies', 'p.json', '--report', 'json=r.json'], '--report belongs to tuneaudit merge'],
    [['--shard', '1/2', '--tallies', 'before.jsonl'], 'it is one of the files that are read'],
  ])('%j is a usage error', async (args, says) => {
    await inFolder(GOOD, async (folder) => {
      const end = await runHere(['audit', ...ARMS, ...args], folder)
      expect(end).toMatchObject({ code: 3, stdout: '' })
      expect(end.stderr).toContain(says)
      expect(readdirSync(folder).sort()).toEqual(['after.jsonl', 'before.jsonl'])
    })
  })

  it('whose data cannot be audited writes no tallies, and leaves none of an earlier run', async () => {
    await inFolder({ ...GOOD, 'after.jsonl': 'nonsense\n', 'p.json': '{}' }, async (folder) => {
      const end = await runHere(['audit', ...ARMS, '--shard', '1/2', '--tallies', 'p.json'], folder)
      expect(end).toMatchObject({ code: 4, stdout: '' })
      expect(end.stderr).toContain('after.jsonl:1')
      expect(readdirSync(folder)).not.toContain('p.json')
    })
  })

  it('run again writes the same bytes, and keeps no output as a whole', async () => {
    const long = 'It will rain all day, and nobody who is out without a coat will be glad of it. '.repeat(20)
    await inFolder({ ...GOOD, 'after.jsonl': jsonl(forecasts(40, () => ({ output: long }))) }, async (folder) => {
      const [one] = await shards(folder, 2, ARMS)
      const [again] = await shards(folder, 2, ARMS, 'again')
      const [first, second] = [one!, again!].map((path) => readFileSync(join(folder, path), 'utf8'))
      expect(second).toBe(first)
      expect(first).not.toContain(long.slice(0, 300))
    })
  })
})

function expectRefused(end: Ended, says: string): void {
  expect(end.stderr).toContain(says)
  expect(end.stderr).toMatch(/\nexit 4 \(error\)\n$/)
  expect([end.code, end.stdout]).toEqual([4, ''])
}
