import type { ASTNode } from '@marcbachmann/cel-js'
import { PatternError } from '../../text/pattern.js'
import { hasKey, indexed, valueOfKey } from './rule-access.js'
import { COMPARISONS, type Comparison, compareValues } from './rule-compare.js'
import { RuleError } from './rule-error.js'
import { attempt, type Compiled, type Frame, Unevaluable } from './rule-frame.js'
import { type Apply, FUNCTIONS } from './rule-functions.js'
import { itemsOf, type Loop, MACROS } from './rule-macros.js'
import { OPERATORS } from './rule-operators.js'
import { type Node, type Scope, siteOf, unknown, variable, within } from './rule-scope.js'
import { kindOf, numberOf } from './rule-values.js'
import { refuseWholeDivision } from './rule-whole.js'

/**
 * CEL's syntax tree as a function. The library evaluates too, but with whole numbers apart from JSON's doubles, with a
 * backtracking matches() that cannot be replaced, and without a bound on the work. Throws RuleError.
 */
export function compileNode(node: ASTNode, scope: Scope): Compiled {
  switch (node.op) {
    case 'value':
      return literal(node)
    case 'id':
      return variable(node, scope)
    case '.':
      return field(node, scope)
    case '[]':
      return element(node, scope)
    case 'call':
      return call(node.args[0], node.args[1], node, scope)
    case 'rcall':
      return method(node, scope)
    case 'list':
      return list(node, scope)
    case 'map':
      return map(node, scope)
    case '?:':
      return ternary(node, scope)
    case '&&':
      return logical(node, scope, false)
    case '||':
      return logical(node, scope, true)
    case '!_':
      return negation(node, scope)
    case '-_':
      return minus(node, scope)
    case '.?':
    case '[?]':
      throw new RuleError('optional access is not supported. Ask with has(a.b) first.', node.start)
    default:
      return binary(node, scope)
  }
}

export function isComparison(node: ASTNode): node is Node<Comparison> {
  return (COMPARISONS as readonly string[]).includes(node.op)
}

function literal({ args, start }: Node<'value'>): Compiled {
  if (args !== null && typeof args === 'object')
    throw new RuleError('only texts, numbers, true, false, null, lists and objects can be written.', start)
  const value = typeof args === 'bigint' ? Number(args) : args
  if (typeof args === 'bigint' && !Number.isSafeInteger(value))
    throw new RuleError('a number past 2^53 is not exact here, as in JSON.', start)
  return () => value
}

function field(node: Node<'.'>, scope: Scope): Compiled {
  const [owner, key] = node.args
  const ownerOf = compileNode(owner, scope)
  const site = siteOf(node)
  return (frame) => valueOfKey(ownerOf(frame), key, site)
}

function element(node: Node<'[]'>, scope: Scope): Compiled {
  const ownerOf = compileNode(node.args[0], scope)
  const indexOf = compileNode(node.args[1], scope)
  const site = siteOf(node)
  return (frame) => indexed(ownerOf(frame), indexOf(frame), site)
}

function call(name: string, args: readonly ASTNode[], node: ASTNode, scope: Scope): Compiled {
  if (name === 'has') return has(args, node, scope)
  if (MACROS.has(name)) throw new RuleError(`${name}() stands behind a list: ${EXAMPLES[name]}.`, node.start)
  const known = FUNCTIONS.get(name)
  const offset = node.op === 'rcall' ? nameOffset(node) : node.start
  if (known === undefined) throw unknown('function', name, ['has', ...MACROS.keys(), ...FUNCTIONS.keys()], offset)
  const [fewest, most] = known.arity
  if (args.length < fewest || args.length > most) {
    const counted = node.op === 'rcall' ? ', the one before the dot included' : ''
    throw new RuleError(
      `${name}() takes ${fewest === most ? fewest : `${fewest} to ${most}`} values${counted}.`,
      offset,
    )
  }
  return application(
    prepared(known.prepare, args[1]),
    args.map((arg) => compileNode(arg, scope)),
    siteOf(node),
  )
}

/** A method's name stands after its receiver. */
function nameOffset({ args: [name, receiver], input }: Node<'rcall'>): number {
  return input.indexOf(name, receiver.end)
}

function prepared(prepare: (stated: string | null) => Apply, second: ASTNode | undefined): Apply {
  const stated = second?.op === 'value' && typeof second.args === 'string' ? second.args : null
  try {
    return prepare(stated)
  } catch (error) {
    if (error instanceof PatternError) throw new RuleError(`the pattern: ${error.message}`, second?.start ?? null)
    throw error
  }
}

function application(apply: Apply, parts: readonly Compiled[], site: string): Compiled {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return (frame) => apply([first(frame)], frame, site)
  return (frame) =>
    apply(
      parts.map((part) => part(frame)),
      frame,
      site,
    )
}

