import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { audit, type Files, inFolder, tuneaudit } from './run.js'

const FORMATS = join(import.meta.dirname, '../../fixtures/formats')

/** Both arms of a fixture, as before/… and after/…, with their texts changed. */
function logs(name: string, change: (text: string, path: string) => string | null = (text) => text): Files {
  const files: Record<string, string> = {}
  for (const [arm, folder] of [
    ['baseline', 'before'],
    ['tuned', 'after'],
  ] as const) {
    const root = join(FORMATS, name, arm)
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(folder, relative(root, join(entry.parentPath, entry.name)))
      const text = change(readFileSync(join(entry.parentPath, entry.name), 'utf8'), path)
      if (text !== null) files[path] = text
    }
  }
  return files
}

const inTuned = (change: (text: string, path: string) => string | null) => (text: string, path: string) =>
  path.startsWith('after') ? change(text, path) : text

const HARNESS = 'samples_tides_2026-03-01T09-30-00.000001.jsonl'
const RESULTS = 'results_2026-03-01T09-30-00.000001.json'

interface Row {
  readonly of: string
  readonly files: Files
  readonly args?: readonly string[]
  readonly reason: string
  readonly says: readonly string[]
}

const ROWS: readonly Row[] = [
  {
    of: 'an unknown version of an Inspect log',
    files: logs(
      'inspect-json',
      inTuned((text) => text.replace('"version":2', '"version":3')),
    ),
    reason: 'log-refused',
    says: ['after/tides.json: this is version 3 of Inspect', 'version 2 is known', 'inspect log convert'],
  },
  {
    of: 'an unknown version of promptfoo’s results',
    files: logs(
      'promptfoo',
      inTuned((text) => text.replace('"version":3', '"version":9')),
    ),
    args: ['--baseline-provider', 'harbour-7b', '--tuned-provider', 'harbour-7b-tuned'],
    reason: 'log-refused',
    says: ['after/results.json: this is version 9 of promptfoo', '2 and 3 are known'],
  },
  {
    of: 'an unknown version of Every Eval Ever',
    files: logs(
      'every-eval-ever',
      inTuned((text) => text.replaceAll('"0.3.0"', '"2.0.0"')),
    ),
    reason: 'log-refused',
    says: ['version "2.0.0" of the Every Eval Ever schema', '0.1 to 0.3 are known'],
  },
  ...['error', 'cancelled', 'started'].map((status) => ({
    of: `an Inspect run whose status is ${status}`,
    files: logs(
      'inspect-json',
      inTuned((text) => text.replace('"status":"success"', `"status":"${status}"`)),
    ),
    reason: 'log-refused',
    says: [`the run did not end well (status "${status}")`, 'inspect eval-retry'],
  })),
  {
    of: 'a batch whose requests lack answers',
    files: logs(
      'openai-batch',
      inTuned((text, path) => (path.endsWith('errors.jsonl') ? null : text)),
    ),
    reason: 'incomplete-run',
    says: ['1 tuned cases have no output in their log', '"tide-11"', 'an error file counts'],
  },
  {
    of: 'a directory of two tools’ logs',
    files: { ...logs('inspect-json'), ...logs('mt-bench') },
    reason: 'mixed-formats',
    says: ['one arm holds logs of several tools', 'mt-bench', 'inspect-json'],
  },
  {
    of: 'runs with another number of shots',
    files: logs(
      'lm-evaluation-harness',
      inTuned((text) => text.replace('"n-shot":{"tides":0}', '"n-shot":{"tides":5}')),
    ),
    args: ['--score', 'exact_match,flexible-extract'],
    reason: 'settings-differ',
    says: ['the arms were not run alike', 'num_fewshot', 'is 0 in the baseline and 5 in the tuned arm'],
  },
  {
    of: 'a companion file alone',
    files: logs(
      'lm-evaluation-harness',
      inTuned((text, path) => (path.endsWith(HARNESS) ? null : text)),
    ),
    args: ['--baseline', `before/${HARNESS}`, '--tuned', `after/${RESULTS}`],
    reason: 'companion-alone',
    says: [`${RESULTS}: this file of lm-evaluation-harness holds no outputs`, 'samples_<task>_<date>.jsonl'],
  },
  {
    of: 'several providers without a choice',
    files: logs('promptfoo'),
    reason: 'several-providers',
    says: ['the baseline log holds several models: harbour-7b, harbour-7b-tuned', '--baseline-provider <name>'],
  },
  {
    of: 'a provider that is not in the log',
    files: logs('promptfoo'),
    args: ['--baseline-provider', 'harbour-7b', '--tuned-provider', 'harbor-7b'],
    reason: 'several-providers',
    says: ['no output of the tuned log is of the provider "harbor-7b"', 'harbour-7b-tuned'],
  },
  {
    of: 'a document that ends early',
    files: logs(
      'helm',
      inTuned((text, path) => (path.endsWith('state.json') ? text.slice(0, -200) : text)),
    ),
    reason: 'bad-line',
    says: ['after/scenario_state.json:1: the JSON ends early'],
  },
  {
    of: 'an archive that ends early',
    files: {
      'before/tides.eval': readFileSync(join(FORMATS, 'inspect-eval/baseline/tides.eval')),
      'after/tides.eval': readFileSync(join(FORMATS, 'inspect-eval/tuned/tides.eval')).subarray(0, 900),
    },
    reason: 'log-refused',
    says: ['after/tides.eval: '],
  },
  {
    of: 'a score file that is not of these results',
    files: logs(
      'bfcl',
      inTuned((text, path) => (path.endsWith('_score.json') ? `${text.split('\n')[0]}\n` : text)),
    ),
    reason: 'log-refused',
    says: ['it counts 4 failures and holds 0', 'Score the results again.'],
  },
]

