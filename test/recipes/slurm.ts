import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** What the cluster is made of; Debian: slurm-wlm and munge. */
export function lacking(): string[] {
  const names = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol']
  const missing = names.filter((name) => spawnSync('which', [name], { env: PATH }).status !== 0)
  return process.getuid?.() === 0 ? missing : [...missing, 'root']
}

const PATH = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }
const NODES = ['n1', 'n2', 'n3']

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A Slurm cluster of one controller and three nodes on this machine, with a key and sockets of its own. */
export class Cluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'slurm-'))
  private readonly daemons: ChildProcess[] = []
  private readonly port = 20_000 + (process.pid % 20_000)

  async start(): Promise<void> {
    const path = (name: string) => join(this.folder, name)
    writeFileSync(path('key'), randomBytes(128), { mode: 0o400 })
    for (const name of ['state', ...NODES]) mkdirSync(path(name))
    writeFileSync(path('slurm.conf'), this.config())
    this.daemon('munged', [
      ...['--foreground', '--force', `--key-file=${path('key')}`, `--socket=${path('munge')}`],
      ...[`--pid-file=${path('munge.pid')}`, `--log-file=${path('munge.log')}`, `--seed-file=${path('munge.seed')}`],
    ])
    await setTimeout(500)
    this.daemon('slurmctld', ['-D', '-c', '-f', path('slurm.conf')])
    for (const node of NODES) this.daemon('slurmd', ['-D', '-N', node, '-f', path('slurm.conf')])
    await this.until('three idle nodes', () => this.run('sinfo', ['-h', '-o', '%t %D']).stdout.trim() === 'idle 3')
  }

  async stop(): Promise<void> {
    for (const daemon of this.daemons.toReversed()) daemon.kill('SIGTERM')
    await Promise.all(this.daemons.map((daemon) => daemon.exitCode ?? new Promise((done) => daemon.once('exit', done))))
    rmSync(this.folder, { recursive: true, force: true })
  }

  get env(): NodeJS.ProcessEnv {
    return { ...PATH, SLURM_CONF: join(this.folder, 'slurm.conf') }
  }

  run(command: string, args: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(command, args, { env: this.env, encoding: 'utf8' })
    return { code: status, stdout, stderr }
  }

  async until(what: string, holds: () => boolean, seconds = 120): Promise<void> {
    for (let tries = 0; tries < seconds * 4; tries++) {
      if (holds()) return
      await setTimeout(250)
    }
    throw new Error(`There was no ${what} after ${seconds} s.\n${this.run('sinfo', ['-R']).stdout}`)
  }

  private daemon(command: string, args: readonly string[]): void {
    this.daemons.push(spawn(command, args, { env: this.env, stdio: 'ignore' }))
  }

  private config(): string {
    const path = (name: string) => join(this.folder, name)
    const nodes = NODES.map(
      (name, i) => `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${this.port + 1 + i} CPUs=1`,
    )
    return `${[
      'ClusterName=test',
      `SlurmctldHost=${hostname()}(127.0.0.1)`,
      `SlurmctldPort=${this.port}`,
      'SlurmUser=root',
      'SlurmdUser=root',
      'AuthType=auth/munge',
      // A requeued job waits until the credential of its first run has expired.
      `AuthInfo=socket=${path('munge')},cred_expire=3`,
      'CredType=cred/munge',
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      'MpiDefault=none',
      'SlurmdParameters=config_overrides',
      'ReturnToService=2',
      'KillWait=2',
      'MinJobAge=600',
      'SchedulerParameters=sched_interval=1,bf_interval=1',
      `StateSaveLocation=${path('state')}`,
      `SlurmdSpoolDir=${path('%n')}`,
      `SlurmctldPidFile=${path('slurmctld.pid')}`,
      `SlurmdPidFile=${path('%n.pid')}`,
      `SlurmctldLogFile=${path('slurmctld.log')}`,
      `SlurmdLogFile=${path('%n.log')}`,
      ...nodes,
      `PartitionName=all Nodes=${NODES.join(',')} Default=YES MaxTime=INFINITE State=UP`,
    ].join('\n')}\n`
  }
}
