#!/bin/bash
# debroot.sh SUITE ROOT PKG...   e.g. debroot.sh sid ~/.cache/siteswap-lab/my97 mysql-server-core mysql-client-core
# Downloads PKGs and every library they depend on from another Debian suite of the mirror the host
# already uses, into a private folder, and unpacks them under ROOT. Never touches the host's dpkg/apt state.
set -euo pipefail
SUITE=$1 ROOT=$2; shift 2
W=${ROOT}.apt; mkdir -p "$W"/{state/lists/partial,cache/archives/partial,prefs} "$ROOT"
MIRROR=$(awk '/^URIs:/{print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
[ -n "$MIRROR" ] || MIRROR=$(awk '$1=="deb" && $2 !~ /^\[/ {print $2; exit}' /etc/apt/sources.list 2>/dev/null || true)
[ -n "$MIRROR" ] || MIRROR=http://deb.debian.org/debian
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR $SUITE main" > "$W/sources.list"
: > "$W/status"                       # an empty dpkg status = resolve all dependencies, incl. libc6
cat > "$W/apt.conf" <<C
Dir::Etc::sourcelist "$W/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::preferencesparts "$W/prefs";
Dir::State "$W/state"; Dir::State::lists "$W/state/lists"; Dir::State::status "$W/status";
Dir::Cache "$W/cache"; Dir::Cache::archives "$W/cache/archives";
APT::Install-Recommends "false"; Acquire::Languages "none"; Debug::NoLocking "1";
APT::Sandbox::User "$(id -un)"; Acquire::Retries "3";
C
export APT_CONFIG=$W/apt.conf
apt-get -qq update
apt-get -qq -y -d install "$@" >/dev/null
for d in "$W"/cache/archives/*.deb; do
  case $(basename "$d") in      # maintainer-script-only needs: not wanted in a run-in-place root
    perl*|libperl*|libgdbm*|libdb5*|libc-gconv*|*-perl_*|debconf*|dpkg_*|tar_*|systemd*|util-linux*|adduser*|passwd*|procps*|psmisc*|lsof*|galera*|libsystemd-shared*|login*|iproute*|bsd*|mount*|sysv*|init-*) continue;; esac
  dpkg-deb --fsys-tarfile "$d" | tar -x -C "$ROOT" --keep-directory-symlink \
     --exclude='./usr/share/doc*' --exclude='./usr/share/man*' --exclude='./usr/share/locale*'
done
# usrmerge: suites whose packages still ship /lib and /lib64 are folded into usr/
for x in lib lib64 bin sbin; do [ -d "$ROOT/$x" ] && [ ! -L "$ROOT/$x" ] && { mkdir -p "$ROOT/usr/$x"; cp -a "$ROOT/$x/." "$ROOT/usr/$x/"; rm -rf "${ROOT:?}/$x"; }; done
rm -rf "$W"
