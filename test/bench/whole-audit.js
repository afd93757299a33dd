// One audit as the command does it, in this process. Prints seconds and peak memory as JSON.
import { Writable } from 'node:stream'
import { main } from '../../dist/cli/main.js'

const [baseline, tuned] = process.argv.slice(2)
const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() })
const io = {
  stdin: process.stdin,
  stdout: sink(),
  stderr: process.stderr,
  env: {},
  cwd: () => process.cwd(),
  on() {},
  off() {},
}

const began = process.hrtime.bigint()
const exitCode = await main(['node', 'tuneaudit', 'audit', '--baseline', baseline, '--tuned', tuned, '--quiet'], io)
const seconds = Number(process.hrtime.bigint() - began) / 1e9
process.stdout.write(JSON.stringify({ seconds, exitCode, megabytes: process.resourceUsage().maxRSS / 1024 }))
