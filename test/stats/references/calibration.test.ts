import { calibration } from './calibration.js'
import { check } from './check.js'

check(calibration)
