import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { progressLine, withProgress } from '../../src/commands/progress.js'
import { Meter } from '../../src/input/meter.js'

describe('progressLine', () => {
  it.each([
    [25e6, 100e6, 5, 'reading 25 %, 5 MB/s, about 15 s left'],
    [100e6, 100e6, 10, 'judging, 10 MB/s read'],
    [0, 10, 2, 'reading 0 %, 0 MB/s, about 20 s left'],
    [0, 0, 1, 'judging, 0 MB/s read'],
  ])('of %d bytes of %d after %d s', (bytes, total, seconds, line) => {
    expect(progressLine({ bytes, total }, seconds)).toBe(line)
  })
})

const lineOf = (seconds: number) => progressLine(new Meter(), seconds)

describe('withProgress', () => {
  const run = async (progress: boolean, milliseconds: number) => {
    const written: string[] = []
    const work = async () => {
      await setTimeout(milliseconds)
      return 'done'
    }
    const result = await withProgress(lineOf, { progress, err: (text) => written.push(text) }, work)
    return { result, written }
  }

  it('writes a line over itself at a terminal, and leaves nothing', async () => {
    const { result, written } = await run(true, 1_500)
    expect(result).toBe('done')
    expect(written.length).toBeGreaterThan(1)
    expect(written.at(-1)).toBe('\r\u001b[K')
  })

  it.each([
    [false, 1_300],
    [true, 50],
  ])('is silent where there is no terminal or little work (%s, %d ms)', async (progress, milliseconds) => {
    expect((await run(progress, milliseconds)).written).toEqual([])
  })

  it('takes its line away when the work fails', async () => {
    const written: string[] = []
    const work = async () => {
      await setTimeout(1_300)
      throw new Error('gone')
    }
    const context = { progress: true, err: (text: string) => void written.push(text) }
    await expect(withProgress(lineOf, context, work)).rejects.toThrow('gone')
    expect(written.at(-1)).toBe('\r\u001b[K')
  })
})

describe('Meter', () => {
  it('expects every file again where a run begins anew', () => {
    const meter = new Meter()
    meter.expect(30)
    meter.expect(20)
    meter.read(10)
    meter.again(2)
    expect(meter).toMatchObject({ bytes: 10, total: 110 })
  })
})
