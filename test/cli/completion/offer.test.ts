import { describe, expect, it } from 'vitest'
import { offer } from '../../../src/cli/completion/offer.js'
import { SCRIPTS } from '../../../src/cli/completion/scripts.js'
import { program } from '../../../src/cli/program.js'
import type { CommandContext } from '../../../src/commands/context.js'
import { vocabulary } from '../../../src/commands/vocabulary.js'
import { detectors } from '../../../src/detectors/index.js'
import { ON_INCONCLUSIVE } from '../../../src/domain/policy.js'
import { SHARDED_BY } from '../../../src/input/shard.js'
import { WRITERS } from '../../../src/input/writers/index.js'
import { runHere } from '../run.js'

const context = { out: () => {}, err: () => {}, version: '0' } as unknown as CommandContext
const root = program(context, () => {})
const after = (...words: string[]) => offer(root, words, async () => vocabulary)
const names = async (...words: string[]) => (await after(...words)).terms.map(({ name }) => name)

describe('offer', () => {
  it('knows every command, and of every command every option', async () => {
    const shown = await names('')
    expect(shown).toEqual([...root.commands.map((one) => one.name()).filter((name) => name !== 'complete'), 'help'])
    for (const command of root.commands) {
      const own = command.options.map(({ long }) => long)
      expect(await names(command.name(), '--')).toEqual(expect.arrayContaining(own))
    }
  })

  it.each([
    [['audit', '--on-inconclusive', ''], ON_INCONCLUSIVE],
    [['audit', '--shard-by', ''], SHARDED_BY],
    [['convert', '--to', ''], WRITERS.map(({ id }) => id)],
    [['audit', '--detectors', ''], detectors.map(({ id }) => id)],
    [['completion', ''], Object.keys(SCRIPTS)],
    [['plan', '--format', 't'], ['terminal']],
    [['audit', '--format=m'], ['--format=md']],
    [['audit', '--margin', 'brier-score=', '--margin', 'brier'], ['brier-score=']],
    [['audit', '--fields', 'output=/a,output=/b,outp'], ['output=/a,output=/b,output_tokens=']],
    [['audit', '--quiet', '--qui'], []],
    [['audit', '--', '--qui'], []],
    [['audit', '--tasks', ''], []],
    [['audit', '--quiet=', ''], expect.arrayContaining(['--baseline'])],
    [['help', 'tre'], ['trend']],
    [['explain', 'tunedF'], ['tunedFor']],
    [['audit', '--no-such', 'x', '--labe'], ['--labels']],
  ])('after %j are %j', async (words, expected) => {
    expect(await names(...words)).toEqual(expected)
  })

  it.each([
    [['inspect', 'ru'], ''],
    [['audit', '--baseline', 'a.jsonl', 'b'], ''],
    [['audit', '--config=x'], '--config='],
    [['audit', '--report', 'html=a'], 'html='],
    [['audit', '--report=html='], '--report=html='],
    [['convert', '-o', ''], ''],
    [['audit', '--alpha', ''], null],
    [['schema', ''], null],
  ])('after %j files stand behind %j', async (words, files) => {
    expect((await after(...words)).files).toBe(files)
  })

  it('gives every symbol of the command line a list, a file or nothing on purpose', () => {
    const free =
      /^(?:n|k\/n|number|share|variance|change|globs|name|text|value|words|command)$|^[a-z-]+(?:\|[a-z-]+)+$|^(?:path|paths|file|folder|report|reports|tallies|pointer)$/
    const symbols = root.commands.flatMap((command) => [
      ...command.registeredArguments.map((one) => one.name()),
      ...command.options.flatMap(({ flags }) => /<(.*?)(?:,?\.{3})?>/.exec(flags)?.[1]?.split('=') ?? []),
    ])
    const unknown = symbols.filter((symbol) => !free.test(symbol) && !Object.hasOwn(vocabulary, symbol))
    expect(unknown).toEqual([])
    const used = new Set(symbols)
    expect(Object.keys(vocabulary).filter((symbol) => !used.has(symbol))).toEqual([])
  })
})

describe('the command line', () => {
  it('prints a script for each shell, and what it asks for', async () => {
    for (const [shell, script] of Object.entries(SCRIPTS)) {
      expect(await runHere(['completion', shell], '.')).toEqual({ code: 0, stdout: script, stderr: '' })
    }
    expect((await runHere(['complete', '--', 'audit', '--format=j'], '.')).stdout).toBe(
      'names\n--format=json\t\n--format=junit\t\n',
    )
    expect((await runHere(['complete', '--', 'render', 'x', '--to', 'md='], '.')).stdout).toBe('files\tmd=\n')
  })

  it('refuses a shell that it does not know', async () => {
    const { code, stdout, stderr } = await runHere(['completion', 'zhs'], '.')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('Did you mean "zsh"?')
  })
})
