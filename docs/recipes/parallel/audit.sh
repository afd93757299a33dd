#!/usr/bin/env bash
# An audit by GNU parallel: here on this machine, with --sshlogin on several that see the same folder.
#   BASELINE=before.jsonl TUNED=after.jsonl SHARDS=8 docs/recipes/parallel/audit.sh [flags of tuneaudit audit]
set -euo pipefail
: "${BASELINE:?}" "${TUNED:?}" "${SHARDS:=8}"
TUNEAUDIT="${TUNEAUDIT:-npx tuneaudit}" TALLIES="${TALLIES:-tallies}" REPORT="${REPORT:-report.json}"
mkdir -p "$TALLIES"
rm -f "$TALLIES"/part-*
# A shard that dies is run again, twice at most.
seq "$SHARDS" | parallel --retries 3 --halt soon,fail=1 --quote \
  $TUNEAUDIT audit --baseline "$BASELINE" --tuned "$TUNED" "$@" \
  --shard "{}/$SHARDS" --tallies "$TALLIES/part-{}.json.gz" --quiet
exec $TUNEAUDIT merge "$TALLIES"/part-*.json.gz --report "json=$REPORT"
