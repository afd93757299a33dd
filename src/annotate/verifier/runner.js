// The process of a verifier module: one JSON line in on stdin, one out on descriptor 3. What the module prints goes where
// it always goes. Plain JavaScript, because Node 20 runs no TypeScript and the tests run it from src.
import { existsSync, writeSync } from 'node:fs'
import { argv, exit, stdin } from 'node:process'
import { fileURLToPath } from 'node:url'

const ANSWERS = 3
const loading = load(argv[2])
let line = ''

// Events, not a loop: a loop would not see the end of stdin, which is our parent's, while verify has not answered.
stdin.setEncoding('utf8').on('data', read).on('end', exit)

/** One request is under way at a time and JSON has no line ends inside, so a line end can only be at the end. */
function read(chunk) {
  line += chunk
  if (!chunk.endsWith('\n')) return
  const request = JSON.parse(line)
  line = ''
  respond(request)
}

async function respond(request) {
  const { verify, notLoaded } = await loading
  const answer = verify === undefined ? JSON.stringify({ notLoaded }) : await answerOf(verify, request)
  writeSync(ANSWERS, `${answer}\n`)
}

async function answerOf(verify, { task, id, prompt, reference, output, value, record }) {
  try {
    return written(await verify({ task, id, prompt, reference }, { output, value, record }))
  } catch (error) {
    return JSON.stringify({ error: said(error) })
  }
}

/** JSON has no NaN and no Infinity; null, which it would write for them, would pass for an objective that is not given. */
function written(answer) {
  return JSON.stringify(answer, (_, value) => (isNotFinite(value) ? `${value}` : value)) ?? typeof answer
}

function isNotFinite(value) {
  return typeof value === 'number' && !Number.isFinite(value)
}

async function load(url) {
  if (!existsSync(fileURLToPath(url))) return { notLoaded: 'there is no such file' }
  try {
    const module = await import(url)
    if (typeof module.verify === 'function') return { verify: module.verify }
    return { notLoaded: `it exports no function verify, but: ${Object.keys(module).join(', ') || 'nothing'}` }
  } catch (error) {
    return { notLoaded: `${said(error)}. To see where, run it with node` }
  }
}

/** The error, and where in the user's code it was thrown: nobody sees the stack. */
function said(error) {
  try {
    const place = /^ +at (?!.*\bnode:).*?([^/\\(]+:\d+):\d+\)?$/m.exec(error?.stack)?.[1]
    return place === undefined ? `${error}` : `${error} (${place})`
  } catch {
    return 'something that has no text'
  }
}
