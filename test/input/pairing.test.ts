import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import { sortedBy } from '../../src/domain/order.js'
import { ARMS, type Arm, type PerArm, type Sample } from '../../src/domain/record.js'
import { NotAligned, pairAligned } from '../../src/input/aligned.js'
import { CaseBuilder } from '../../src/input/case-builder.js'
import type { ReadingRules } from '../../src/input/context.js'
import { gather } from '../../src/input/gather.js'
import { pairIndexed } from '../../src/input/indexed.js'
import { Intake } from '../../src/input/intake.js'
import { LogFile } from '../../src/input/log-file.js'
import { expandPaths } from '../../src/input/paths.js'
import type { Reading } from '../../src/input/reading.js'
import type { Source } from '../../src/input/source.js'
import { useFolder, writeFiles } from './folder.js'
import { linesOf, rejectionOf, rulesFor } from './weather.js'

interface Forecast {
  readonly task: string
  readonly id: string
  readonly output: string
  readonly sample?: number
  readonly prompt?: string
  readonly cluster?: string
}

/** The files of one arm, each a list of records. */
type Files = readonly (readonly Forecast[])[]

const REPEATS: PartialConfig = { pairing: { repeats: true } }

/** A file in memory, given out in pieces that cut lines. */
class MemorySource implements Source {
  readonly path: string
  readonly compression = null
  readonly descriptor = -1
  private readonly bytes: Buffer

  constructor(path: string, records: readonly Forecast[]) {
    this.path = path
    this.bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  }

  async *chunks() {
    const piece = Math.max(97, Math.ceil(this.bytes.length / 50))
    for (let at = 0; at < this.bytes.length; at += piece) yield this.bytes.subarray(at, at + piece)
  }

  async prepareRandomAccess() {}

  readAt(offset: number, length: number) {
    return this.bytes.subarray(offset, offset + length)
  }

  close() {}
}

function logFiles(arm: Arm, files: Files, rules: ReadingRules): LogFile[] {
  const intake = new Intake()
  return files
    .filter((records) => records.length > 0)
    .map((records, i) => new LogFile(linesOf(new MemorySource(`${arm}-${i}.jsonl`, records)), rules, intake))
}

async function* readAll(files: readonly LogFile[]): AsyncGenerator<Reading[]> {
  for (const file of files) yield* file.readings()
}

const WAYS = {
  aligned: (files: PerArm<readonly LogFile[]>, builder: CaseBuilder) =>
    pairAligned({ baseline: readAll(files.baseline), tuned: readAll(files.tuned) }, builder),
  indexed: pairIndexed,
}

async function pair(way: keyof typeof WAYS, arms: PerArm<Files>, config: PartialConfig = {}) {
  const rules = rulesFor(config)
  const builder = new CaseBuilder(rules.policy.pairing)
  const files = {
    baseline: logFiles('baseline', arms.baseline, rules),
    tuned: logFiles('tuned', arms.tuned, rules),
  }
  const cases: Case[] = []
  for await (const batch of WAYS[way](files, builder)) cases.push(...batch)
  const { ledger } = builder
  return {
    cases: sortedBy(cases, ({ task, id }) => JSON.stringify([task, id])),
    pairing: ledger.pairing(),
    surplus: ledger.surplus,
    duplicate: ledger.firstDuplicate(),
  }
}

/** What does not depend on where records stand. */
function withoutPlaces(cases: readonly Case[]) {
  const plain = (samples: readonly Sample[]) => samples.map(({ place: _, ...rest }) => rest)
  return cases.map(({ baseline, tuned, all, ...rest }) => ({
    ...rest,
    baseline: plain(baseline),
    tuned: plain(tuned),
    all: { baseline: plain(all.baseline), tuned: plain(all.tuned) },
  }))
}

const forecast = fc.record(
  {
    output: fc.constantFrom('rain', 'sun', 'snow', '', '雨'),
    sample: fc.nat(2),
    prompt: fc.constantFrom('Rain?', 'Snow?'),
    cluster: fc.constantFrom('spring', 'autumn'),
  },
  { requiredKeys: ['output'] },
)

/** Cases with up to three records an arm; an arm may lack a case. */
const cases = fc.uniqueArray(
  fc.record({
    task: fc.constantFrom('sky', 'wind', '__proto__'),
    id: fc.oneof(fc.nat(30).map(String), fc.constantFrom('__proto__', '\ud83c', 'q\u001b[0m', 'a\nb')),
    baseline: fc.array(forecast, { maxLength: 3 }),
    tuned: fc.array(forecast, { maxLength: 3 }),
  }),
  { selector: ({ task, id }) => `${task} ${id}`, minLength: 1, maxLength: 25 },
)

type Cases = typeof cases extends fc.Arbitrary<infer T> ? T : never

function recordsOf(given: Cases, arm: Arm): Forecast[] {
  return given.flatMap(({ task, id, [arm]: records }) => records.map((record) => ({ task, id, ...record })))
}

