import { describe, expect, it } from 'vitest'
import { Line } from '../../../src/annotate/verifier/line.js'
import { requestLine } from '../../../src/annotate/verifier/request.js'
import { Tail } from '../../../src/annotate/verifier/tail.js'
import { requestOf } from './programs.js'

describe('Line', () => {
  it('puts a line together from chunks of any size', () => {
    const text = '{"feasible":true,"violations":["満潮"]}\n'
    for (let size = 1; size <= text.length; size++) {
      const line = new Line()
      const bytes = Buffer.from(text)
      const heard = []
      for (let at = 0; at < bytes.length; at += size) heard.push(line.add(bytes.subarray(at, at + size)))
      expect(heard.pop()).toEqual({ kind: 'line', bytes: Buffer.from(text.trimEnd()) })
      expect(heard.every((none) => none === null)).toBe(true)
    }
  })

  it('takes no more than a megabyte', () => {
    const line = new Line()
    const chunk = Buffer.alloc(1 << 19, 'x')
    expect([line.add(chunk), line.add(chunk)]).toEqual([null, null])
    expect(line.add(Buffer.from('\n'))).toMatchObject({ kind: 'stray', what: 'endless' })
  })
})

describe('requestLine', () => {
  it('is one line of ASCII that reads as the request', () => {
    const request = {
      ...requestOf('満潮\u2028\n\ud83c\udf0a \ud800'),
      reference: 'é',
      record: { ['__proto__']: '\u0085' },
    }
    const line = requestLine(request)
    expect(line).toMatch(/^[\u0020-\u007e]+\n$/)
    expect(JSON.parse(line)).toEqual(request)
  })
})

describe('Tail', () => {
  it('keeps the last bytes of what may be of any length', () => {
    const tail = new Tail(8)
    for (const chunk of ['low\n', 'spring tide\n', 'n', 'eap']) tail.add(Buffer.from(chunk))
    expect(tail.lastLine()).toBe('neap')
  })

  it.each([
    ['ValueError: too low\n', 'ValueError: too low'],
    ['tide.js:3\n  x(\n  ^\n\nError: low\n    at x (tide.js:3:1) {\n  code: 1\n}\n\nNode.js v20.1.0\n', 'Error: low'],
    ['\n  \r\n', ''],
    ['', ''],
  ])('finds what says most in %j', (text, line) => {
    const tail = new Tail(2048)
    tail.add(Buffer.from(text))
    expect(tail.lastLine()).toBe(line)
  })
})
