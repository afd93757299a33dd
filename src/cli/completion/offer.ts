import type { Command, Option } from 'commander'
import type { Term, Vocabulary } from '../../commands/vocabulary.js'
import { type Slot, slotOf, takesValue } from './line.js'

/** What may stand in place of the last word. */
export interface Offer {
  readonly terms: readonly Term[]
  /** Where files may stand: what comes before their name in the same word. */
  readonly files: string | null
}

const NOTHING: Offer = { terms: [], files: null }

/** Symbols of the command line that stand for a path. */
const PATHS = new Set(['path', 'paths', 'file', 'folder', 'report', 'reports', 'tallies'])

/**
 * What a shell may offer after `words` (those after the program's name, the last one being typed, which may be empty):
 * read from the command line's own definition. A symbol in it, such as `measure` in `<measure=value>`, is looked up in the
 * vocabulary; `<a|b>` lists its values; `<x,...>` is a list.
 */
export async function offer(root: Command, words: readonly string[], load: () => Promise<Vocabulary>): Promise<Offer> {
  const slot = slotOf(root, words)
  const all = await offered(slot, load)
  const text = words.at(-1) ?? ''
  return { ...all, terms: all.terms.filter(({ name }) => name.startsWith(text)) }
}

async function offered(slot: Slot, load: () => Promise<Vocabulary>): Promise<Offer> {
  if (slot.kind === 'nothing') return NOTHING
  if (slot.kind === 'value') return valueOffer(slot.symbol, slot.before, slot.text, load)
  const { command, argument, text, used } = slot
  if (used !== null && text.startsWith('-')) return { terms: options(command, used), files: null }
  if (command.commands.length > 0) return { terms: subcommands(command), files: null }
  if (argument === null) return { terms: freely(command, used), files: null }
  const values = await valueOffer(argument.name(), '', text, load)
  // Where an argument may be left out, an option is what mostly comes next.
  return argument.required ? values : { ...values, terms: [...values.terms, ...freely(command, used)] }
}

async function valueOffer(
  symbol: string,
  before: string,
  text: string,
  load: () => Promise<Vocabulary>,
): Promise<Offer> {
  if (symbol.endsWith(',...')) {
    const done = text.slice(0, text.lastIndexOf(',') + 1)
    const own = await valueOffer(symbol.slice(0, -4), before + done, text.slice(done.length), load)
    const said = new Set(done.split(',').map((part) => `${before}${done}${part.split('=')[0]}`))
    return { ...own, terms: own.terms.filter(({ name }) => !said.has(name.replace(/(?<=.)=$/, ''))) }
  }
  const [first = '', second] = symbol.split('=')
  if (second !== undefined && text.includes('=')) {
    const at = text.indexOf('=') + 1
    return valueOffer(second, before + text.slice(0, at), text.slice(at), load)
  }
  if (PATHS.has(first)) return { terms: [], files: before }
  const terms = first.includes('|')
    ? first.split('|').map((name) => ({ name, about: '' }))
    : await load().then((all) => all[first]?.() ?? [])
  const end = second === undefined ? '' : '='
  return { terms: terms.map(({ name, about }) => ({ name: `${before}${name}${end}`, about })), files: null }
}

function subcommands(command: Command): Term[] {
  const help = command.createHelp()
  return help.visibleCommands(command).map((one) => ({ name: one.name(), about: help.subcommandDescription(one) }))
}

function freely(command: Command, used: ReadonlySet<Option> | null): Term[] {
  return options(command, used).filter(({ name }) => name !== '--help' && name.startsWith('--'))
}

function options(command: Command, used: ReadonlySet<Option> | null): Term[] {
  if (used === null) return []
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !used.has(option) || mayRepeat(option))
    .flatMap(({ long, short, description }) =>
      [long, short].flatMap((name) => (name === undefined || name === null ? [] : [{ name, about: description }])),
    )
}

/** As `collect` takes them, or one after the other. */
function mayRepeat(option: Option): boolean {
  return takesValue(option) && (option.variadic || option.parseArg !== undefined)
}