const halves = (records: readonly Forecast[]): Files => {
  const middle = Math.floor(records.length / 2)
  return [records.slice(0, middle), records.slice(middle)]
}

/** Both arms in an order of their own, the records of a case side by side. */
const grouped = cases.chain((given) =>
  fc.record({
    baseline: fc
      .shuffledSubarray(given, { minLength: given.length })
      .map((each) => halves(recordsOf(each, 'baseline'))),
    tuned: fc.shuffledSubarray(given, { minLength: given.length }).map((each) => [recordsOf(each, 'tuned')]),
  }),
)

/** One set of records in two orders. */
const scattered = cases.chain((given) => {
  const order = (arm: Arm) => {
    const records = recordsOf(given, arm)
    return fc.shuffledSubarray(records, { minLength: records.length })
  }
  const arms = fc.record({ baseline: order('baseline').map(halves), tuned: order('tuned').map(halves) })
  return fc.tuple(arms, arms)
})

const sky = (id: string, output = 'rain'): Forecast => ({ task: 'sky', id, output })

describe.each([
  ['samples by number', {}],
  ['repeats', REPEATS],
])('pairing with %s', (_, config) => {
  it('gives the same cases and the same ledger in one pass and by an index', async () => {
    await fc.assert(
      fc.asyncProperty(grouped, async (arms) => {
        expect(await pair('aligned', arms, config)).toEqual(await pair('indexed', arms, config))
      }),
    )
  })

  it('in one pass either gives what the index gives or gives up', async () => {
    await fc.assert(
      fc.asyncProperty(scattered, async ([arms]) => {
        const aligned = await pair('aligned', arms, config).catch((error: unknown) => error)
        if (aligned instanceof NotAligned) return
        expect(aligned).toEqual(await pair('indexed', arms, config))
      }),
    )
  })

  it('gives the same ledger for any order of records', async () => {
    await fc.assert(
      fc.asyncProperty(scattered, async ([one, two]) => {
        const [first, second] = [await pair('indexed', one, config), await pair('indexed', two, config)]
        expect(second.pairing).toEqual(first.pairing)
        expect(second.surplus).toEqual(first.surplus)
        if (first.duplicate === null) expect(withoutPlaces(second.cases)).toEqual(withoutPlaces(first.cases))
      }),
    )
  })
})

describe('pairAligned', () => {
  it('gives up where a case comes back after it was given out', async () => {
    const arms = { baseline: [[sky('1'), sky('2'), sky('1', 'sun')]], tuned: [[sky('1'), sky('2')]] }
    await expect(pair('aligned', arms)).rejects.toThrow(NotAligned)
  })

  it('gives up where a case comes back while it waits', async () => {
    const arms = { baseline: [[sky('1'), sky('2'), sky('1')]], tuned: [[sky('3')]] }
    await expect(pair('aligned', arms)).rejects.toThrow(NotAligned)
  })

  it('gives up where too many bytes wait', async () => {
    const long = 'rain '.repeat(4_000_000)
    const ids = ['1', '2', '3', '4']
    const arms = { baseline: [ids.map((id) => sky(id, long))], tuned: [ids.toReversed().map((id) => sky(id))] }
    const outcome = await pair('aligned', arms).then(
      () => 'paired',
      (error: unknown) => error,
    )
    expect(outcome).toBeInstanceOf(NotAligned)
  })

  it('keeps samples together that lie side by side in two files', async () => {
    const one = { ...sky('1'), sample: 0 }
    const two = { ...sky('1'), sample: 1 }
    const { cases: found } = await pair('aligned', { baseline: [[one], [two]], tuned: [[one, two]] })
    expect(found.map(({ baseline }) => baseline.length)).toEqual([2])
  })
})

