import { byCodeUnit } from '../domain/order.js'

/** Deeper values are not looked into. */
const DEEPEST = 5
/** Objects with more keys are maps from names to values: their keys say nothing about the next one. */
const MOST_KEYS = 40
/** Longer keys are text, not names. */
const LONGEST_KEY = 100
const MOST_VALUES = 8
const LONGEST_VALUE = 60

const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const
type Type = (typeof TYPES)[number]

/** What was seen at one place of many JSON values. Adding is order-independent. */
export class SchemaNode {
  /** Cases and values seen here. */
  cases = 0
  values = 0
  private lastCase = -1
  /** A number beyond the range of doubles reads as infinity, which no type of JSON Schema admits. */
  private unbounded = false
  private readonly types = new Map<Type, number>()
  /** Objects by key; null once there were too many. */
  private keys: Map<string, SchemaNode> | null = new Map()
  private items: SchemaNode | null = null
  /** Texts, with the cases that have each; null once there were too many. */
  private texts: Map<string, CaseCount> | null = new Map()
  private readonly depth: number

  constructor(depth = 0) {
    this.depth = depth
  }

  /** `caseNumber` tells cases apart; the samples of one follow each other. */
  add(value: unknown, caseNumber: number): void {
    this.values++
    if (this.lastCase !== caseNumber) this.cases++
    this.lastCase = caseNumber
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) this.unbounded = true
    const type = typeOf(value)
    this.types.set(type, (this.types.get(type) ?? 0) + 1)
    if (typeof value === 'string') this.addText(value, caseNumber)
    if (this.depth === DEEPEST || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) this.addItems(value, caseNumber)
    else this.addKeys(value, caseNumber)
  }

  /** Draft-07. Every value that was added is valid under it. */
  toSchema(rules: SchemaRules): object {
    if (this.cases < rules.cases || this.unbounded) return {}
    const kinds = this.kinds(rules.strict)
    const type = kinds.length === 1 ? kinds[0] : kinds
    const texts = rules.strict && kinds.length === 1 && kinds[0] === 'string' ? this.choices(rules) : null
    return {
      type,
      ...(texts === null ? {} : { enum: texts }),
      ...(kinds.includes('object') ? this.properties(rules) : {}),
      ...(this.items === null || this.items.cases < rules.cases ? {} : { items: this.items.toSchema(rules) }),
    }
  }

  /** A whole number is a number too; the next one may be neither. */
  private kinds(strict: boolean): Type[] {
    const seen = TYPES.filter((type) => this.types.has(type))
    if (strict && !seen.includes('number')) return seen
    const loose = seen.map((type) => (type === 'integer' ? 'number' : type))
    return loose.filter((type, i) => loose.indexOf(type) === i)
  }

  /** Validators may take what every object inherits, such as valueOf, for a key of its own: of those nothing is said. */
  private properties(rules: SchemaRules): object {
    const objects = this.types.get('object') ?? 0
    const known = [...(this.keys ?? [])]
      .filter(([key]) => !(key in Object.prototype))
      .sort(([a], [b]) => byCodeUnit(a, b))
    const described = known.filter(([, node]) => node.cases >= rules.cases)
    const required = described.filter(([, node]) => node.values === objects).map(([key]) => key)
    return {
      ...(required.length === 0 ? {} : { required }),
      ...(described.length === 0
        ? {}
        : { properties: Object.fromEntries(described.map(([key, node]) => [key, node.toSchema(rules)])) }),
    }
  }

  /** The texts where they are few, each of several cases, and cases are many. */
  private choices({ cases: enough }: SchemaRules): string[] | null {
    if (this.texts === null || this.cases < (this.texts.size * enough) / VALUES_OF_ENOUGH) return null
    if ([...this.texts.values()].some(({ cases }) => cases < 2)) return null
    return [...this.texts.keys()].sort(byCodeUnit)
  }

  private addText(text: string, caseNumber: number): void {
    if (this.texts === null) return
    const known = this.texts.get(text)
    if (known === undefined) this.texts.set(text, { cases: 1, last: caseNumber })
    else if (known.last !== caseNumber) this.texts.set(text, { cases: known.cases + 1, last: caseNumber })
    if (text.length > LONGEST_VALUE || this.texts.size > MOST_VALUES) this.texts = null
  }

  private addItems(items: readonly unknown[], caseNumber: number): void {
    this.items ??= new SchemaNode(this.depth + 1)
    for (const item of items) this.items.add(item, caseNumber)
  }

  private addKeys(object: object, caseNumber: number): void {
    for (const [key, value] of Object.entries(object)) {
      if (this.keys === null) return
      const node = this.keys.get(key) ?? new SchemaNode(this.depth + 1)
      node.add(value, caseNumber)
      this.keys.set(key, node)
      if (key.length > LONGEST_KEY || this.keys.size > MOST_KEYS) this.keys = null
    }
  }
}

interface CaseCount {
  readonly cases: number
  readonly last: number
}

/** So many values may make an enumeration where cases are just enough; more want more. */
const VALUES_OF_ENOUGH = 3

export interface SchemaRules {
  /** What fewer cases show is not asked of anybody. */
  readonly cases: number
  /** Whether few texts become an enumeration, and whole numbers alone `integer`. */
  readonly strict: boolean
}

/** As JSON Schema has it: 1.0 is an integer. */
function typeOf(value: unknown): Type {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as Type
  return 'object'
}
