import { check } from './check.js'
import { shares } from './proportions.js'

check(shares)
