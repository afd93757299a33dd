import { check } from './check.js'
import { classes, variety } from './variety.js'

check(classes)
check(variety)
