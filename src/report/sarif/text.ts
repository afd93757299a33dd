import { printable } from '../../domain/printable.js'

/** A message without embedded links (SARIF 2.1.0, 3.11.6): brackets of a name are brackets. */
export function plainMessage(text: string): string {
  return printable(text).replace(/[[\]\\]/g, (character) => `\\${character}`)
}
