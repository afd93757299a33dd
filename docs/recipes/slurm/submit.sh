#!/usr/bin/env bash
# An audit as a Slurm job array and a merge that waits for it. Exit code: the verdict's, so that it is a gate.
#   BASELINE=before.jsonl TUNED=after.jsonl SHARDS=16 docs/recipes/slurm/submit.sh [flags of tuneaudit audit]
# All in a folder that every node sees. A task that dies may be requeued: it writes its file whole or not at all.
set -euo pipefail
: "${BASELINE:?}" "${TUNED:?}" "${SHARDS:=8}"
export BASELINE TUNED TUNEAUDIT="${TUNEAUDIT:-npx tuneaudit}" TALLIES="${TALLIES:-tallies}" REPORT="${REPORT:-report.json}"
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$TALLIES"
rm -f "$TALLIES"/part-*
shards=$(sbatch --parsable --requeue --array="1-$SHARDS" --output="$TALLIES/shard-%a.log" "$here/shard.sbatch" "$@")
echo "shards: job $shards" >&2
exec sbatch --wait --dependency="afterok:$shards" --kill-on-invalid-dep=yes --output="$TALLIES/merge.log" "$here/merge.sbatch"
