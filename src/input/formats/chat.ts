import { type LogFormat, recordOf } from './log-format.js'
import { messageText, splitChat } from './messages.js'
import { asList, asObject } from './values.js'

/** Conversations as chat models are tuned on them: `{messages: [{role, content}]}`; the last answer is the output. */
export const chat: LogFormat = {
  id: 'chat',
  tool: 'chat messages',
  reads: '`{messages: […]}`; the last answer is the output',
  seen: true,
  layout: 'lines',
  detects: ({ first }) => {
    const row = asObject(first)
    const roles = asList(row?.messages)?.map((message) => asObject(message)?.role) ?? []
    return row !== null && roles.includes('assistant') && !('output' in row || 'uid' in row || 'response' in row)
  },
  records: (row, { task }) => {
    const { prompt, answer } = splitChat(asList(row.messages) ?? [])
    const { messages: _, ...fields } = row
    const system = row.system === undefined ? prompt : [{ role: 'system', content: row.system }, ...prompt]
    return [recordOf({ ...fields, task: row.task ?? task ?? 'default', prompt: system, output: messageText(answer) })]
  },
}
