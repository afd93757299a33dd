#!/usr/bin/env bash
# The step’s own exit code: the verdicts that `fail-on` names, and always what kept the audit from one.
set -u
code=${EXIT_CODE:-}
if [ -z "$code" ]; then
  echo 'tuneaudit: the audit did not run' >&2
  exit 1
fi
case "$FAIL_ON:$code" in
  inconclusive:* | fail:[013-9]* | never:[03-9]*) exit "$code" ;;
  fail:2 | never:[12]) echo "tuneaudit: exit $code does not fail this step (fail-on: $FAIL_ON)" ;;
  *)
    echo "tuneaudit: fail-on is '$FAIL_ON', not inconclusive, fail or never" >&2
    exit 3
    ;;
esac
