/**
 * Words beside an expression that calculate or scale, so that what stands there is more than its digits: `half of 3 + 4`,
 * `7 dozen`, `3 quarters + 2 dimes`. Some languages' words for the operators are among them; others are not known.
 */
const CALCULATING = listed(`
  of times plus minus divided over multiplied by squared cubed percent percentage mod modulo remainder negative root sqrt
  hundred hundreds thousand thousands million millions billion billions trillion dozen dozens score lakh crore
  half halves third thirds quarter quarters fourth fifth sixth seventh eighth ninth tenth tens ones hundredths tenths
  twice thrice double triple quadruple pair pairs couple less more fewer short
  one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty
  cent cents penny pennies nickel nickels dime dimes
  sin cos tan sec csc cot log ln exp max min floor ceil round gcd lcm abs sum mean median average factorial choose pi
  mal fois por per volte keer durch sur sobre dividido plus moins más menos più meno mais geteilt entre
`)

/** Words whose number is a name: `Day 2 * 3`, `Step 1 - 3 + 4 = 7`. */
const LABELS = listed(`
  step day week month year case part phase stage group team box room level grade class type item number no round game set
  player child person page chapter question section option train car machine school house bus tank shelf row column line
  example method equation figure table problem exercise node vertex index position digit version
`)

function listed(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

const CLAUSES = listed(`
  and or so then because since is are was were gives give get gets has have had that which but if when while thus therefore hence as
  where with for
`)

/** Whether a word ends the phrase that names a unit. */
export function joinsClauses(word: string): boolean {
  return CLAUSES.has(word)
}

/** Singular enough to compare. */
export function stem(word: string): string {
  return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word
}

/** Whether a unit word makes the expression unreadable. */
export function isUnreadable(word: string): boolean {
  return CALCULATING.has(word)
}

/** `a total of 3 + 4`: these take the whole expression. */
const TAKING = listed('total sum cost price product difference profit amount rate distance area volume')

const CONNECTIVES = listed(
  'so then since because that is are was be has have had get gets thus therefore hence and as gives',
)

/** Words after a result that are no unit. */
const PROSE = listed(`
  in total for the a an of to per each every on at and so which or from is are was were as with left if but because since that this
  these those because when while altogether after before by into than then not only be more we he she it they i you his her
  their its our more remaining different possible therefore thus hence
`)

/** Whether an expression may start after this word, itself after another one ('' for none). */
export function mayPrecede(word: string, earlier: string): boolean {
  if (word === 'of') return TAKING.has(earlier)
  return !CALCULATING.has(word) && !LABELS.has(word)
}

/** Whether an expression may end before this word. */
export function mayFollow(word: string): boolean {
  return !CALCULATING.has(word)
}

/** Whether a number after this word is a value, not a name. */
export function isConnective(word: string): boolean {
  return CONNECTIVES.has(word)
}

export function isProse(word: string): boolean {
  return PROSE.has(word)
}
