import type { Json } from '../../domain/json.js'
import { printable } from '../../domain/printable.js'
import { WIDTH } from '../wrap.js'

const PLAIN = /^[A-Za-z_][\w-]*$/
const NOT_PLAIN = /^(?:true|false|null)$/i

/** A key or a text as YAML 1.2 reads it: JSON strings are YAML too. */
export function yamlText(text: string): string {
  return PLAIN.test(text) && !NOT_PLAIN.test(text) ? text : printable(JSON.stringify(text))
}

/** `key: value` in block style, below an indentation. */
export function yamlEntry(key: string, value: Json, indent: string): string[] {
  const name = `${indent}${yamlText(key)}:`
  const inline = inlineYaml(value)
  if (inline !== null && name.length + inline.length < WIDTH) return [`${name} ${inline}`]
  if (Array.isArray(value)) return [name, ...value.map((item) => `${indent}  - ${flow(item)}`)]
  if (typeof value !== 'object' || value === null) return [`${name} ${flow(value)}`]
  return [name, ...Object.entries(value).flatMap(([inner, data]) => yamlEntry(inner, data, `${indent}  `))]
}

/** On one line, where nothing in it is nested in an object. */
function inlineYaml(value: Json): string | null {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return flow(value)
  const entries = Object.entries(value)
  const flat = entries.every(([, inner]) => typeof inner !== 'object' || inner === null)
  if (!flat || entries.length > 1) return entries.length === 0 ? '{}' : null
  return `{ ${entries.map(([key, inner]) => `${yamlText(key)}: ${flow(inner)}`).join(', ')} }`
}

function flow(value: Json): string {
  return typeof value === 'string' ? yamlText(value) : printable(JSON.stringify(value))
}
