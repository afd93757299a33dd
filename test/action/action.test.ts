import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ended } from '../cli/run.js'

// The action's steps, run in a shell with the files and variables that a runner gives them.
const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-action-'))

interface Step {
  readonly id: string
  readonly if?: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))

interface Comment {
  readonly id: number
  body: string
}

/** GitHub's comments of pull request 7, as far as the action uses them; `refuses` answers what a fork's token gets. */
class Host {
  readonly comments: Comment[] = []
  refuses = false
  private readonly server: Server
  private address = ''

  constructor() {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const { status, answer } = this.answer(request.method ?? '', request.url ?? '', Buffer.concat(parts).toString())
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    const address = this.server.address()
    this.address = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
    return this.address
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  private answer(method: string, url: string, text: string): { status: number; answer: unknown } {
    if (method === 'GET') return { status: 200, answer: this.page(new URL(url, 'http://host')) }
    if (this.refuses) return { status: 403, answer: { message: 'Resource not accessible by integration' } }
    const { body }: { body: string } = JSON.parse(text)
    if (body.length > 65_536) return { status: 422, answer: { message: 'body is too long' } }
    const known = this.comments.find(({ id }) => url === `/repos/kites/shop/issues/comments/${id}`)
    if (method === 'PATCH' && known !== undefined) {
      known.body = body
      return { status: 200, answer: known }
    }
    if (method !== 'POST' || url !== '/repos/kites/shop/issues/7/comments') return { status: 404, answer: {} }
    this.comments.push({ id: this.comments.length + 1, body })
    return { status: 201, answer: {} }
  }

  private page(url: URL): readonly Comment[] {
    const size = Number(url.searchParams.get('per_page'))
    const page = Number(url.searchParams.get('page'))
    return this.comments.slice((page - 1) * size, page * size)
  }
}

const host = new Host()
const api = await host.start()
let runs = 0

afterAll(() => {
  host.stop()
  rmSync(folder, { recursive: true })
})

interface Ran {
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
  /** Of the last step that failed; 0 where none did. */
  readonly code: number
}

/** Runs the steps one after another, as `if` says, with `${{ … }}` filled in. */
async function run(
  inputs: Readonly<Record<string, string>>,
  event: object = { pull_request: { number: 7 } },
): Promise<Ran> {
  const own = join(folder, String(runs++))
  mkdirSync(own)
  writeFileSync(join(own, 'event.json'), JSON.stringify(event))
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, inputs[name] ?? input.default ?? '']),
  )
  const all = {
    ...given,
    'report-dir': join(own, 'report'),
    'github-token': 'a-token',
    command: `node ${join(root, 'bin/tuneaudit.js')}`,
  }
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(all)) values[`inputs.${name}`] = value
  const filled = (text: string) => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '')
  let log = ''
  let code = 0
  for (const step of action.runs.steps) {
    if (step.if?.includes("inputs.comment != 'off'") && all['comment' as keyof typeof all] === 'off') continue
    if (code !== 0 && step.if?.includes('always()') !== true) continue
    const output = join(own, `${step.id}.output`)
    writeFileSync(output, '')
    const env = {
      ...process.env,
      ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, filled(value)])),
      GITHUB_ACTION_PATH: root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(own, 'summary.md'),
      GITHUB_EVENT_PATH: join(own, 'event.json'),
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: 'kites/shop',
    }
    const end = await ended(
      spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], { cwd: root, env, stdio: 'pipe' }),
    )
    log += end.stdout + end.stderr
    if (end.code !== 0) code = end.code ?? 1
    for (const line of readFileSync(output, 'utf8')
      .split('\n')
      .filter((one) => one !== '')) {
      const at = line.indexOf('=')
      values[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1)
    }
  }
  const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]))
  const summary = join(own, 'summary.md')
  return { outputs, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '', log, code }
}

const DRIFTED = {
  baseline: 'fixtures/detectors/cross-task-regression/drifted/baseline.jsonl',
  tuned: 'fixtures/detectors/cross-task-regression/drifted/tuned.jsonl',
}
const TINY = {
  baseline: 'fixtures/detectors/cross-task-regression/tiny/baseline.jsonl',
  tuned: 'fixtures/detectors/cross-task-regression/tiny/tuned.jsonl',
}

describe('the action', { timeout: 240_000 }, () => {
  it('publishes everything of a run that fails, then fails', async () => {
    const { outputs, summary, log, code } = await run(DRIFTED)
    expect(code).toBe(1)
    expect(outputs).toMatchObject({ verdict: 'fail', 'exit-code': '1', passed: 'false' })
    for (const name of ['report-json', 'report-html', 'report-md', 'junit', 'sarif']) {
      expect(existsSync(outputs[name]!), name).toBe(true)
    }
    const { findings } = JSON.parse(readFileSync(outputs['report-json']!, 'utf8'))
    const counts: Record<string, number> = JSON.parse(outputs.counts!)
    expect(Object.values(counts).reduce((total, n) => total + n, 0)).toBe(findings.length)
    expect(summary).toBe(readFileSync(outputs['report-md']!, 'utf8'))
    expect(log).toMatch(/^::error title=tuneaudit%3A fail::/m)
    expect(host.comments.map(({ body }) => body.split('\n')[0])).toEqual(['<!-- tuneaudit:default -->'])
    expect(host.comments[0]!.body).toContain('[!CAUTION]')
  })

  it('puts the next report in the place of the last, and one of another id beside it', async () => {
    await run({ ...TINY, 'fail-on': 'never' })
    expect(host.comments).toHaveLength(1)
    expect(host.comments[0]!.body).toContain('[!WARNING]')
    await run({ ...TINY, 'comment-id': 'nightly' })
    expect(host.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- tuneaudit:default -->',
      '<!-- tuneaudit:nightly -->',
    ])
  })

  it('degrades to the summary where the token may not write, and says so', async () => {
    host.refuses = true
    const { log, summary, code } = await run({ ...TINY, 'fail-on': 'fail' })
    host.refuses = false
    expect(code).toBe(0)
    expect(log).toMatch(/^::warning title=tuneaudit::the comment was refused \(HTTP 403\)/m)
    expect(summary).toContain('[!WARNING]')
  })

  it('makes no comment where none is wanted or no pull request is there', async () => {
    const before = host.comments.length
    await run({ ...TINY, comment: 'off' })
    await run(TINY, { ref: 'refs/heads/main' })
    expect(host.comments).toHaveLength(before)
  })

  it('fails on an inconclusive run unless told otherwise, and on wrong usage always', async () => {
    expect((await run({ ...TINY, comment: 'off' })).code).toBe(2)
    const wrong = await run({ ...TINY, comment: 'off', 'fail-on': 'never', args: '--margin\nmood=.02' })
    expect(wrong.code).toBe(3)
    expect(wrong.outputs).toMatchObject({ verdict: 'error', passed: 'false', 'report-json': '' })
    expect(wrong.summary).toMatch(/exited 3 without a report[\s\S]*mood/)
    expect((await run({ ...TINY, comment: 'off', 'fail-on': 'sometimes' })).code).toBe(3)
  })

  it('takes arguments as they stand: nothing in them is run by the shell', async () => {
    const { code } = await run({ ...TINY, comment: 'off', args: `--tasks\n$(touch ${join(folder, 'owned')});*` })
    expect(code).toBeGreaterThan(2)
    expect(existsSync(join(folder, 'owned'))).toBe(false)
  })
})
