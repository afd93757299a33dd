import type { Prompt } from '../../domain/slice.js'

export interface Asked extends Prompt {
  /** Whether the model had answered before, or was asked more than once. */
  readonly isConversation: boolean
}

/** A prompt's text: as it stands, or of its messages. Null where there is none. */
export function askedOf(prompt: unknown): Asked | null {
  if (prompt === undefined || prompt === null) return null
  if (typeof prompt === 'string') return { whole: prompt, asked: prompt, isText: true, isConversation: false }
  const messages = Array.isArray(prompt) ? prompt.map(messageOf) : [messageOf(prompt)]
  const others = messages.filter(({ role }) => !INSTRUCTING.has(role))
  return {
    whole: messages.map(({ role, text }) => `${role}: ${text}`).join('\n'),
    asked: (others.length === 0 ? messages : others).map(({ text }) => text).join('\n'),
    isText: false,
    isConversation: others.length > 1,
  }
}

const INSTRUCTING: ReadonlySet<string> = new Set(['system', 'developer'])

interface Message {
  readonly role: string
  readonly text: string
}

function messageOf(value: unknown): Message {
  if (typeof value !== 'object' || value === null || !('content' in value)) return { role: '', text: textOf(value) }
  return { role: 'role' in value ? String(value.role) : '', text: textOf(value.content) }
}

/** Content is a text, or a list of parts of which some have text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(partOf).join('\n')
  return JSON.stringify(content) ?? ''
}

function partOf(part: unknown): string {
  const hasText = typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
  return hasText ? String(part.text) : textOf(typeof part === 'object' ? JSON.stringify(part) : String(part))
}