/** Whether the last key is there, be its value null; what leads to it must be. */
function has([asked, ...more]: readonly ASTNode[], node: ASTNode, scope: Scope): Compiled {
  if (asked?.op !== '.' || more.length > 0) throw new RuleError('has() asks for a key: has(output.total).', node.start)
  const [owner, key] = asked.args
  const ownerOf = compileNode(owner, scope)
  const site = siteOf(node)
  return (frame) => hasKey(ownerOf(frame), key, site)
}

function method(node: Node<'rcall'>, scope: Scope): Compiled {
  const [name, receiver, args] = node.args
  const macro = MACROS.get(name)
  if (macro === undefined) return call(name, [receiver, ...args], node, scope)
  const [own, ...parts] = args
  if (own?.op !== 'id' || !macro.parts.includes(parts.length))
    throw new RuleError(`${name}() takes a name and what to do with it: ${EXAMPLES[name]}.`, nameOffset(node))
  const inner = within(scope, own.args)
  const loop = loopOf(name, parts, inner)
  const listOf = compileNode(receiver, scope)
  const site = siteOf(receiver)
  return (frame) => macro.run(itemsOf(listOf(frame), frame, site), loop, frame)
}

function loopOf(name: string, parts: readonly ASTNode[], inner: Scope): Loop {
  const [first, last] = [parts[0]!, parts.at(-1)!]
  return {
    slot: inner.nextSlot - 1,
    condition: name === 'map' && parts.length === 1 ? () => true : condition(first, inner),
    transform: name === 'map' ? compileNode(last, inner) : () => null,
  }
}

const EXAMPLES: Readonly<Record<string, string>> = {
  all: 'output.items.all(x, x.cost > 0)',
  exists: 'output.items.exists(x, x.cost > 0)',
  exists_one: 'output.items.exists_one(x, x.first)',
  filter: 'output.items.filter(x, x.cost > 0)',
  map: 'output.items.map(x, x.cost)',
}

/** A part that must be true or false. */
export function condition(node: ASTNode, scope: Scope): (frame: Frame) => boolean {
  const part = compileNode(node, scope)
  const site = siteOf(node)
  return (frame) => {
    const value = part(frame)
    if (typeof value === 'boolean') return value
    throw new Unevaluable(`${site}: needs true or false, not ${kindOf(value)}`)
  }
}

function list({ args }: Node<'list'>, scope: Scope): Compiled {
  const parts = args.map((part) => compileNode(part, scope))
  return (frame) => parts.map((part) => part(frame))
}

function map({ args }: Node<'map'>, scope: Scope): Compiled {
  const parts = args.map(([key, value]) => [compileNode(key, scope), compileNode(value, scope), siteOf(key)] as const)
  return (frame) => {
    // Without a prototype, `__proto__` is a key like any other.
    const made: Record<string, unknown> = Object.create(null)
    for (const [keyOf, entryOf, site] of parts) {
      const key = keyOf(frame)
      if (typeof key !== 'string') throw new Unevaluable(`${site}: a key is a text, not ${kindOf(key)}`)
      made[key] = entryOf(frame)
    }
    return made
  }
}

function ternary({ args: [asked, yes, no] }: Node<'?:'>, scope: Scope): Compiled {
  const holds = condition(asked, scope)
  const then = compileNode(yes, scope)
  const otherwise = compileNode(no, scope)
  return (frame) => (holds(frame) ? then(frame) : otherwise(frame))
}

/** Either side may decide, also where the other has no value (CEL: commutative). */
function logical({ args: [a, b] }: Node<'&&' | '||'>, scope: Scope, decisive: boolean): Compiled {
  const left = condition(a, scope)
  const right = condition(b, scope)
  return (frame) => {
    const first = attempt(left, frame)
    if (first === decisive) return decisive
    const second = right(frame)
    if (second !== decisive && first instanceof Unevaluable) throw first
    return second
  }
}

function negation({ args }: Node<'!_'>, scope: Scope): Compiled {
  const holds = condition(args, scope)
  return (frame) => !holds(frame)
}

function minus(node: Node<'-_'>, scope: Scope): Compiled {
  const part = compileNode(node.args, scope)
  const site = siteOf(node)
  return (frame) => -numberOf(part(frame), site)
}

type Binary = Comparison | keyof typeof OPERATORS

function binary(node: Node<Binary>, scope: Scope): Compiled {
  const left = compileNode(node.args[0], scope)
  const right = compileNode(node.args[1], scope)
  const site = siteOf(node)
  if (isComparison(node)) {
    const { op } = node
    return (frame) => compareValues(op, left(frame), right(frame), frame, site)
  }
  if (node.op === '/') refuseWholeDivision(node.args)
  const apply = OPERATORS[node.op]
  return (frame) => apply(left(frame), right(frame), frame, site)
}
