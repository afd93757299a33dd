import type { Json } from '../../domain/json.js'

/** Readers of what pictures need: exhibits are data of detectors, which may be anyone's. */
export function entry(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined
}

export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function numberAt(value: Json | undefined, key: string): number | null {
  const found = entry(value, key)
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}

export function numbers(value: Json | undefined): number[] | null {
  const all = items(value)
  return all.length > 0 && all.every((one) => typeof one === 'number') ? (all as number[]) : null
}

export function textAt(value: Json | undefined, key: string): string | null {
  const found = entry(value, key)
  return typeof found === 'string' ? found : null
}
