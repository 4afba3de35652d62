#!/usr/bin/env bash
# Builds everything and runs every suite: bash eng/test.sh
#
#   ABM_PRIVACY_VECTORS   a folder of published vectors; suites that need it are skipped without it
#   ABM_PRIVACY_SOAK=1    full sizes instead of a fixed share of them
#   CI                    set on a build machine: tests that need PostgreSQL fail instead of being skipped without it
#
# The last line is: N passed, N failed, N skipped
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

if ! command -v dotnet >/dev/null 2>&1; then
    echo "The .NET 10 SDK is not installed. Install it, then run this again: https://dot.net" >&2
    exit 1
fi

# The suites over PostgreSQL start servers of their own from its programs. Root gets them where apt is at hand, without a
# cluster or a service of the system's; everyone else has them or does without those tests.
has_postgres() { command -v initdb >/dev/null 2>&1 || compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; }
install_postgres() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends postgresql-common || { apt-get update && apt-get install -y --no-install-recommends postgresql-common; } || return 1
    echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf
    apt-get install -y --no-install-recommends postgresql-15 || apt-get install -y --no-install-recommends postgresql
}
if ! has_postgres && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    install_postgres >/dev/null 2>&1 || echo "PostgreSQL could not be installed; the tests that need it say so." >&2
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results="$root/artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"
export ABM_PRIVACY_VECTOR_REPORT="$results/vectors.txt"

dotnet build Abm.Privacy.sln --configuration Release --nologo --verbosity quiet || exit 1

failed=0
for project in tests/*/*.csproj; do
    dotnet test "$project" --configuration Release --no-build --nologo \
        --results-directory "$results" --logger "trx;LogFilePrefix=$(basename "$project" .csproj)" || failed=1
done

if [ -f "$ABM_PRIVACY_VECTOR_REPORT" ]; then
    sort "$ABM_PRIVACY_VECTOR_REPORT"
fi

# the totals over all result files; a run that wrote none has failed
shopt -s nullglob
files=("$results"/*.trx)
count() { grep -ho "<Counters [^>]*" "${files[@]}" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
if [ ${#files[@]} -eq 0 ]; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

total=$(count total)
passed=$(count passed)
skipped=$((total - $(count executed)))
broken=$((total - passed - skipped))
if [ "$failed" -ne 0 ] && [ "$broken" -eq 0 ]; then
    broken=1 # the runner itself failed
fi

echo "$passed passed, $broken failed, $skipped skipped"
[ "$broken" -eq 0 ] && [ "$passed" -gt 0 ]
