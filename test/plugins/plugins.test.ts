import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Files, inFolder, runHere, tuneaudit } from '../cli/run.js'

// A detector in a file of the config's folder, as users write them: plain JavaScript that imports nothing.
const root = resolve(import.meta.dirname, '../..')

/** Counts outputs with a word in them; `patch` is laid upon the detector's text. */
function shouting({ id = 'shouting', version = '1', measure = '', of = '', observe = '', extra = '' } = {}): string {
  return `
const columns = [
  { id: 'cases', kind: 'count', size: 1 },
  { id: 'baseline', kind: 'count', size: 1 },
  { id: 'tuned', kind: 'count', size: 1 },
]
const share = (sums, arm) => sums.count(arm) / sums.count('cases')
export default {
  id: '${id}', ${version === '' ? '' : `version: ${version},`} title: 'It shouts',
  docs: { why: 'Shouting offends.', how: 'By exclamation marks.', limits: 'Marks alone.', sources: [] },
  options: { type: 'object', additionalProperties: false, properties: { mark: { type: 'string' } } },
  defaults: { mark: '!' }, ${extra}
  prepare: ({ mark }) => ({
    columns,
    exhibits: [],
    measures: [{
      id: 'shout-rate', title: 'Share of outputs that shout', unit: 'share', worse: 'higher', margin: 0.05,
      role: 'guarded', needs: [], pool: 'sum', scope: 'task', cases: ['cases'], range: 1, interval: 'jackknife',
      of: (sums) => { ${of} return { kind: 'arms', baseline: share(sums, 'baseline'), tuned: share(sums, 'tuned') } },
      ${measure}
    }],
    observe: (case_, tally) => {
      ${observe}
      const shouts = (samples) => Number(samples.some(({ output }) => output.includes(mark)))
      tally.count(0, 1)
      tally.count(1, shouts(case_.baseline))
      tally.count(2, shouts(case_.tuned))
    },
  }),
}
`
}

const lines = (shouts: (n: number) => boolean, words = 'the tide turns at') =>
  Array.from({ length: 200 }, (_, n) =>
    JSON.stringify({ id: `q-${n}`, task: n % 2 ? 'tides' : 'winds', output: `${words} ${n}${shouts(n) ? '!' : ''}` }),
  ).join('\n')

