#!/usr/bin/env bash
# Runs the audit and publishes its reports: annotations, job summary, outputs. It ends well whatever the verdict, so that
# the steps after it run; action/gate.sh decides.
set -uo pipefail

# One argument a line: nothing is split or expanded by the shell.
lines() {
  local -n into=$1
  into=()
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    if [ -n "$line" ]; then into+=("$line"); fi
  done <<<"$2"
}

lines baseline "$BASELINE"
lines tuned "$TUNED"
lines args "$ARGS"
config=()
if [ -n "$CONFIG" ]; then config=(--config "$CONFIG"); fi
read -ra command <<<"$COMMAND"

mkdir -p "$REPORT_DIR"
dir=$(cd "$REPORT_DIR" && pwd)
"${command[@]}" audit --baseline "${baseline[@]}" --tuned "${tuned[@]}" "${config[@]}" "${args[@]}" \
  --report "json=$dir/report.json" --report "html=$dir/report.html" --report "md=$dir/report.md" \
  --report "junit=$dir/report.xml" --report "sarif=$dir/report.sarif" --report "github=$dir/annotations.txt" \
  2> >(tee "$dir/stderr.txt" >&2)
code=$?

out() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }
out exit-code "$code"
if [ "$code" -eq 0 ]; then out passed true; else out passed false; fi

if [ ! -f "$dir/report.json" ]; then
  # Usage, an interrupt, a bug: there is no report, and what was said stands in the summary.
  out verdict error
  {
    printf '**tuneaudit** exited %s without a report.\n\n' "$code"
    sed 's/^/    /' "$dir/stderr.txt" | head -c 65536
  } >>"$GITHUB_STEP_SUMMARY"
  exit 0
fi

cat "$dir/annotations.txt"
cat "$dir/report.md" >>"$GITHUB_STEP_SUMMARY"
# Only words of ours stand in these two: a verdict, and statuses with their counts.
node -e '
  const { verdict, findings } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))
  const counts = { pass: 0, fail: 0, inconclusive: 0, noted: 0, unmeasured: 0 }
  for (const { status } of findings) counts[status]++
  console.log(`verdict=${verdict}\ncounts=${JSON.stringify(counts)}`)
' "$dir/report.json" >>"$GITHUB_OUTPUT"
out report-json "$dir/report.json"
out report-html "$dir/report.html"
out report-md "$dir/report.md"
out junit "$dir/report.xml"
out sarif "$dir/report.sarif"
