#!/usr/bin/env bash
# Installs Comunica 4 for tests/service/test_clients.py into a cache folder outside the tree.
set -euo pipefail
folder="${XDG_CACHE_HOME:-$HOME/.cache}/keiretsu/comunica-4"
[ -d "$folder/node_modules/@comunica/query-sparql" ] && exit 0
mkdir -p "$folder"
cd "$folder"
echo '{"private": true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent '@comunica/query-sparql@4'
