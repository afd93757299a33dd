import { check } from './check.js'
import { distributions } from './distributions.js'

check(distributions)
