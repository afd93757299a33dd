import type { Argument, Command, Option } from 'commander'

/** What the word that is being typed stands for. */
export type Slot =
  /** `text` of it is typed; `before` it, in the same word, stands what is no part of the value: `--format=`. */
  | { readonly kind: 'value'; readonly symbol: string; readonly before: string; readonly text: string }
  | {
      readonly kind: 'word'
      readonly command: Command
      readonly argument: Argument | null
      readonly text: string
      /** Options that stand on the line already; null after `--`, where none may follow. */
      readonly used: ReadonlySet<Option> | null
    }
  | { readonly kind: 'nothing' }

/** Reads a line as commander would, up to its last word. `words` are those after the program's name, at least one. */
export function slotOf(root: Command, words: readonly string[]): Slot {
  const [text = ''] = words.slice(-1)
  let state: State = { command: root, place: 0, open: null, literal: false, used: new Set() }
  for (const word of words.slice(0, -1)) state = after(state, word)
  const { command, place, open, literal, used } = state
  if (!literal && text.startsWith('-')) return optionSlot(command, text, used)
  if (open !== null) return { kind: 'value', symbol: symbolOf(open.flags), before: '', text }
  return { kind: 'word', command, argument: argumentAt(command, place), text, used: literal ? null : used }
}

interface State {
  readonly command: Command
  /** Number of arguments that are no options. */
  readonly place: number
  /** An option that takes the next word. */
  readonly open: Option | null
  /** After `--`: nothing is an option any more. */
  readonly literal: boolean
  readonly used: ReadonlySet<Option>
}

function after(state: State, word: string): State {
  const { command, place, open, literal, used } = state
  if (!literal && word === '--') return { ...state, open: null, literal: true }
  if (!literal && word.startsWith('-') && word !== '-') {
    const [name = '', ...inline] = word.split('=')
    const option = optionNamed(command, name)
    const next = option !== null && takesValue(option) && inline.length === 0 ? option : null
    return { ...state, open: next, used: option === null ? used : new Set([...used, option]) }
  }
  if (open !== null) return { ...state, open: open.variadic ? open : null }
  const sub = place === 0 ? command.commands.find((one) => one.name() === word) : undefined
  return sub === undefined ? { ...state, place: place + 1 } : { ...state, command: sub, used: new Set() }
}

function optionSlot(command: Command, text: string, used: ReadonlySet<Option>): Slot {
  const at = text.indexOf('=')
  if (at < 0) return { kind: 'word', command, argument: null, text, used }
  const option = optionNamed(command, text.slice(0, at))
  if (option === null || !takesValue(option)) return { kind: 'nothing' }
  return { kind: 'value', symbol: symbolOf(option.flags), before: text.slice(0, at + 1), text: text.slice(at + 1) }
}

export function takesValue(option: Option): boolean {
  return option.required || option.optional
}

function optionNamed(command: Command, name: string): Option | null {
  const known = command.createHelp().visibleOptions(command)
  return known.find(({ long, short }) => long === name || short === name) ?? null
}

function argumentAt({ registeredArguments }: Command, place: number): Argument | null {
  const last = registeredArguments.at(-1)
  return registeredArguments[place] ?? (last?.variadic ? last : null)
}

/** `format=path` of `--report <format=path>`, `path` of `<path...>`: how the command line names what stands there. */
function symbolOf(flags: string): string {
  const [, symbol = ''] = /[<[](.*)[>\]]/.exec(flags) ?? []
  return symbol.endsWith(',...') ? symbol : symbol.replace(/\.\.\.$/, '')
}
