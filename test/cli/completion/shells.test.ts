import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fishOffers, prepare, type Session, session, whyNot } from './shells.js'

// Real shells at a real terminal: what a person gets who types and presses the key.
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-shell-'))

beforeAll(() => {
  prepare(folder)
  writeFileSync(join(folder, 'monday run.json'), '')
  mkdirSync(join(folder, 'monthly'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COMMANDS = ['audit', 'bless', 'compare', 'completion', 'convert', 'explain', 'help', 'init', 'inspect']
const REPORTS = ['github=', 'html=', 'json=', 'junit=', 'md=', 'sarif=', 'terminal=']

describe.each(['bash', 'zsh'] as const)('completion in %s', (shell) => {
  const reason = whyNot(shell)
  let open: Session

  describe.skipIf(reason !== null)(reason ?? 'at a prompt', () => {
    beforeAll(async () => {
      open = await session(shell, folder)
    })
    afterAll(() => open?.end())

    it.each([
      ['tuneaudit au', ['tuneaudit', 'audit']],
      ['tuneaudit audit --on-i', ['tuneaudit', 'audit', '--on-inconclusive']],
      ['tuneaudit audit --on-inconclusive de', ['tuneaudit', 'audit', '--on-inconclusive', 'default']],
      ['tuneaudit audit --report ht', ['tuneaudit', 'audit', '--report', 'html=']],
      ['tuneaudit audit --format=js', ['tuneaudit', 'audit', '--format=json']],
      [
        'tuneaudit audit --detectors calibration-drift,lo',
        ['tuneaudit', 'audit', '--detectors', 'calibration-drift,lost-diversity'],
      ],
      ['tuneaudit render mond', ['tuneaudit', 'render', 'monday run.json']],
      ['tuneaudit render x --to json=mond', ['tuneaudit', 'render', 'x', '--to', 'json=monday run.json']],
      ['tuneaudit audit --format mond', ['tuneaudit', 'audit', '--format', 'mond']],
    ])('of %j gives %j', async (text, words) => {
      expect(await open.after(text)).toEqual(words)
    })

    it('offers every command, every value of a list, and files', async () => {
      const offered = async (text: string) => (await open.everything(text)).slice(text.split(' ').length - 1).sort()
      expect((await offered('tuneaudit ')).slice(0, COMMANDS.length)).toEqual(COMMANDS)
      expect(await offered('tuneaudit audit --report ')).toEqual(REPORTS)
      expect(await offered('tuneaudit audit --margin sc')).toEqual(['score='])
      expect((await offered('tuneaudit trend mon')).map((name) => name.replace(/\/$/, ''))).toEqual([
        'monday run.json',
        'monthly',
      ])
    })
  })
})

const noFish = whyNot('fish')

describe.skipIf(noFish !== null)(`completion in fish${noFish === null ? '' : ` (${noFish})`}`, () => {
  it.each([
    ['tuneaudit audit --on-i', ['--on-inconclusive']],
    ['tuneaudit audit --on-inconclusive ', ['default', 'fail', 'pass']],
    ['tuneaudit audit --report ', REPORTS],
    ['tuneaudit audit --format=js', ['--format=json']],
    ['tuneaudit audit --detectors calibration-drift,lo', ['calibration-drift,lost-diversity']],
    ['tuneaudit render mon', ['monday run.json', 'monthly/']],
    ['tuneaudit render x --to json=mon', ['json=monday run.json', 'json=monthly/']],
    ['tuneaudit audit --format mon', ['']],
  ])('of %j offers %j', (text, words) => {
    expect(fishOffers(folder, text)).toEqual(words)
  })

  it('offers every command', () => {
    expect(fishOffers(folder, 'tuneaudit ').slice(0, COMMANDS.length)).toEqual(COMMANDS)
  })
})