describe('an audit of logs', () => {
  it.each(ROWS)('refuses $of, saying what and the remedy', async ({ files, args = [], reason, says }) => {
    const paths = args.includes('--baseline') ? [] : ['--baseline', 'before', '--tuned', 'after']
    const { code, stderr, report } = await audit(files, [...paths, ...args, '--format', 'json'])
    expect({ code, reason: report?.reason }).toMatchObject({ code: 4, reason: { code: reason } })
    for (const part of says) expect(stderr).toContain(part)
  })
})

describe('tuneaudit convert', () => {
  const cancelled = logs('inspect-json', (text) => text.replace('"status":"success"', '"status":"cancelled"'))
  const whole = logs('inspect-json')

  it('writes to standard output, or into a file, whole', async () => {
    await inFolder(whole, async (folder) => {
      const printed = await tuneaudit(['convert', 'before', '--to', 'native'], folder)
      expect(printed).toMatchObject({ code: 0, stderr: '' })
      const kept = await tuneaudit(['convert', 'before', '--to', 'native', '-o', 'native.jsonl'], folder)
      expect(kept).toMatchObject({ code: 0, stdout: '', stderr: '' })
      expect(readFileSync(join(folder, 'native.jsonl'), 'utf8')).toBe(printed.stdout)
      const { stdout } = await tuneaudit(['inspect', '-', '--json'], folder, printed.stdout)
      expect(JSON.parse(stdout)).toMatchObject({ format: 'jsonl', rows: 12, cases: 12, meanScores: { match: 10 / 12 } })
    })
  })

  it.each<[string, readonly string[], string]>([
    ['a form that is not known', ['before', '--to', 'natve'], 'Did you mean "native"?'],
    ['no form', ['before'], "required option '--to <native|every-eval-ever>' not specified"],
    ['a path that does not exist', ['gone.json', '--to', 'native'], 'gone.json: no such file'],
    ['a format that is not known', ['before', '--to', 'native', '--input-format', 'inspekt'], 'unknown input format'],
    [
      'a target that is read',
      ['before/tides.json', '--to', 'native', '-o', 'before/tides.json'],
      'it is one of the files',
    ],
    ['a target in no folder', ['before', '--to', 'native', '-o', 'gone/x.jsonl'], 'gone/x.jsonl: cannot be written'],
  ])('refuses %s with exit 3, writing nothing', async (_, args, says) => {
    await inFolder(whole, async (folder) => {
      const { code, stdout, stderr } = await tuneaudit(['convert', ...args], folder)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toContain(says)
      expect(readdirSync(folder).sort()).toEqual(['after', 'before'])
    })
  })

  it('writes what there is of a stopped run, says so, and exits 4', async () => {
    await inFolder(cancelled, async (folder) => {
      const { code, stderr } = await tuneaudit(['convert', 'before', '--to', 'native', '-o', 'native.jsonl'], folder)
      expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('status "cancelled"') })
      const seen = await tuneaudit(['inspect', 'native.jsonl', '--json'], folder)
      expect(seen.code).toBe(4)
      expect(JSON.parse(seen.stdout)).toMatchObject({ cases: 12, problems: [expect.stringContaining('cancelled')] })
    })
  })

  it('leaves no file of a log that cannot be read to its end', async () => {
    await inFolder({ 'swim.jsonl': '{"id":"b1","output":"Lane 3."}\n{"id":' }, async (folder) => {
      const { code, stderr } = await tuneaudit(
        ['convert', 'swim.jsonl', '--to', 'native', '-o', 'native.jsonl'],
        folder,
      )
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: expect.stringContaining('swim.jsonl:2: the JSON ends early'),
      })
      expect(readdirSync(folder)).toEqual(['swim.jsonl'])
    })
  })
})
