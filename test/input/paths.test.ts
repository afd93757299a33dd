import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expandPaths } from '../../src/input/paths.js'
import { useFolder, writeFiles } from './folder.js'
import { problemOf } from './weather.js'

const folder = useFolder()
const expand = (...paths: string[]) => expandPaths(paths, folder.path)

function write(...names: string[]) {
  writeFiles(folder.path, Object.fromEntries(names.map((name) => [name, '{}\n'])))
}

describe('expandPaths', () => {
  it('takes files and standard input as they are named, whatever their ending', () => {
    write('rain.txt', 'logs/sun.jsonl')
    expect(expand('logs/sun.jsonl', '-', './rain.txt')).toEqual({
      files: ['logs/sun.jsonl', '-', './rain.txt'],
      ignored: [],
      searched: new Set(),
    })
  })

  it('searches directories through, sorted by code unit, and tells which files are no logs', () => {
    write('logs/b.jsonl', 'logs/B.jsonl', 'logs/a/z.ndjson', 'logs/a/é.jsonl.gz', 'logs/notes.md', 'logs/a/x.json')
    const files = ['logs/B.jsonl', 'logs/a/x.json', 'logs/a/z.ndjson', 'logs/a/é.jsonl.gz', 'logs/b.jsonl']
    expect(expand('logs')).toEqual({ files, ignored: ['logs/notes.md'], searched: new Set(files) })
  })

  it('takes compressed files and tables for logs', () => {
    write('logs/a.csv', 'logs/b.TSV', 'logs/c.csv.gz', 'logs/d.jsonl.zst', 'logs/e.csv.zip', 'logs/f.zst')
    expect(expand('logs').files).toEqual(['logs/a.csv', 'logs/b.TSV', 'logs/c.csv.gz', 'logs/d.jsonl.zst'])
  })

  it.each(['logs', 'logs/', './logs', 'archive/../logs'])('names the files below %s', (path) => {
    write('logs/day/rain.jsonl', 'archive/old.jsonl')
    expect(expand(path).files).toEqual(['logs/day/rain.jsonl'])
  })

  it('takes an absolute directory', () => {
    write('logs/day/rain.jsonl')
    expect(expand(join(folder.path, 'logs')).files).toEqual([join(folder.path, 'logs/day/rain.jsonl')])
  })

  it('expands globs, sorted, files only, hidden ones left out', () => {
    write('logs/rain-2.jsonl', 'logs/rain-10.jsonl', 'logs/.rain-0.jsonl', 'logs/rain-x/sun.jsonl')
    expect(expand('logs/rain-*').files).toEqual(['logs/rain-10.jsonl', 'logs/rain-2.jsonl'])
    expect(expand('logs/**/*.jsonl').files).toEqual([
      'logs/rain-10.jsonl',
      'logs/rain-2.jsonl',
      'logs/rain-x/sun.jsonl',
    ])
    expect(expand('logs/{rain-2,rain-3}.jsonl').files).toEqual(['logs/rain-2.jsonl'])
  })

  it('keeps the order of arguments', () => {
    write('b.jsonl', 'a.jsonl')
    expect(expand('b.jsonl', 'a*.jsonl').files).toEqual(['b.jsonl', 'a.jsonl'])
  })

  it('refuses a file that two arguments name', () => {
    write('b.jsonl', 'a.jsonl')
    expect(() => expand('b.jsonl', '*.jsonl')).toThrow('b.jsonl is given twice in one arm')
  })

  it('takes a file whose name has the signs of a glob', () => {
    write('rain [v2]*.jsonl')
    expect(expand('rain [v2]*.jsonl').files).toEqual(['rain [v2]*.jsonl'])
  })

  it('follows a link to a directory that is named itself', () => {
    write('logs/rain.jsonl')
    symlinkSync('logs', join(folder.path, 'latest'))
    expect(expand('latest').files).toEqual(['latest/rain.jsonl'])
  })

  it.each([
    ['a missing file', 'gone.jsonl'],
    ['a missing file in a missing folder', 'gone/rain.jsonl'],
    ['a file taken for a folder', 'rain.jsonl/x'],
    ['a name that no file can have', 'r'.repeat(300)],
    ['nothing', 'gone\u0000.jsonl'],
  ])('refuses %s', (_, path) => {
    write('rain.jsonl')
    expect(problemOf(() => expand(path))).toEqual({ code: 'path-missing', path })
  })

  it.each([
    ['glob', '*.jsonl'],
    ['glob', 'logs/**/*.jsonl'],
    ['directory', 'logs'],
    ['directory', 'empty'],
  ])('refuses a %s without files: %s', (kind, path) => {
    write('logs/notes.md')
    mkdirSync(join(folder.path, 'empty'))
    expect(problemOf(() => expand(path))).toEqual({ code: 'no-files', path, kind })
  })
})
