// The floor that the audit is held against: synchronous 1 MB reads, split at newlines with indexOf, JSON.parse of each
// line, nothing else. Prints seconds and peak memory as JSON.
import { closeSync, openSync, readSync } from 'node:fs'

function readAll(path) {
  const fd = openSync(path, 'r')
  const chunk = Buffer.alloc(1 << 20)
  let rest = Buffer.alloc(0)
  let records = 0
  for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
    const bytes = rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)])
    let from = 0
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
      JSON.parse(bytes.toString('utf8', from, at))
      records++
      from = at + 1
    }
    rest = Buffer.from(bytes.subarray(from))
  }
  closeSync(fd)
  return records
}

const began = process.hrtime.bigint()
const records = process.argv.slice(2).reduce((total, path) => total + readAll(path), 0)
const seconds = Number(process.hrtime.bigint() - began) / 1e9
const { user, system } = process.cpuUsage()
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ seconds, processor: (user + system) / 1e6, records, megabytes }))
