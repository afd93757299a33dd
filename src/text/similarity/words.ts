import { LAST_ASCII } from '../../domain/ascii.js'
import { murmur128 } from '../../domain/hash.js'
import { CAPITAL, classOf, DIGIT, LETTER, lowerOf, MARK, OPENER, SYMBOL, UNSPACED } from './characters.js'

/** Of an output no more than this is read, in UTF-16 code units. */
export const LONGEST_READ = 2048

/**
 * The words of a text in order, each as a 31-bit hash shifted left by one; the lowest bit is set where the word stands
 * out: a number, or a name (a capital letter, two characters or more, not the first word of a sentence or a value).
 * A word is a run of letters, digits and marks after NFKC, in lower case; punctuation and markup only separate. Scripts
 * without spaces (Han, Kana, Hangul, Thai, …) give overlapping pairs of characters, the usual choice for search. A
 * symbol such as an emoji is a word of its own. A text of punctuation alone is one word; a blank one has none.
 */
export function markedWords(text: string): Uint32Array {
  const words = new Splitter(normalized(text), null).run()
  if (words.length > 0 || text.trim() === '') return words
  return Uint32Array.of((murmur128(text.trim())[0] << 1) >>> 0)
}

/** Words as `markedWords` marks them, and where each starts and ends in the text, in UTF-16 code units. */
export interface Placed {
  readonly marked: Uint32Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Of a text that is `normalized`; none where it is punctuation alone. */
export function placedWords(text: string): Placed {
  const places = { starts: new Uint32Array(text.length), ends: new Uint32Array(text.length) }
  const marked = new Splitter(text, places).run()
  return { marked, starts: places.starts.subarray(0, marked.length), ends: places.ends.subarray(0, marked.length) }
}

/** NFKC: what words are read from. */
export function normalized(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKC')
}

/** The hashes of a text's words in order, 31 bits each, without the mark. */
export function wordsOf(text: string): Uint32Array {
  const words = markedWords(text)
  for (let i = 0; i < words.length; i++) words[i]! >>>= 1
  return words
}

/** The start of a text: at most `length` UTF-16 code units, never half of a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return text.slice(0, isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length)
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

/** Where words are put before it is known how many there are: one text is split at a time. Longer ones have their own. */
const ROOM = new Uint32Array(2 ** 16)

/** One pass over a text: `at` is where the next character is read, `opening` whether the next word opens a sentence. */
class Splitter {
  private readonly text: string
  private readonly words: Uint32Array
  private readonly places: Pick<Placed, 'starts' | 'ends'> | null
  private count = 0
  private at = 0
  private opening = true

  constructor(text: string, places: Pick<Placed, 'starts' | 'ends'> | null) {
    this.text = text
    this.places = places
    this.words = text.length <= ROOM.length ? ROOM : new Uint32Array(text.length)
  }

  run(): Uint32Array {
    while (this.at < this.text.length) {
      this.ascii()
      if (this.at < this.text.length) this.step(classOf(this.code()))
    }
    return this.words.slice(0, this.count)
  }

  /** Steps past words and what is between them while all is ASCII, as most text is. A word that may go on in other characters is left. */
  private ascii(): void {
    const { text } = this
    for (let at = this.at; at < text.length; this.at = at) {
      let code = unitAt(text, at)
      const kind = classOf(code)
      let hash = SEED
      for (let lower = asciiPart(code); lower !== 0; lower = asciiPart(code)) {
        hash = mixed(hash, lower)
        code = unitAt(text, ++at)
      }
      if (code > LAST_ASCII) return
      if (at === this.at) {
        if (kind === OPENER) this.opening = true
        at++
        continue
      }
      const start = this.at
      this.at = at
      this.word(hash, kind, start)
    }
  }

  private step(kind: number): void {
    if (kind === LETTER || kind === CAPITAL || kind === DIGIT) this.spaced(kind)
    else if (kind === UNSPACED) this.unspaced()
    else this.between(kind)
  }

  /** A run of letters, digits and marks. */
  private spaced(first: number): void {
    const start = this.at
    let hash = SEED
    for (let code = this.code(); isWordPart(classOf(code)); code = this.after(code)) hash = mixed(hash, lowerOf(code))
    this.word(hash, first, start)
  }

  /** Of a run that began with a character of the class `first` and has just ended. */
  private word(hash: number, first: number, start: number): void {
    const name = first === CAPITAL && !this.opening && this.at - start > 1
    this.add(hash, first === DIGIT || name, start)
    this.opening = false
  }

  /** A run of a script without spaces: its pairs of neighbours, or its only character. */
  private unspaced(): void {
    let start = this.at
    let before = this.code()
    let code = this.after(before)
    if (!isUnspacedPart(classOf(code))) this.add(mixed(SEED, before), false, start)
    while (isUnspacedPart(classOf(code))) {
      const next = this.at
      const hash = mixed(mixed(SEED, before), code)
      before = code
      code = this.after(code)
      this.add(hash, false, start)
      start = next
    }
    this.opening = false
  }

  private between(kind: number): void {
    const code = this.code()
    const start = this.at
    this.after(code)
    if (kind === SYMBOL) this.add(mixed(SEED, code), false, start)
    if (kind === OPENER) this.opening = true
  }

  /** A word that ends where the next character is read. */
  private add(hash: number, salient: boolean, start: number): void {
    if (this.places !== null) {
      this.places.starts[this.count] = start
      this.places.ends[this.count] = this.at
    }
    this.words[this.count++] = finished(hash, salient)
  }

  /** The character at hand; 0, which is in no word, at the end. */
  private code(): number {
    const unit = unitAt(this.text, this.at)
    return unit < SURROGATES ? unit : this.text.codePointAt(this.at)!
  }

  /** Steps past the character at hand; the next one. */
  private after(code: number): number {
    this.at += code > 0xffff ? 2 : 1
    return this.code()
  }
}

/** The UTF-16 code unit at a place; 0 at the end: V8 drops its compiled code for each that there is none of. */
function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0
}

/** Letters and digits of ASCII in lower case, by code; 0 for what is neither. */
const ASCII_PARTS = Uint8Array.from({ length: LAST_ASCII + 1 }, (_, code) =>
  isWordPart(classOf(code)) ? lowerOf(code) : 0,
)

function asciiPart(code: number): number {
  return code <= LAST_ASCII ? ASCII_PARTS[code]! : 0
}

function isWordPart(kind: number): boolean {
  return kind >= LETTER && kind <= MARK
}

function isUnspacedPart(kind: number): boolean {
  return kind === UNSPACED || kind === MARK
}

/** Units below are characters by themselves: most are, and need no look at the next. */
const SURROGATES = 0xd800
const SEED = 0x811c9dc5

/** One step of FNV-1a over code points. */
function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** MurmurHash3's final mix, because FNV's low bits are weak; then the mark. */
function finished(hash: number, salient: boolean): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (((h ^ (h >>> 16)) << 1) | (salient ? 1 : 0)) >>> 0
}