describe('pairIndexed', () => {
  const folder = useFolder()

  it('finds duplicates that lie far apart and in different files', async () => {
    const files = [
      [sky('1'), sky('2')],
      [sky('3'), sky('2', 'sun')],
    ]
    const { duplicate } = await pair('indexed', { baseline: files, tuned: [[sky('1')]] })
    expect(duplicate).toMatchObject({
      id: '2',
      places: [
        { file: 'baseline-0.jsonl', line: 2 },
        { file: 'baseline-1.jsonl', line: 2 },
      ],
    })
  })

  it('reads a table as it reads the same records in JSON lines, shuffled too', async () => {
    const records = Array.from({ length: 300 }, (_, i) => ({ id: `${i}`, output: `雨 "${i}",\nsnow`, task: 'sky' }))
    const row = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')
    const table = [['id', 'output', 'task'], ...records.toReversed().map(Object.values<string>)].map(row).join('\r\n')
    writeFiles(folder.path, {
      'plain.jsonl': records.map((record) => JSON.stringify(record)).join('\n'),
      'table.txt': table,
      'table.gz': gzipSync(table),
    })
    const plain = await pairFiles(folder.path, 'plain.jsonl', 'plain.jsonl')
    expect(plain).toHaveLength(300)
    for (const name of ['table.txt', 'table.gz']) {
      const mixed = await pairFiles(folder.path, name, 'plain.jsonl')
      expect(sortedById(withoutPlaces(mixed))).toEqual(sortedById(withoutPlaces(plain)))
      expect(mixed.find(({ id }) => id === '298')?.baseline[0]?.place.line).toBe(4)
    }
  })

  it('reads gzipped files, a byte order mark, CRLF and blank lines as it reads plain ones', async () => {
    const lines = ['1', '2', '3'].map((id) => JSON.stringify(sky(id)))
    const strange = `\ufeff${lines.toReversed().join('\r\n\r\n')}`
    writeFiles(folder.path, { 'plain.jsonl': lines.join('\n'), 'strange.jsonl.gz': gzipSync(strange) })
    const plain = await pairFiles(folder.path, 'plain.jsonl', 'plain.jsonl')
    const packed = await pairFiles(folder.path, 'strange.jsonl.gz', 'plain.jsonl')
    expect(plain.map(({ id }) => id).sort()).toEqual(['1', '2', '3'])
    expect(withoutPlaces(packed)).toEqual(withoutPlaces(plain))
    expect(packed.map(({ baseline }) => baseline[0]?.place.line).sort()).toEqual([1, 3, 5])
  })
})

describe('LogFile', () => {
  const rules = rulesFor()

  it.each(['', '\n\r\n \n'])('refuses a file that holds %j', async (content) => {
    const source = { ...memory(Buffer.from(content)), path: 'empty.jsonl' }
    expect(await rejectionOf(drain(new LogFile(linesOf(source), rules, new Intake())))).toEqual({
      code: 'empty-file',
      path: 'empty.jsonl',
    })
  })

  it.each([
    [0, 2, 0],
    [1, 4, 1],
  ])('tolerates %i bad lines of an arm and fails at line %i', async (maxBadLines, line, tolerated) => {
    const bad = rulesFor({ input: { maxBadLines } })
    const source = memory(Buffer.from('{"id":1,"output":"rain"}\n{"id":\n{"id":2,"output":"sun"}\nsnow\n'))
    const file = new LogFile(linesOf(source), bad, new Intake())
    expect(await rejectionOf(drain(file))).toMatchObject({ code: 'bad-line', place: { line }, tolerated })
    expect(file.summary()).toMatchObject({ badLines: maxBadLines, sha256: null })
  })

  it('hashes the bytes on disk, but not those of standard input', async () => {
    const bytes = Buffer.from('{"id":1,"output":"rain"}\n')
    const hashes = ['rain.jsonl', '-'].map(async (path) => {
      const file = new LogFile(linesOf({ ...memory(bytes), path }), rules, new Intake())
      await drain(file)
      return file.summary().sha256
    })
    // printf '{"id":1,"output":"rain"}\n' | sha256sum
    expect(await Promise.all(hashes)).toEqual([RAIN_SHA256, null])
  })

  it('stops at more than 2,000 tasks', async () => {
    const lines = Array.from({ length: 2_001 }, (_, i) => `{"id":1,"task":"t${i}","output":"rain"}\n`)
    const file = new LogFile(linesOf(memory(Buffer.from(lines.join('')))), rules, new Intake())
    expect(await rejectionOf(drain(file))).toMatchObject({ code: 'too-many-tasks', place: { line: 2_001 } })
  })
})

const RAIN_SHA256 = '3eb2d7e6d116664ceb426682cee67c30eb4180f3a89617d345832ee882452f24'

function memory(bytes: Buffer): Source {
  return {
    path: 'rain.jsonl',
    compression: null,
    descriptor: -1,
    async *chunks(onDisk) {
      onDisk?.(bytes)
      yield bytes
    },
    async prepareRandomAccess() {},
    readAt: (offset, length) => bytes.subarray(offset, offset + length),
    close() {},
  }
}

async function drain(file: LogFile): Promise<number> {
  let readings = 0
  for await (const batch of file.readings()) readings += batch.length
  return readings
}

async function pairFiles(cwd: string, baseline: string, tuned: string): Promise<Case[]> {
  const rules = rulesFor()
  const open = async (path: string) => {
    const { logs } = await gather(expandPaths([path], cwd), { cwd, stdin: process.stdin, format: null })
    return logs[0]!
  }
  const sources = { baseline: await open(baseline), tuned: await open(tuned) }
  const files = {
    baseline: [new LogFile(sources.baseline, rules, new Intake())],
    tuned: [new LogFile(sources.tuned, rules, new Intake())],
  }
  const found: Case[] = []
  for await (const batch of pairIndexed(files, new CaseBuilder(rules.policy.pairing))) found.push(...batch)
  for (const arm of ARMS) sources[arm].source.close()
  return sortedBy(found, ({ id }) => id)
}

function sortedById<C extends { readonly id: string }>(all: readonly C[]): readonly C[] {
  return sortedBy(all, ({ id }) => id)
}
