#!/usr/bin/env bash
# The real parts that the whole check needs beside Python: a PostgreSQL server, strace for faults at storage calls,
# Chromium (its shell without windows is enough) with Japanese fonts for the pages. Debian and Ubuntu, as root; what is
# there already is left alone.
set -euo pipefail
wanted=()
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || wanted+=(postgresql)
command -v strace >/dev/null || wanted+=(strace)
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || wanted+=(chromium fonts-noto-cjk)
[ ${#wanted[@]} = 0 ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "missing: ${wanted[*]}. Install them first: sudo apt-get install ${wanted[*]}" >&2
  exit 1
fi
apt-get update -qq
apt-cache show chromium-headless-shell >/dev/null 2>&1 && wanted=("${wanted[@]/#chromium/chromium-headless-shell}")
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
