#!/usr/bin/env bash
# usage: with-keyring.sh COMMAND…   a private session bus with an unlocked throw-away keyring; the user's own are not touched
set -euo pipefail
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
# XDG_CACHE_HOME stays: the lab keeps its downloaded database servers there.
export XDG_DATA_HOME=$T/data XDG_CONFIG_HOME=$T/config XDG_RUNTIME_DIR=$T/run
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
dbus-run-session -- bash -c '
  set -e
  eval "$(printf test-keyring | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"
  export GNOME_KEYRING_CONTROL
  "$@"' _ "$@"
