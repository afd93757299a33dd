import type { Sample } from '../../domain/record.js'
import { compilePattern } from '../../text/pattern.js'
import { parseLenient, payloadOf } from '../../text/payload.js'
import type { From, Options } from './options.js'
import { judgeOutput, type Outcome } from './outcome.js'
import { compileFeasibility, isDeclared } from './policy.js'

/** How a feasible output can be made to violate what is declared. */
export interface Breaker {
  judge(sample: Sample): Outcome
  /** The output with other content of the same structure, in several ways; whether one is infeasible is to be asked. */
  broken(sample: Sample): readonly Sample[]
}

/** Null where nothing is declared. */
export function breakerOf(options: Options): Breaker | null {
  if (!isDeclared(options)) return null
  const feasibility = compileFeasibility(options)
  const place = placeOf(options.structure?.from ?? 'payload')
  return {
    judge: (sample) => judgeOutput(sample, feasibility),
    broken: (sample) => {
      const found = place(sample)
      if (found === null) return [inText(sample, true), inText(sample, false)]
      return WAYS.map((way) => found.with(way(found.value)))
    },
  }
}

interface Found {
  readonly value: unknown
  with(value: unknown): Sample
}

/** Where an output's content is, and how it is written back; null where there is none. */
function placeOf(from: From): (sample: Sample) => Found | null {
  if (typeof from === 'string') return inOutput((output) => payloadOf(output)?.text ?? null)
  if ('pointer' in from) return (sample) => inRecord(sample, from.pointer.split('/').slice(1).map(unescaped))
  const pattern = compilePattern(from.pattern)
  return inOutput((output) => {
    const match = pattern.find(output)
    return match?.groups[0] ?? match?.text ?? null
  })
}

function inOutput(find: (output: string) => string | null): (sample: Sample) => Found | null {
  return (sample) => {
    const text = find(sample.output)
    const value = text === null ? undefined : parseLenient(text)
    if (text === null || value === undefined) return null
    const at = sample.output.indexOf(text)
    const [before, after] = [sample.output.slice(0, at), sample.output.slice(at + text.length)]
    return { value, with: (other) => ({ ...sample, output: before + JSON.stringify(other) + after }) }
  }
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

function inRecord(sample: Sample, path: readonly string[]): Found | null {
  let value: unknown = sample.raw
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  if (value === undefined) return null
  return { value, with: (other) => ({ ...sample, raw: replaced(sample.raw, path, other) }) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function replaced(raw: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): typeof raw {
  if (key === undefined) return raw
  const inner = raw[key]
  const own = rest.length > 0 && isObject(inner) ? replaced(inner, rest, value) : value
  if (Array.isArray(raw)) return Object.assign([...raw], { [key]: own })
  return Object.fromEntries(Object.entries({ ...raw }).map(([name, old]) => [name, name === key ? own : old]))
}

type Way = (value: unknown) => unknown

/** Numbers moved far away, down and by a little; lists in reverse, shortened, with an entry twice. */
const WAYS: readonly Way[] = [
  numbers((x) => x * 1000 + 1000),
  numbers((x) => -x - 1),
  numbers((x) => x + 1),
  lists((items) => [...items].reverse()),
  lists((items) => items.slice(0, Math.max(1, items.length - 1))),
  lists((items) => items.slice(0, 1).concat(items)),
]

function numbers(change: (x: number) => number): Way {
  const way: Way = (value) => (typeof value === 'number' ? change(value) : inside(value, way))
  return way
}

function lists(change: (items: readonly unknown[]) => readonly unknown[]): Way {
  const way: Way = (value) => {
    const within = inside(value, way)
    return Array.isArray(within) ? change(within) : within
  }
  return way
}

/** Keys such as `__proto__` stay plain data. */
function inside(value: unknown, way: Way): unknown {
  if (Array.isArray(value)) return value.map(way)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, way(own)])) : value
}

/** Of a plain text: its lines in reverse, or its numbers moved. */
function inText(sample: Sample, reverse: boolean): Sample {
  const { output } = sample
  const changed = reverse ? output.split('\n').reverse().join('\n') : output.replace(/\d+/g, (digits) => `${digits}7`)
  return { ...sample, output: changed }
}
