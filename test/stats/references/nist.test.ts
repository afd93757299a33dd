import { check } from './check.js'
import { nist } from './nist.js'

check(nist)
