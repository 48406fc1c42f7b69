#!/usr/bin/env bash
# One entry for all that is done with this repository; `./build.sh help` lists the verbs. build.cmd is its twin.
set -euo pipefail

# Every line below works on absolute paths, so that `demo FILE.csv` may name a file relative to where the caller stands.
root="$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
solution="$root/WalProvider.sln"
results="$root/artifacts/test-results"
tool="$root/src/WalProvider.Tool"
benchmarks="$root/test/WalProvider.Benchmarks"
reliability="$root/test/WalProvider.Reliability.Tests"
tests="$root/test/WalProvider.Tests"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build server that outlives a CI job keeps the job's files and output pipe open.
if [[ -n "${CI:-}" ]]; then export MSBUILDDISABLENODEREUSE=1; fi

usage() {
    cat <<'HELP'
usage: ./build.sh VERB

  build              compile everything (Release)
  test               compile, check the formatting, run every test; the last line reads "N passed, N failed"
  soak [ROW ...]     the faults, floods and hostile files of docs/reliability.md, whole: half an hour, and its table anew
  mutate [FOLDER]    mutation testing of the folders of src/WalProvider that docs/mutation.md names, or of one: hours
  demo [FILE.csv]    the whole story on real input: the Unicode table of .NET, or a CSV file of yours
  bench [ARGS]       the benchmarks; ARGS go to them (list, a row's name, --quick, micro, --help)
  pack               NuGet packages into artifacts/packages
  format             rewrite the sources to the style that `test` checks
  clean              delete everything that was built
  help               this text
HELP
}

require_sdk() {
    local wanted found
    # No jq on a machine that has nothing but the SDK.
    wanted="$(sed -n 's/.*"version"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$root/global.json" | head -n 1)"
    if ! command -v dotnet >/dev/null 2>&1; then
        found="no dotnet is on the PATH"
    elif ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
        found="dotnet knows: $(cd / && dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' - || true)"
        if [[ "$found" == "dotnet knows: " ]]; then found="dotnet has no SDK"; fi
    else
        return 0
    fi
    echo "build.sh: the .NET SDK $wanted or a later one of the same major version is needed (global.json); $found." >&2
    echo "build.sh: get it from https://dotnet.microsoft.com/download" >&2
    return 1
}

# The reliability tests compile a small library that makes the file system fail. Without it they are skipped, and say so.
require_gcc() {
    if command -v gcc >/dev/null 2>&1 || [[ "$(uname -s)" != Linux ]]; then return 0; fi
    if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null 2>&1; then
        echo "build.sh: installing gcc, by which the reliability tests make the file system fail" >&2
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends gcc libc6-dev; } >/dev/null || true
    fi
    if ! command -v gcc >/dev/null 2>&1; then
        echo "build.sh: there is no gcc, so the tests that need the file system to fail are skipped; install gcc and libc6-dev" >&2
    fi
}

# The SDK looks for global.json from the current directory upwards, not from the project's.
sdk() { (cd "$root" && dotnet "$@"); }

build() { sdk build "$solution" -c Release --nologo -v minimal; }

# What follows owns the terminal, so a build that succeeds leaves nothing on it.
build_quietly() {
    local log code=0
    log="$(mktemp)"
    echo "Building $(basename "$1") ..." >&2
    sdk build "$1" -c Release --nologo -v quiet >"$log" 2>&1 || code=$?
    if ((code != 0)); then cat "$log" >&2; fi
    rm -f "$log"
    return "$code"
}

run_tests() {
    local project name code
    local outcomes=()
    rm -rf "$results"
    for project in "$root"/test/*.Tests/*.csproj; do
        name="$(basename "$project" .csproj)"
        code=0
        # A hung test is named and ended, where it would hold the build for ever.
        sdk test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
            --results-directory "$results" --blame-hang-timeout 5m --blame-hang-dump-type none || code=$?
        outcomes+=("$name=$code")
    done
    sdk run "$root/test/TestSummary.cs" -- "$results" "${outcomes[@]}"
}

run_all_tests() {
    require_gcc
    build
    sdk format "$solution" --verify-no-changes --no-restore
    run_tests
}

demo() {
    build_quietly "$tool"
    exec dotnet "$tool/bin/Release/net10.0/WalProvider.Tool.dll" demo "$@"
}

bench() {
    build_quietly "$benchmarks"
    # BenchmarkDotNet finds its own project by searching from the current directory.
    cd "$root"
    exec dotnet "$benchmarks/bin/Release/net10.0/WalProvider.Benchmarks.dll" "$@"
}

soak() {
    require_gcc
    build_quietly "$reliability"
    exec dotnet "$reliability/bin/Release/net10.0/WalProvider.Reliability.Tests.dll" "$@"
}

# Stryker finds the tests to run, and its own settings, in the current directory.
mutate() {
    local folder="${1:-}"
    if [[ -n "$folder" && ! -d "$root/src/WalProvider/$folder" ]]; then
        echo "build.sh: src/WalProvider has no folder '$folder'" >&2
        return 2
    fi
    cd "$tests"
    dotnet tool restore
    exec dotnet stryker --output "$root/artifacts/mutation" ${folder:+--mutate "**/$folder/**/*.cs"}
}

pack() {
    local project
    for project in "$root"/src/*/*.csproj; do
        sdk pack "$project" -c Release --nologo -v minimal -o "$root/artifacts/packages"
    done
}

clean() {
    rm -rf "$root"/artifacts "$root"/BenchmarkDotNet.Artifacts "$root"/{src,test}/*/{bin,obj}
}

verb="${1:-help}"
if (($# > 0)); then shift; fi
case "$verb" in
    build | test | soak | mutate | demo | bench | pack | format) require_sdk ;;
esac
case "$verb" in
    build) build ;;
    test) run_all_tests ;;
    soak) soak "$@" ;;
    mutate) mutate "$@" ;;
    demo) demo "$@" ;;
    bench) bench "$@" ;;
    pack) pack ;;
    format) sdk format "$solution" ;;
    clean) clean ;;
    help | -h | --help) usage ;;
    *)
        echo "build.sh: '$verb' is not a verb" >&2
        usage >&2
        exit 2
        ;;
esac
