// One audit as the command does it, in a process of its own: the last argument is the number of threads. Prints seconds,
// processor seconds and peak memory as JSON.
import { Writable } from 'node:stream'
import { boundHeap } from '../../dist/cli/heap.js'
import { main } from '../../dist/cli/main.js'

const [baseline, tuned, threads] = process.argv.slice(2)
const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() })
const io = {
  stdin: process.stdin,
  stdout: sink(),
  stderr: sink(),
  env: {},
  cwd: () => process.cwd(),
  on() {},
  off() {},
}

boundHeap()
const began = process.hrtime.bigint()
const args = ['audit', '--baseline', baseline, '--tuned', tuned, '--threads', threads, '--quiet']
const exitCode = await main(['node', 'tuneaudit', ...args], io)
const seconds = Number(process.hrtime.bigint() - began) / 1e9
const { user, system } = process.cpuUsage()
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ seconds, processor: (user + system) / 1e6, exitCode, megabytes }))
