import { findAnswer, isFirm } from './answers.js'

/** Ten options, as in MMLU-Pro. */
export const LETTERS: readonly string[] = [...'ABCDEFGHIJ']

export type FindChoice = (text: string) => string | null

/**
 * Finds which of the given choices a text picks, as it stands in `choices`; null where it picks none. Letters are read
 * in the forms of simple-evals, lm-evaluation-harness and inspect_ai (`Answer: B`, `(B)`, `B.`, `**B**`, `option B`),
 * so that neither an article nor a pronoun is one; other choices are whole words in any case. Where an answer is firmly
 * marked only that is looked at; else the beginning of the text, then its end. The time is linear in the text.
 */
export function choiceFinder(choices: readonly string[] = LETTERS): FindChoice {
  return choices.every((choice) => /^[A-Za-z]$/.test(choice)) ? letterFinder(choices) : wordFinder(choices)
}

/** One-off; a finder kept for many texts is cheaper. */
export function choiceIn(text: string, choices: readonly string[] = LETTERS): string | null {
  return choiceFinder(choices)(text)
}

function letterFinder(choices: readonly string[]): FindChoice {
  const chosen = new Map(choices.map((choice) => [choice.toUpperCase(), choice]))
  const forms = letterForms([...chosen.keys()].join(''))
  return (text) => {
    const answer = findAnswer(text)
    const isMarked = answer !== null && answer.mark !== 'line'
    const marked = isMarked ? inAnswer(answer.text, forms) : null
    const isSettled = marked !== null || (isMarked && isFirm(answer.mark))
    const letter = isSettled ? marked : inProse(text.trim(), answer?.text ?? '', forms)
    return letter === null ? null : (chosen.get(letter.toUpperCase()) ?? null)
  }
}

type LetterForms = ReturnType<typeof letterForms>

/** The letter, in the first group that takes part. Only where it stands alone may it be small. */
function letterForms(letters: string) {
  const label = '(?:[Oo]ption |[Cc]hoice )?'
  return {
    alone: new RegExp(`^\\(?([${letters}])\\)?[.):]?$`, 'i'),
    leading: new RegExp(`^${label}[*_]{0,2}(?:\\(([${letters}])\\)|([${letters}])(?=[.):,*_\\]]|\\s[-–—:)]|\\s*$))`),
    leadingWord: new RegExp(`^${label}([${letters}])\\b(?!')`),
    bracketed: new RegExp(`\\(([${letters}])\\)|(?<![\\w'])([${letters}])\\)`, 'g'),
    named: new RegExp(`\\b(?:[Oo]ption|[Cc]hoice) \\(?([${letters}])\\b`, 'g'),
    bold: new RegExp(`\\*\\*\\(?([${letters}])[.)]{0,2}\\*\\*`, 'g'),
  }
}

function inAnswer(answer: string, { alone, leading, bracketed, named, leadingWord }: LetterForms): string | null {
  return (
    first(alone, answer) ??
    first(leading, answer) ??
    last(bracketed, answer) ??
    last(named, answer) ??
    first(leadingWord, answer)
  )
}

function inProse(text: string, line: string, { alone, leading, bold, bracketed, named }: LetterForms): string | null {
  return (
    first(alone, line) ??
    first(leading, text) ??
    first(leading, line) ??
    last(bold, text) ??
    last(bracketed, text) ??
    last(named, text)
  )
}

function first(pattern: RegExp, text: string): string | null {
  return capture(pattern.exec(text))
}

function last(pattern: RegExp, text: string): string | null {
  return capture([...text.matchAll(pattern)].at(-1) ?? null)
}

function capture(match: RegExpExecArray | RegExpMatchArray | null): string | null {
  return match?.[1] ?? match?.[2] ?? null
}

/** The longest choice wins where one begins with another (`not sure` over `not`). */
function wordFinder(choices: readonly string[]): FindChoice {
  const chosen = new Map(choices.map((choice) => [folded(choice), choice]))
  const words = [...chosen.keys()].sort((a, b) => b.length - a.length).map(escaped)
  const word = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${words.join('|')})(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])`, 'giu')

  const among = (text: string) => {
    const found = [...text.matchAll(word)]
    const leads = found[0] !== undefined && /^[^\p{L}\p{N}]{0,8}$/u.test(text.slice(0, found[0].index).slice(0, 9))
    return (leads ? found[0] : found.at(-1))?.[0] ?? null
  }
  return (text) => {
    const answer = findAnswer(text)
    const given = answer === null ? null : (chosen.get(folded(answer.text)) ?? among(answer.text))
    const found = given ?? (answer !== null && isFirm(answer.mark) ? null : among(text))
    return found === null ? null : (chosen.get(folded(found)) ?? null)
  }
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
