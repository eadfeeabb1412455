#!/usr/bin/env bash
# Chooses the versions in base.txt, build.txt, compiled.txt and dev.txt anew, within the ranges of pyproject.toml.
# Run it with Python 3.11 (make lock): the tables hold for the version that made them.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3.11}" -m venv "$tools"
"$tools/bin/python" -m pip -qq install pip-tools

compile() { # compile OUTPUT ARGUMENT...
    local output=$tools/$1 target=requirements/$1
    shift
    "$tools/bin/pip-compile" --quiet --strip-extras --allow-unsafe --no-header --no-annotate \
        --output-file "$output" "$@" 2>"$tools/log" || { cat "$tools/log" >&2; exit 1; }
    {
        echo '# Made by `make lock` (Python 3.11): do not edit.'
        grep -v -e '^#' -e '^$' -e '^--' "$output" # options hold addresses
    } >"$target"
}

compile base.txt pyproject.toml
compile build.txt requirements/build.in
compile dev.txt --extra dev --constraint requirements/base.txt pyproject.toml
compile compiled.txt requirements/compiled.in
