import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../src/text/prompt/messages.js'

const system = { role: 'system', content: 'Answer in {"port": …}.' }
const user = (content: unknown) => ({ role: 'user', content })

describe('askedOf', () => {
  it('takes a text as it is', () => {
    expect(askedOf('Which port?')).toEqual({
      whole: 'Which port?',
      asked: 'Which port?',
      isText: true,
      isConversation: false,
    })
  })

  it('leaves out what instructs, and keeps it in the whole', () => {
    const asked = askedOf([system, user('Which port?')])
    expect(asked).toMatchObject({ asked: 'Which port?', isText: false, isConversation: false })
    expect(asked!.whole).toContain('Answer in')
    expect(askedOf([system])!.asked).toContain('Answer in')
  })

  it('knows a conversation by its turns', () => {
    const turns = [user('Which port?'), { role: 'assistant', content: 'Cork' }, user('Why?')]
    expect(askedOf(turns)).toMatchObject({ asked: 'Which port?\nCork\nWhy?', isConversation: true })
  })

  it('reads the text of parts', () => {
    expect(askedOf([user([{ type: 'text', text: 'Which port?' }])])!.asked).toBe('Which port?')
    expect(askedOf([user(['Which', 'port?'])])!.asked).toBe('Which\nport?')
  })

  it.each([undefined, null])('has nothing of %s', (prompt) => {
    expect(askedOf(prompt)).toBeNull()
  })

  it.each([[[1, null, [], {}]], [{ port: 'Cork' }], [[user(null)]], [[]]])('takes %j without complaint', (prompt) => {
    expect(typeof askedOf(prompt)!.asked).toBe('string')
  })
})
