/** What is kept of a text that may end anywhere: enough to see a document's shape. */
const MOST_VALUES = 4_096
const MAX_DEPTH = 24

/**
 * The value that a JSON text begins with, as far as the text goes: containers that it leaves open hold what came before,
 * a scalar that it cuts is left out. Undefined where it begins with no JSON. For telling formats apart, never for reading
 * records: what is broken further on is not noticed.
 */
export function jsonPrefix(text: string): unknown {
  return new Prefix(text).value(0)
}

/** Ends the walk: the text, or what is looked at of it, is over. */
class Over extends Error {}

class Prefix {
  private readonly text: string
  private at = 0
  private left = MOST_VALUES

  constructor(text: string) {
    this.text = text
  }

  value(depth: number): unknown {
    try {
      return this.any(depth)
    } catch (error) {
      if (error instanceof Over) return undefined
      throw error
    }
  }

  private any(depth: number): unknown {
    if (this.left-- === 0 || depth > MAX_DEPTH) throw new Over()
    this.blank()
    const first = this.text[this.at]
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    return first === '"' ? this.string() : this.scalar()
  }

  private object(depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null)
    this.items('}', () => {
      const key = this.string()
      this.expect(':')
      found[key] = undefined
      found[key] = this.any(depth + 1)
    })
    return found
  }

  private array(depth: number): unknown[] {
    const found: unknown[] = []
    this.items(']', () => {
      found.push(this.any(depth + 1))
    })
    return found
  }

  /** Up to the closing character, or to where the text is over. */
  private items(close: string, item: () => void): void {
    this.at++
    try {
      this.blank()
      if (this.text[this.at] === close) {
        this.at++
        return
      }
      for (;;) {
        this.blank()
        item()
        this.blank()
        if (this.text[this.at] === close) {
          this.at++
          return
        }
        this.expect(',')
      }
    } catch (error) {
      if (!(error instanceof Over)) throw error
      this.at = this.text.length
    }
  }

  private string(): string {
    const from = this.at
    if (this.text[from] !== '"') throw new Over()
    for (let i = from + 1; i < this.text.length; i++) {
      if (this.text[i] === '\\') i++
      else if (this.text[i] === '"') {
        this.at = i + 1
        return parsed(this.text.slice(from, i + 1))
      }
    }
    throw new Over()
  }

  /** Numbers and words, Python's NaN and Infinity among them, which are null. */
  private scalar(): unknown {
    const [word = ''] = /^[-+.\w]+/.exec(this.text.slice(this.at, this.at + 64)) ?? []
    this.at += word.length
    if (word === '' || this.at >= this.text.length) throw new Over()
    if (/^-?(?:NaN|Infinity)$/.test(word)) return null
    return parsed(word)
  }

  private expect(character: string): void {
    this.blank()
    if (this.text[this.at] !== character) throw new Over()
    this.at++
  }

  private blank(): void {
    while (/\s/.test(this.text[this.at] ?? 'x')) this.at++
  }
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch {
    throw new Over()
  }
}
