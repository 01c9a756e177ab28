#!/bin/sh
# keeper.sh OWNER_PID OWNER_START COMMAND...  waits until the owner of a lab has ended, then runs the command that takes the lab down
pid=$1 start=$2
shift 2
while [ -r "/proc/$pid/stat" ] && [ "$(sed 's/^.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d' ' -f20)" = "$start" ]; do sleep 0.5; done
exec "$@"
