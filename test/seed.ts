import fc from 'fast-check'

// The same cases in every run: whoever looks for more gives another seed, TUNEAUDIT_SEED=7 npm test.
fc.configureGlobal({ seed: Number(process.env.TUNEAUDIT_SEED ?? 20_260_101) })