const arms: Files = { 'before.jsonl': lines((n) => n % 10 === 0), 'after.jsonl': lines((n) => n % 5 === 0) }
const CONFIG = 'plugins: [./shouting.js]\n'
const AUDIT = ['audit', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--quiet']

const run = (files: Files, args: readonly string[] = AUDIT, by: typeof runHere = tuneaudit) =>
  inFolder({ ...arms, 'tuneaudit.config.yaml': CONFIG, 'shouting.js': shouting(), ...files }, async (folder) => {
    const ended = await by(args, folder)
    const path = join(folder, 'out.json')
    return { ...ended, report: existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null }
  })

const FACES = ['json', 'html', 'md', 'sarif', 'junit']

describe('a plugin', () => {
  it('is in every face of the report, explains itself there, and takes part in the verdict', async () => {
    await inFolder({ ...arms, 'tuneaudit.config.yaml': CONFIG, 'shouting.js': shouting() }, async (folder) => {
      const reports = FACES.flatMap((face) => ['--report', `${face}=out.${face}`])
      const { code, stderr } = await tuneaudit([...AUDIT, ...reports], folder)
      expect(stderr).toBe('exit 1 (fail)\n')
      expect(code).toBe(1)
      const text = (face: string) => readFileSync(join(folder, `out.${face}`), 'utf8')
      for (const face of FACES) expect(text(face)).toContain('shout-rate')
      for (const face of ['json', 'html', 'sarif']) expect(text(face)).toContain('Shouting offends.')
      const { findings, config, inputs } = JSON.parse(text('json'))
      expect(findings.find(({ measure }: { measure: string }) => measure === 'shout-rate')).toMatchObject({
        status: 'fail',
        role: 'guarded',
        baseline: 0.1,
        tuned: 0.2,
      })
      expect(config.plugins).toEqual(['shouting.js'])
      expect(inputs.config.map(({ path }: { path: string }) => path)).toEqual(['tuneaudit.config.yaml', 'shouting.js'])
      const rendered = await tuneaudit(['render', 'out.json', '--to', 'html=again.html'], folder)
      expect(rendered.code).toBe(0)
      expect(readFileSync(join(folder, 'again.html'), 'utf8')).toBe(text('html'))
      const trend = await tuneaudit(['trend', 'out.json', 'out.json'], folder)
      expect(trend.stdout).toContain('shout-rate')
      const compared = await tuneaudit(['compare', 'out.json', 'out.json'], folder)
      expect(compared.code).toBe(0)
    })
  })

  it('gives the same report by threads, and by shards that are merged beside the config', async () => {
    await inFolder({ ...arms, 'tuneaudit.config.yaml': CONFIG, 'shouting.js': shouting() }, async (folder) => {
      const report = async (args: readonly string[], name: string) => {
        expect((await tuneaudit([...args, '--quiet', '--report', `json=${name}`], folder)).code).toBe(1)
        return readFileSync(join(folder, name), 'utf8')
      }
      const whole = await report(AUDIT, 'whole.json')
      expect(await report([...AUDIT, '--threads', '2'], 'threads.json')).toBe(whole)
      for (const k of [1, 2]) await tuneaudit([...AUDIT, '--shard', `${k}/2`, '--tallies', `t${k}.json`], folder)
      expect(await report(['merge', 't1.json', 't2.json'], 'merged.json')).toBe(whole)
    })
  })

  it('that crashes is named by selftest, as nothing that could be tested', async () => {
    const selftest = ['selftest', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--runs', '20']
    for (const bug of [{ observe: "throw new Error('low tide')" }, { of: "throw new Error('low tide');" }]) {
      const { code, stdout, stderr } = await run({ 'shouting.js': shouting(bug) }, selftest)
      expect([code, stdout]).toEqual([4, ''])
      expect(stderr).toBe(
        'error: shouting crashed: low tide\nMend its plugin, or turn the detector off.\nexit 4 (error)\n',
      )
    }
  })

  it('is not run by merge because tallies name it, and one of another version is refused', async () => {
    const counted = { ...arms, 'ci/audit.yaml': CONFIG, 'ci/shouting.js': shouting() }
    await inFolder(counted, async (folder) => {
      const shard = [...AUDIT, '--config', 'ci/audit.yaml', '--shard', '1/1', '--tallies', 't.json']
      expect((await tuneaudit(shard, folder)).code).toBe(0)
      const bare = await runHere(['merge', 't.json', '--quiet'], folder)
      expect(bare.code).toBe(3)
      expect(bare.stderr).toContain('t.json: made with detectors that are not known here: shouting.')
      writeFileSync(join(folder, 'ci/shouting.js'), shouting({ version: '2' }))
      const newer = await tuneaudit(['merge', 't.json', '--quiet', '--config', 'ci/audit.yaml'], folder)
      expect(newer.code).toBe(4)
      expect(newer.stderr).toContain('its detectors are of other versions: shouting 1, here 2')
    })
  })

  it('has its options, margins, roles and waivers checked like any other', async () => {
    const wrong = async (yaml: string) => (await run({ 'tuneaudit.config.yaml': `${CONFIG}${yaml}` })).stderr
    expect(await wrong('detectors: {shouting: {options: {marc: "?"}}}')).toContain('Did you mean "mark"?')
    expect(await wrong('detectors: {shouting: {margins: {shout-rat: .1}}}')).toContain('Did you mean "shout-rate"?')
    expect(await wrong('detectors: {shoutin: off}')).toContain('Did you mean "shouting"?')
    const waiver = 'measure: shout-rate, reason: a regatta, owner: harbour, expires: 2999-01-01'
    const waived = await run({ 'tuneaudit.config.yaml': `${CONFIG}waivers: [{detector: shouting, ${waiver}}]` })
    expect(waived.stderr).not.toContain('exit 1')
    expect((await run({}, [...AUDIT, '--margin', 'shout-rate=0.5'])).code).toBe(0)
  })

  it('is planned with, tested and explained', async () => {
    expect((await run({}, ['plan', '--baseline', 'before.jsonl'])).stdout).toContain('shout-rate (shouting)')
    expect((await run({}, ['explain', 'shout-rate'])).stdout).toContain('Shouting offends.')
    expect((await run({}, ['explain'])).stdout).toContain('shouting: It shouts')
    expect((await run({}, ['explain', 'mark'])).stdout).toContain('detectors.shouting.options.mark')
    const selftest = ['selftest', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--runs', '20']
    expect((await run({}, selftest)).stdout).toContain('False alarms')
    const schema = await run({}, ['schema', 'config', '--config', 'tuneaudit.config.yaml'])
    expect(JSON.parse(schema.stdout).properties.detectors.properties.shouting.title).toBe('It shouts')
  })

  it('may be a package, found from where the config stands, by the conditions of an import', async () => {
    const manifest = { name: 'harbour-detectors', exports: { import: './main.js' }, type: 'module' }
    const { code, stderr } = await run({
      'tuneaudit.config.yaml': 'plugins: [harbour-detectors]',
      'node_modules/harbour-detectors/package.json': JSON.stringify(manifest),
      'node_modules/harbour-detectors/main.js': shouting(),
    })
    expect([code, stderr]).toEqual([1, 'exit 1 (fail)\n'])
  })

  it('may stand in a config that another extends, relative to it, and is named once', async () => {
    const { code, stderr } = await run({
      'tuneaudit.config.yaml':
        'extends: ./ci/base.yaml\nplugins: [./ci/loud.js]\ndetectors: {shouting: {level: error}}',
      'ci/base.yaml': 'plugins: [./loud.js]\ndetectors: {shouting: {options: {mark: "!"}}}',
      'ci/loud.js': shouting(),
    })
    expect([code, stderr]).toEqual([1, 'exit 1 (fail)\n'])
  })

  it('that throws or gives no number leaves its measures unmeasured and the run open, whoever reads it', async () => {
    const broken = {
      'while it observes': shouting({ observe: "throw new Error('the bell broke')" }),
      'while it measures': shouting({ of: "throw new Error('the bell broke');" }),
      'by a NaN': shouting({ of: "return { kind: 'arms', baseline: NaN, tuned: 0 };" }),
    }
    for (const [how, text] of Object.entries(broken)) {
      const { code, stderr, report } = await run({ 'shouting.js': text }, [...AUDIT, '--report', 'json=out.json'])
      expect([how, code]).toEqual([how, 2])
      expect(stderr).toMatch(/the bell broke|the measure shout-rate gave NaN and 0/)
      const { faults, findings, verdict } = report
      expect(verdict).toBe('inconclusive')
      expect(faults).toMatchObject([{ detector: 'shouting', code: 'detector-crashed' }])
      expect(findings.find(({ measure }: { measure: string }) => measure === 'shout-rate').reason.code).toBe(
        'detector-crashed',
      )
    }
  })
})

describe('a plugin is refused, with the place in the config and exit 3, where', () => {
  const REFUSED: readonly [what: string, files: Files, message: string][] = [
    ['there is none', { 'tuneaudit.config.yaml': 'plugins: [./gone.js]' }, 'there is no such module'],
    ['a package is not installed', { 'tuneaudit.config.yaml': 'plugins: [gone]' }, 'there is no such module'],
    ['it throws', { 'shouting.js': "throw new TypeError('no bell')" }, 'threw while it was loaded: TypeError: no bell'],
    ['it is no module', { 'shouting.js': 'export default {' }, 'it threw while it was loaded: '],
    ['it exports no default', { 'shouting.js': 'export const bell = 1' }, 'it has no default export, but bell.'],
    ['it is empty', { 'shouting.js': 'export default []' }, 'is no detector: it: is an empty list'],
    ['it is something else', { 'shouting.js': 'export default 7' }, 'is no detector: it: must be a mapping; got 7.'],
    ['the version lacks', { 'shouting.js': shouting({ version: '' }) }, 'it: the key "version" is missing.'],
    [
      'the version is none',
      { 'shouting.js': shouting({ version: '"1"' }) },
      'version: must be a whole number; got "1".',
    ],
    ['the id is none', { 'shouting.js': shouting({ id: 'Loud One' }) }, 'id: must be like format-collapse'],
    ['a key is misspelt', { 'shouting.js': shouting({ extra: 'taskGlob: () => [],' }) }, 'Did you mean "taskGlobs"?'],
    ['the id is ours', { 'shouting.js': shouting({ id: 'lost-diversity' }) }, "the id of one of tuneaudit's own"],
    [
      'the id is another plugin’s',
      { 'tuneaudit.config.yaml': 'plugins: [./shouting.js, ./again.js]', 'again.js': shouting() },
      'its detector "shouting" has the id of one of "shouting.js"',
    ],
    [
      'a unit is unknown',
      { 'shouting.js': shouting({ measure: "unit: 'decibel'," }) },
      'measures[0].unit: unknown value',
    ],
    [
      'cases are no column',
      { 'shouting.js': shouting({ measure: "cases: ['boats']," }) },
      'boats is none of its count',
    ],
    [
      'tasks that it chose would be added',
      { 'shouting.js': shouting({ measure: 'chosen: true,' }) },
      'measures[0].chosen: goes with a pool',
    ],
    [
      'a guarded measure has no margin',
      { 'shouting.js': shouting({ measure: 'margin: null,' }) },
      'measures[0].margin',
    ],
    ['a function is none', { 'shouting.js': shouting({ measure: 'of: 7,' }) }, 'measures[0].of: must be a function'],
    [
      'its options cannot be checked',
      { 'shouting.js': shouting({ extra: "options: { type: 'object', additionalProperties: false, bell: 1 }," }) },
      'options: strict mode: unknown keyword: "bell"',
    ],
  ]

  it.each(REFUSED)('%s', async (_, files, message) => {
    const { code, stdout, stderr } = await run(files, AUDIT, runHere)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^error: tuneaudit\.config\.yaml:1:\d+: plugin "/)
    expect([code, stdout]).toEqual([3, ''])
  })

  it('--no-exec forbids it: its code does not run', async () => {
    const files = { 'shouting.js': "console.log('loaded')" }
    for (const args of [
      [...AUDIT, '--no-exec'],
      ['explain', '--no-exec'],
      ['plan', '--baseline', 'before.jsonl', '--no-exec'],
    ]) {
      const { code, stdout, stderr } = await run(files, args, runHere)
      expect(stderr).toContain('the config has the plugin "./shouting.js" run, and --no-exec forbids it')
      expect([code, stdout]).toEqual([3, ''])
    }
  })
})

describe('the example of a plugin', () => {
  const folder = 'fixtures/examples/refusals'

  it('fails the tune that declines more, and nothing of it by chance', async () => {
    const args = ['--baseline', `${folder}/baseline.jsonl`, '--tuned', `${folder}/tuned.jsonl`]
    const { code, stdout } = await tuneaudit(
      ['audit', ...args, '--config', `${folder}/tuneaudit.config.yaml`, '--format', 'json'],
      root,
    )
    expect(code).toBe(1)
    const found = JSON.parse(stdout).findings.filter(({ detector }: { detector: string }) => detector === 'refusals')
    const status = Object.fromEntries(found.map((one: { task: string; status: string }) => [one.task, one.status]))
    expect(status).toEqual({ null: 'fail', berths: 'fail', tides: 'pass' })
  })
})
