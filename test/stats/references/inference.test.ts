import { check } from './check.js'
import { correctionsAndErrors, power } from './inference.js'

check(correctionsAndErrors)
check(power)
