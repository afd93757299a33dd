#!/usr/bin/env node
import { boundHeap } from '../dist/cli/heap.js'
import { main } from '../dist/cli/main.js'

boundHeap()
process.exitCode = await main(process.argv, process)
