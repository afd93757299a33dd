import { describe, expect, it } from 'vitest'
import { audit, inFolder, tuneaudit } from './run.js'
import { AFTER, BEFORE, forecasts, jsonl, without } from './weather.js'

// Where an engineer who put the gate into CI was let through, sent wrong or not told.
const GOOD = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('a variable that is not set', () => {
  it.each([
    ['--baseline', ['--baseline', '', '--tuned', 'after.jsonl']],
    ['--tuned', ['--baseline', 'before.jsonl', '--tuned', ' ']],
    ['--config', ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--config', '']],
    ['--labels', ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--labels', '']],
  ])('in %s does not stand for the working directory', async (flag, args) => {
    const { code, stderr, stdout } = await audit(GOOD, args)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(`${flag} is empty: is the variable set?`)
  })
})

describe('one model in both arms', () => {
  const tuned = forecasts(40, (i) => ({ run_id: 'other', latency: i })).toReversed()
  const twice = { 'before.jsonl': BEFORE, 'after.jsonl': jsonl(tuned) }

  it('is no pass, though run, latency and order differ', async () => {
    const { code, report, stdout } = await audit(twice)
    expect(code).toBe(4)
    expect(report?.reason).toEqual({ code: 'identical-arms', cases: 40, sameBytes: false })
    expect(report?.pairing.identical).toBe(40)
    expect(flat(stdout)).toContain('Was the adapter loaded')
  })

  it('is told from the same file twice', async () => {
    const { code, report } = await audit({ 'before.jsonl': BEFORE, 'after.jsonl': BEFORE })
    expect([code, report?.reason]).toEqual([4, { code: 'identical-arms', cases: 40, sameBytes: true }])
  })

  it.each([
    ['a flag', ['--allow-identical'], {}],
    ['the config', [], { 'tuneaudit.config.yaml': 'pairing: {identical: allow}' }],
  ])('is judged where %s allows it, and the report says so', async (_, args, config) => {
    const { code, report, stdout } = await audit({ ...twice, ...config }, args)
    expect([0, 2]).toContain(code)
    expect(report?.notices).toContainEqual({ code: 'identical-outputs', identical: 40, cases: 40 })
    expect(flat(stdout)).toContain('40 of 40 cases have the same outputs in both arms')
  })

  it('with repeats in another order, numbered by their text, is still one', async () => {
    const samples = (i: number) => ['rain', 'sun', 'fog'].map((output) => ({ id: `day-${i}`, output, correct: true }))
    const all = Array.from({ length: 30 }, (_, i) => samples(i)).flat()
    const files = {
      'before.jsonl': jsonl(all),
      'after.jsonl': jsonl(all.map((record, i) => ({ ...record, seed: 97 - i })).toReversed()),
      'tuneaudit.config.yaml': 'pairing: {repeats: true}',
    }
    expect((await audit(files)).report?.reason).toMatchObject({ code: 'identical-arms', cases: 30 })
  })

  it('is not assumed where the same words come with other confidences', async () => {
    const sure = (p: number) => jsonl(forecasts(40, (i) => ({ confidence: p + i / 1000 })))
    const { report } = await audit({ 'before.jsonl': sure(0.7), 'after.jsonl': sure(0.71) })
    expect(report?.pairing.identical).toBe(0)
  })
})

describe('what the tuned log lost', () => {
  it('is an error where it is the prompts', async () => {
    const after = jsonl(
      without(
        'prompt',
        forecasts(40, () => ({ output: 'no' })),
      ),
    )
    const { code, report, stdout } = await audit({ 'before.jsonl': BEFORE, 'after.jsonl': after })
    expect([code, report?.reason]).toEqual([4, expect.objectContaining({ code: 'field-lost', field: 'prompt' })])
    expect(flat(stdout)).toContain('set pairing: {prompts: ignore}')
  })

  it('is said where neither arm has prompts', async () => {
    const bare = (output: string) =>
      jsonl(
        without(
          'prompt',
          forecasts(40, () => ({ output })),
        ),
      )
    const { report, stdout } = await audit({ 'before.jsonl': bare('yes'), 'after.jsonl': bare('no') })
    expect(report?.notices).toContainEqual({ code: 'prompts-not-compared', without: 40, cases: 40 })
    expect(flat(stdout)).toContain('prompts are not compared: no case has one in both arms')
  })

  it('is an error where it is every confidence, unless the model writes them or nothing needs them', async () => {
    const before = jsonl(forecasts(40, () => ({ confidence: 0.8 })))
    const files = { 'before.jsonl': before, 'after.jsonl': AFTER }
    const { code, report } = await audit(files)
    expect([code, report?.reason]).toEqual([4, expect.objectContaining({ code: 'field-lost', field: 'confidence' })])
    for (const config of ['confidence: {stated: {tag: sure}}', 'detectors: {calibration-drift: warn}']) {
      const judged = await audit({ ...files, 'tuneaudit.config.yaml': config })
      expect([0, 1, 2]).toContain(judged.code)
    }
  })
})

describe('a column', () => {
  const odd = (wrong: number) =>
    jsonl(
      forecasts(60, (i) => ({ output: `${wrong}`, p_true: 0.6 + (i % 7) / 20, is_right: i % wrong > 0 })).map(
        ({ correct: _, ...record }) => record,
      ),
    )

  it('is offered for one field: a boolean as correct, a probability as confidence', async () => {
    const { stdout } = await audit({ 'before.jsonl': odd(5), 'after.jsonl': odd(6) })
    expect(flat(stdout)).toContain('--fields correct=/is_right or --fields confidence=/p_true')
    expect(flat(stdout)).not.toContain('score=/p_true')
  })

  it.each([
    ['flags', ['--fields', 'score=/p_true,confidence=/p_true'], {}],
    ['a flag and a name', ['--fields', 'confidence=/correct'], {}],
    ['the config', [], { 'tuneaudit.config.yaml': 'input: {fields: {score: p_true, confidence: /p_true}}' }],
  ])('is not both how good and how sure an output is (%s)', async (_, args, config) => {
    const { code, stderr } = await audit({ ...GOOD, ...config }, args)
    expect(code).toBe(3)
    expect(stderr).toMatch(/"?\/(?:p_true|correct)"? cannot be both (?:score|correct) and confidence/)
  })

  it('that is read as the score and disagrees with "correct" is named', async () => {
    const arm = (output: string) => jsonl(forecasts(40, (i) => ({ output, p_true: 0.5 + i / 100 })))
    const { report, stdout } = await audit({ 'before.jsonl': arm('yes'), 'after.jsonl': arm('no') }, [
      '--fields',
      'score=/p_true',
    ])
    const records = { baseline: 40, tuned: 40 }
    expect(report?.notices).toContainEqual({ code: 'score-before-correct', source: '/p_true', records })
    expect(flat(stdout)).toContain('scores are read from /p_true, and "correct" disagrees with them')
  })

  it('"score" that agrees with "correct" is not worth a word', async () => {
    const arm = (output: string) => jsonl(forecasts(40, (i) => ({ output, score: Number(i % 5 !== 0) })))
    const { report } = await audit({ 'before.jsonl': arm('yes'), 'after.jsonl': arm('no') })
    expect(report?.notices.map(({ code }) => code)).not.toContain('score-before-correct')
  })
})

describe('the first error', () => {
  const record = {
    qid: 'q-1',
    run_id: 'a-long-identifier-of-a-run-that-is-text-too',
    subject: 'weather',
    question_text: 'Will it rain on the day after tomorrow in the mountains?',
    expected_answer: 'It will rain in the mountains, and rain a lot, all day long.',
    model_answer: 'It will rain.',
    is_correct: true,
    p_true: 0.8,
  }

  it('gives the whole line of fields to paste, and it works', async () => {
    const arm = (other: string) =>
      jsonl(
        Array.from({ length: 60 }, (_, i) => ({
          ...record,
          qid: `q-${i}`,
          model_answer: other,
          is_correct: i % 9 > 0,
        })),
      )
    const files = { 'before.jsonl': arm('It will rain.'), 'after.jsonl': arm('Rain it will.') }
    const { code, stdout } = await audit(files)
    expect(code).toBe(4)
    const line = /Try --fields (\S+)\./.exec(flat(stdout))?.[1]
    expect(line).toBe(
      'id=/qid,task=/subject,prompt=/question_text,output=/model_answer,correct=/is_correct,confidence=/p_true',
    )
    expect([0, 1, 2]).toContain((await audit(files, ['--fields', line!])).code)
  })

  it('offers the longest text where no name tells, and never an id', async () => {
    const rows = jsonl([
      { id: 'x', trace_id: 'a very long trace id that goes on and on', a: 'short', b: 'some longer text' },
    ])
    const { stdout } = await audit({ 'before.jsonl': rows, 'after.jsonl': rows })
    expect(flat(stdout)).toContain('Try --fields output=/b.')
  })
})

describe('the report of an earlier run', () => {
  const stale = { ...GOOD, 'out.json': '{"verdict": "pass"}' }

  it.each([
    ['the tuned file is missing', ['--baseline', 'before.jsonl', '--tuned', 'gone.jsonl'], {}],
    ['the config is wrong', [], { 'tuneaudit.config.yaml': 'alfa: 1' }],
    ['a flag is wrong', ['--format', 'jsno'], {}],
  ])('does not stay where %s', async (_, args, config) => {
    const { code, report } = await audit({ ...stale, ...config }, args)
    expect([code, report]).toEqual([3, null])
  })

  it('is never taken for one where the path is read', async () => {
    await inFolder(GOOD, async (folder) => {
      const args = ['audit', '--baseline', 'before.jsonl', '--tuned', 'gone.jsonl', '--report', 'json=before.jsonl']
      expect((await tuneaudit(args, folder)).code).toBe(3)
      const judged = await tuneaudit(['audit', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl'], folder)
      expect([0, 1, 2]).toContain(judged.code)
    })
  })
})

describe('a config', () => {
  it.each(['tuneaudit.yaml', '.tuneauditrc', 'tune-audit.config.yml'])(
    'called %s is said not to be read',
    async (name) => {
      const { code, stderr } = await audit({ ...GOOD, [name]: 'alpha: 0.01' })
      expect([0, 1, 2]).toContain(code)
      expect(stderr).toContain(`note: ${name} is not read; name it tuneaudit.config.yaml, or give --config`)
    },
  )

  it('given by name needs no other name', async () => {
    const { stderr } = await audit({ ...GOOD, 'tuneaudit.yaml': 'alpha: 0.01' }, ['--config', 'tuneaudit.yaml'])
    expect(stderr).not.toContain('is not read')
  })

  it.each([
    ['fields: {output: /text}', '"input.fields"'],
    ['threshold: 0.5', '"score.threshold"'],
    ['tunedFor: [rain]', '"detectors.cross-task-regression.options.tunedFor"'],
  ])('with %s at the top is told where it belongs', async (config, where) => {
    const { code, stderr } = await audit({ ...GOOD, 'tuneaudit.config.yaml': config })
    expect(code).toBe(3)
    expect(stderr).toContain(`Did you mean ${where}?`)
  })

  it('is printed with the margin and role that hold for each measure', async () => {
    const config = 'detectors: {cross-task-regression: {margins: {score: 0.03}}, format-collapse: warn}'
    const { stdout } = await audit({ ...GOOD, 'tuneaudit.config.yaml': config }, ['--print-config'])
    const { measures } = JSON.parse(stdout)
    expect(measures['cross-task-regression'].score).toEqual({ role: 'guarded', margin: 0.03 })
    expect(measures['calibration-drift']['brier-score']).toEqual({ role: 'guarded', margin: 0.05 })
    expect(measures['format-collapse']['effective-formats'].role).toBe('noted')
  })
})

it('a run that only reports says so beside its verdict', async () => {
  const after = jsonl(forecasts(300, (i) => ({ output: 'no', correct: i % 2 === 0 })))
  const files = { 'before.jsonl': jsonl(forecasts(300)), 'after.jsonl': after, 'c.yaml': 'extends: report-only' }
  const { code, stdout } = await audit(files, ['--config', 'c.yaml'])
  expect([code, stdout.slice(0, 40)]).toEqual([0, expect.stringMatching(/^FAIL {2}\(report only: exit 0\) {2}Harm is/)])
  expect(stdout).not.toContain('passes with probability')
})

it.each([
  ['fields', /^input\.fields \(in the config\)\n {2}Where the parts of a record stand\./],
  ['tunedFor', /^detectors\.cross-task-regression\.options\.tunedFor \(in the config\)/],
])('explain knows the config key %s', async (key, says) => {
  const { code, stdout } = await tuneaudit(['explain', key])
  expect([code, stdout]).toEqual([0, expect.stringMatching(says)])
})
