#!/bin/sh
# as-host.sh NAME PRIVATE_ETC COMMAND...  runs a command as one host of the lab: own host name, own user database
# (home folder, password). Called inside `unshare --uts --mount`, so nothing of the real computer is changed.
name=$1 etc=$2
shift 2
hostname "$name" || exit 1
mount --make-rprivate / || exit 1
for file in passwd shadow; do
  if [ -e "$etc/$file" ]; then mount --bind "$etc/$file" "/etc/$file" || exit 1; fi
done
exec "$@"
