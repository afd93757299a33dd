// The thread outlives its mutants: none may be left switched on while the next test file is read.
const stryker: { activeMutant?: string; hitCount?: number } | undefined = Reflect.get(globalThis, '__stryker__')
if (stryker !== undefined) {
  delete stryker.activeMutant
  stryker.hitCount = 0
}

export {}
