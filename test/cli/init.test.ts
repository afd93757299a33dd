import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { initCommand } from '../../src/commands/init.js'
import { configFromText } from '../../src/config/load.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import { compileStructure } from '../../src/detectors/infeasible-content/structure.js'
import { audit } from '../../src/engine/audit.js'
import { makeSample } from '../audit/support.js'
import { inFolder, tuneaudit } from './run.js'
import { AFTER, BEFORE, forecasts, jsonl } from './weather.js'

const root = join(import.meta.dirname, '../..')
const demo = (arm: string) => join(root, 'fixtures/demo', `${arm}.jsonl`)
const ARMS = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
const FILES = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }

interface Told {
  readonly flags: Parameters<typeof initCommand>[1]
  readonly cwd: string
  readonly answers?: readonly string[]
}

/** In this process: what was said, and what was asked. */
async function init({ flags, cwd, answers }: Told) {
  const said = { out: '', err: '' }
  const asked: string[] = []
  const code = await initCommand([], flags, {
    cwd,
    stdin: Readable.from([]) as never,
    version: '0.1.0',
    today: TODAY,
    signal: new AbortController().signal,
    color: false,
    progress: false,
    ask:
      answers === undefined
        ? null
        : async (question) => {
            asked.push(question)
            return answers[asked.length - 1] ?? ''
          },
    out: (text) => {
      said.out += text
    },
    write: async (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { code, ...said, asked }
}

const TODAY = '2026-03-01'

const load = (folder: string) =>
  configFromText('audit.yaml', readFileSync(join(folder, 'audit.yaml'), 'utf8'), {
    cwd: folder,
    detectors,
    today: TODAY,
  })

const written = (folder: string, name = 'audit.yaml') => readFileSync(join(folder, name), 'utf8')

describe('tuneaudit init', () => {
  it('writes a config that validates and audits: the demo', () =>
    inFolder({}, async (folder) => {
      const arms = ['--baseline', demo('baseline'), '--tuned', demo('tuned')]
      const made = await tuneaudit(['init', '--yes', ...arms, '-o', 'audit.yaml'], folder)
      expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('exit 0 (written)')])
      const config = load(folder)
      expect(config.overrides?.map(({ tasks }) => tasks)).toContain('quotes')
      const run = await tuneaudit(['audit', ...arms, '--config', 'audit.yaml'], folder)
      expect([run.code, run.stderr]).toEqual([1, 'exit 1 (fail)\n'])
      expect(run.stdout).toContain('5 of 5 detectors measured.')
      expect(made.stdout.split('\n').filter((line) => line.length > 80 && !line.includes(root))).toEqual([])
      expect(
        written(folder)
          .split('\n')
          .filter((line) => line.length > 80 && !line.includes(root) && !line.includes('yaml-language-server')),
      ).toEqual([])
    }))

  it('writes the chance to pass that plan gives', () =>
    inFolder({}, async (folder) => {
      const healthy = join(root, 'fixtures/demo/healthy')
      const flags = {
        baseline: [join(healthy, 'baseline.jsonl')],
        tuned: [join(healthy, 'tuned.jsonl')],
        output: 'audit.yaml',
        yes: true,
      }
      await init({ flags, cwd: folder })
      const args = ['plan', '--baseline', flags.baseline[0]!, '--config', 'audit.yaml', '--format', 'json']
      const plan = JSON.parse((await tuneaudit(args, folder)).stdout)
      expect(written(folder).replace(/\n# /g, ' ')).toContain(`with probability ${plan.passChance.toFixed(2)}.`)
      for (const { measure, margin } of plan.measures) expect(written(folder)).toContain(`${measure}: ${margin}`)
    }))

  it('writes a schema that every JSON output of the baseline fits', () =>
    inFolder({}, async (folder) => {
      await init({
        flags: { baseline: [demo('baseline')], tuned: [demo('tuned')], output: 'audit.yaml', yes: true },
        cwd: folder,
      })
      const override = load(folder).overrides?.find(({ tasks }) => tasks === 'quotes')
      const options = override?.detectors?.['infeasible-content']?.options as { structure: { schema: object } }
      const fits = compileStructure(options.structure as never)
      const parses = compileStructure({})
      const outputs = readFileSync(demo('baseline'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      const samples = outputs
        .filter(({ task }) => task === 'quotes')
        .map(({ output }) => makeSample({ output: String(output) }))
        .filter((sample) => parses(sample).kind === 'valid')
      expect(samples.length).toBeGreaterThan(200)
      expect(samples.filter((sample) => fits(sample).kind !== 'valid')).toEqual([])
      expect(JSON.stringify(options.structure.schema)).toContain('"required"')
    }))

  it('writes the same whatever the tuned arm says, and whatever the order of the baseline', () =>
    inFolder({}, async (folder) => {
      const lines = readFileSync(demo('baseline'), 'utf8').trimEnd().split('\n')
      const body = (text: string) => text.replace(/^# {3}.*\n/gm, '')
      const texts: string[] = []
      for (const [i, tuned] of [demo('tuned'), demo('baseline'), demo('healthy/tuned')].entries()) {
        writeFileSync(join(folder, `${i}.jsonl`), `${(i === 1 ? lines.toReversed() : lines).join('\n')}\n`)
        const flags = { baseline: [`${i}.jsonl`], tuned: [tuned], output: `${i}.yaml`, yes: true }
        expect((await init({ flags, cwd: folder })).code).toBe(0)
        texts.push(body(written(folder, `${i}.yaml`)))
      }
      expect(texts[1]).toBe(texts[0])
      expect(texts[2]).toBe(texts[0])
    }))

  it('overwrites nothing without --force, and never what it reads', () =>
    inFolder({ ...FILES, 'tuneaudit.config.yaml': 'alpha: 0.05\n' }, async (folder) => {
      const refused = await tuneaudit(['init', '--yes', ...ARMS], folder)
      expect([refused.code, refused.stdout]).toEqual([3, ''])
      expect(refused.stderr).toContain('tuneaudit.config.yaml is there already. Give another name with -o, or --force')
      expect(written(folder, 'tuneaudit.config.yaml')).toBe('alpha: 0.05\n')
      const own = await tuneaudit(['init', '--yes', '--force', ...ARMS, '-o', 'before.jsonl'], folder)
      expect([own.code, own.stderr]).toEqual([3, expect.stringContaining('it is one of the files that are read')])
      expect(written(folder, 'before.jsonl')).toBe(BEFORE)
      const forced = await tuneaudit(['init', '--force', ...ARMS], folder)
      expect([forced.code, forced.stderr]).toEqual([0, expect.stringContaining('standard input is no terminal')])
      expect(written(folder, 'tuneaudit.config.yaml')).toContain('score:')
      expect(readdirSync(folder).sort()).toEqual(['after.jsonl', 'before.jsonl', 'tuneaudit.config.yaml'])
    }))

  it('writes to what is no plain file, and leaves it what it is', () =>
    inFolder(FILES, async (folder) => {
      const made = await tuneaudit(['init', '--yes', '--force', ...ARMS, '-o', '/dev/null'], folder)
      expect(made.code).toBe(0)
      expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    }))

  it.each<[string, readonly string[], number, string]>([
    ['no arm', [], 3, 'both arms are needed'],
    ['paths without names', ['before.jsonl', 'after.jsonl'], 3, 'paths are given by name'],
    ['standard input', ['--baseline', '-', '--tuned', 'after.jsonl'], 3, 'give files, not -'],
    ['a file that is not there', ['--baseline', 'gone.jsonl', '--tuned', 'after.jsonl'], 3, 'gone.jsonl'],
    ['a folder that is not there', [...ARMS, '-o', 'gone/audit.yaml'], 3, 'its folder does not exist'],
    ['data that cannot be read', ['--baseline', 'broken.jsonl', '--tuned', 'after.jsonl'], 4, 'broken.jsonl:1'],
  ])('says what is wrong with %s', (_, args, code, says) =>
    inFolder({ ...FILES, 'broken.jsonl': '{"id": 1' }, async (folder) => {
      const run = await tuneaudit(['init', '--yes', ...args], folder)
      expect([run.code, run.stdout, run.stderr]).toEqual([code, '', expect.stringContaining(says)])
      expect(readdirSync(folder)).toHaveLength(3)
    }),
  )

  it('takes hostile names and texts for data', () => {
    const task = 'r\u202e"ain: #\n- *x*\ud800'
    const arm = (output: string) =>
      jsonl(
        forecasts(80, (i) => ({
          task: i < 70 ? task.replaceAll('*', '') : task,
          output: `{"__proto__": ${i}, "a\\nb": "${output}"}`,
          'lo\u001b[31m': [-1],
        })),
      )
    return inFolder({ 'before.jsonl': arm('x'), 'after.jsonl': arm('y') }, async (folder) => {
      const flags = { baseline: ['before.jsonl'], tuned: ['after.jsonl'], output: 'audit.yaml', yes: true }
      const run = await init({ flags, cwd: folder })
      expect(run.code).toBe(0)
      for (const text of [run.out, run.err, written(folder)]) expect(text).not.toMatch(/[\u001b\u202e]/)
      const config = load(folder)
      expect(config.overrides?.map(({ tasks }) => tasks)).toEqual([task.replaceAll('*', '')])
    })
  })
})

describe('what init asks', () => {
  const scored = (field: object) => (i: number) => ({ ...field, logprobs: i % 5 === 0 ? [-2] : [-0.1] })
  const arm = (output: string, field: object) =>
    jsonl(forecasts(80, scored(field)).map(({ correct, ...rest }) => ({ ...rest, output, ...{ passed: correct } })))
  const files = { 'before.jsonl': arm('{"sky": "dry"}', {}), 'after.jsonl': arm('{"sky": "wet"}', {}) }
  const flags = { baseline: ['before.jsonl'], tuned: ['after.jsonl'], output: 'audit.yaml' }

  it('has defaults that --yes takes too', () =>
    inFolder(files, async (folder) => {
      const asked = await init({ flags, cwd: folder, answers: [] })
      const text = written(folder)
      await init({ flags: { ...flags, yes: true, force: true }, cwd: folder, answers: ['y', 'y', 'y', 'y', 'y'] })
      expect(written(folder)).toBe(text)
      expect(asked.asked.map((question) => question.replace(/ \(rain\)/, ''))).toEqual([
        'Is column passed whether the output was right? [y/N] ',
        'Take exp of the mean log probability in logprobs for confidence? [y/N] ',
        'Require the JSON that the baseline writes? [Y/n] ',
        'Expect the one format that the baseline has? [Y/n] ',
        'So few cases cannot decide the usual margins of adherence-rate. Widen them to what they can? [Y/n] ',
      ])
      expect(text).toContain('# confidence: { logprobs: mean }\n# input: { fields: { correct: passed } }')
      expect(text).toContain('enum: [dry]')
    }))

  it('takes what the answers say', () =>
    inFolder(files, async (folder) => {
      await init({ flags, cwd: folder, answers: ['y', 'yes', 'n', 'no', 'n'] })
      const config = load(folder)
      expect(config).toMatchObject({ input: { fields: { correct: '/passed' } }, confidence: { logprobs: 'mean' } })
      expect(config.overrides).toBeUndefined()
      expect(Object.keys(config.detectors ?? {})).toEqual(['calibration-drift', 'cross-task-regression'])
    }))

  it('offers the scores of records that name no main one', async () => {
    const several = (output: string) =>
      jsonl(
        forecasts(80, (i) => ({ output, scores: { judge: (i % 5) / 4, exact: Number(i % 5 > 0) } })).map(
          ({ correct: _, ...rest }) => rest,
        ),
      )
    await inFolder({ 'before.jsonl': several('dry'), 'after.jsonl': several('wet') }, async (folder) => {
      const silent = await init({ flags, cwd: folder, answers: [''] })
      expect(silent.asked[0]).toBe('Which of these is the score (higher is better)? exact, judge [none] ')
      expect(written(folder)).toContain('# input: { scoreName: exact }   # or judge')
      await init({ flags: { ...flags, force: true }, cwd: folder, answers: ['exact'] })
      expect(load(folder).input).toEqual({ scoreName: 'exact' })
    })
  })
})

const formats = join(root, 'fixtures/formats')
const folders = readdirSync(formats).filter((name) => existsSync(join(formats, name, 'expected.json')))

describe.each(folders)('init of the log of %s', (name) => {
  it('writes a config that validates and audits', () =>
    inFolder({}, async (folder) => {
      const { baseline, tuned } = JSON.parse(readFileSync(join(formats, name, 'expected.json'), 'utf8'))
      const paths = { baseline: [join(formats, name, 'baseline')], tuned: [join(formats, name, 'tuned')] }
      const flags = {
        ...paths,
        output: 'audit.yaml',
        yes: true,
        // A comparison scores the tuned arm alone.
        ...(baseline.score === undefined || name === 'llm-comparator' ? {} : { score: baseline.score }),
        ...(baseline.provider === undefined
          ? {}
          : { baselineProvider: baseline.provider, tunedProvider: tuned.provider }),
      }
      const run = await init({ flags, cwd: folder })
      expect([run.code, run.err]).toEqual([0, expect.stringContaining('audit.yaml is written')])
      const config = load(folder)
      const policy = resolvePolicy({ ...config, pairing: { minCoverage: 0.5 } }, detectors)
      const request = { paths, labels: null, cwd: folder, stdin: process.stdin, policy, detectors, version: '0' }
      const { report } = await audit(request)
      // Twelve cases: nothing is proven, and logs without scores have nothing to guard. A comparison scores one arm alone.
      expect(report.pairing.cases).toBe(12)
      expect(['pass', 'inconclusive', 'fail', 'error']).toContain(report.verdict)
      const code = name === 'llm-comparator' ? 'field-lost' : 'nothing-guarded'
      if (report.verdict === 'error') expect(report.reason).toMatchObject({ code })
    }))
})
