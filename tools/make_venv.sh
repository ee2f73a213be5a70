#!/usr/bin/env bash
# Make the virtual environment and put the pinned installer in it. Debian and Ubuntu ship Python without `venv`:
# as root it is installed, otherwise the reader is told what to install.
set -euo pipefail
python=$1 venv=$2

if ! command -v "$python" >/dev/null; then
  echo "Kaname needs Python 3.11, and '$python' is not on the PATH. Install it, or say: make PYTHON=/path/to/python3.11" >&2
  exit 1
fi
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
  echo "Kaname needs Python 3.11; '$python' is $("$python" --version). Say: make PYTHON=/path/to/python3.11" >&2
  exit 1
}
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3.11-venv >/dev/null
  else
    echo "Python's venv module is missing. Install it first: sudo apt-get install python3.11-venv" >&2
    exit 1
  fi
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check uv==0.13.9
