import { Worker } from 'node:worker_threads'
import type { Result } from './cell.js'
import type { Job } from './worker.js'

/**
 * Simulates every job on so many threads, and hands over results as they come. A cell's numbers are its own, so that
 * neither order nor threads change them.
 */
export async function simulateAll(jobs: readonly Job[], threads: number, onResult: (result: Result) => void) {
  const waiting = [...jobs].reverse()
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, work))

  function work(): Promise<void> {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    })
    return new Promise<void>((resolve, reject) => {
      const next = () => {
        const job = waiting.pop()
        if (job === undefined) worker.terminate().then(() => resolve(), reject)
        else worker.postMessage(job)
      }
      worker.on('error', reject)
      worker.on('message', (result: Result) => {
        onResult(result)
        next()
      })
      next()
    })
  }
}
