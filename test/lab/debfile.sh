#!/bin/bash
# debfile.sh SUITE FOLDER PKG PATTERN...   e.g. debfile.sh trixie ~/.cache/siteswap-lab/plugins mariadb-server '*/auth_parsec.so'
# Fetches one package of another Debian suite, without what it depends on, and puts the files that match into FOLDER.
set -euo pipefail
SUITE=$1 FOLDER=$2 PKG=$3; shift 3
W=$(mktemp -d); trap 'rm -rf "$W"' EXIT
mkdir -p "$W"/{state/lists/partial,cache/archives/partial,prefs,out} "$FOLDER"
MIRROR=$(awk '/^URIs:/{print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
[ -n "$MIRROR" ] || MIRROR=$(awk '$1=="deb" && $2 !~ /^\[/ {print $2; exit}' /etc/apt/sources.list 2>/dev/null || true)
[ -n "$MIRROR" ] || MIRROR=http://deb.debian.org/debian
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR $SUITE main" > "$W/sources.list"
: > "$W/status"
cat > "$W/apt.conf" <<C
Dir::Etc::sourcelist "$W/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::preferencesparts "$W/prefs";
Dir::State "$W/state"; Dir::State::lists "$W/state/lists"; Dir::State::status "$W/status";
Dir::Cache "$W/cache"; Dir::Cache::archives "$W/cache/archives";
Acquire::Languages "none"; Debug::NoLocking "1"; APT::Sandbox::User "$(id -un)"; Acquire::Retries "3";
C
export APT_CONFIG=$W/apt.conf
apt-get -qq update
(cd "$W/out" && apt-get -qq download "$PKG")
dpkg-deb --fsys-tarfile "$W"/out/*.deb | tar -x -C "$W/out" --wildcards "$@"
find "$W/out" -type f ! -name '*.deb' -exec cp -t "$FOLDER" {} +
