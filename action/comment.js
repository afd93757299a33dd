// Puts the report under a pull request, in the place of the one before. What a token may not do (a fork's may only read) is
// a warning: the report stands in the job summary all the same.
import { existsSync, readFileSync } from 'node:fs'

const { MODE, COMMENT_ID, TOKEN, REPORT, GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH } = process.env

const PER_PAGE = 100
const MOST_PAGES = 30

async function main() {
  if (MODE !== 'replace' && MODE !== 'append') return fail(`comment is '${MODE}', not replace, append or off`)
  if (!/^[\w.-]+$/.test(COMMENT_ID ?? '')) return fail('comment-id takes letters, digits, dots, hyphens')
  const pull = pullRequest()
  if (pull === null || REPORT === undefined || REPORT === '' || !existsSync(REPORT)) return
  const mark = `<!-- tuneaudit:${COMMENT_ID} -->`
  const body = `${mark}\n${readFileSync(REPORT, 'utf8')}`
  const earlier = MODE === 'replace' ? await find(pull, mark) : null
  if (earlier !== null && (await write('PATCH', `issues/comments/${earlier}`, body)).ok) return
  const { ok, status } = await write('POST', `issues/${pull}/comments`, body)
  if (!ok) warn(`the comment was refused (HTTP ${status}); does the job have "permissions: pull-requests: write"? `)
}

/** Number of the pull request that the job runs for; null where it runs for something else. */
function pullRequest() {
  if (GITHUB_EVENT_PATH === undefined || !existsSync(GITHUB_EVENT_PATH)) return null
  const number = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')).pull_request?.number
  return Number.isInteger(number) ? number : null
}

async function find(pull, mark) {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const response = await ask(`issues/${pull}/comments?per_page=${PER_PAGE}&page=${page}`)
    if (!response.ok) return null
    const comments = await response.json()
    const own = comments.find(({ body }) => typeof body === 'string' && body.startsWith(mark))
    if (own !== undefined) return own.id
    if (comments.length < PER_PAGE) return null
  }
  return null
}

function write(method, path, body) {
  return ask(path, { method, body: JSON.stringify({ body }) })
}

function ask(path, options = {}) {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'user-agent': 'tuneaudit',
  }
  return fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, { headers, ...options })
}

function warn(text) {
  console.log(`::warning title=tuneaudit::${text.trim()}`)
}

function fail(text) {
  console.error(`tuneaudit: ${text}`)
  process.exitCode = 3
}

try {
  await main()
} catch (error) {
  warn(`no comment was made: ${error instanceof Error ? error.message.replaceAll(/[\r\n%]/g, ' ') : 'unknown'}`)
}
