const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The real file behind links, with the names that lie beside it during a run. */
const names = (path: string, tag: string): string =>
  `f=$(readlink -f -- ${quote(path)}) && [ -f "$f" ] && b="$f.siteswap-${tag}.bak" && n="$f.siteswap-${tag}.new"`

/** Prints the file. */
export const readCommand = (path: string): string => `cat -- ${quote(path)}`

/** Lays the edited file (standard input) and a backup beside the file, owner and mode kept; the file itself stays as it is. */
export const stageCommand = (path: string, tag: string): string =>
  `${names(path, tag)} && cp -p -- "$f" "$b" && cp -p -- "$f" "$n" && cat > "$n"`

/**
 * Puts the staged file in place in one step, if the file is still what was backed up, and reloads the application.
 * Sent again after it was cut off, it only reloads; where nothing was staged it does nothing. Of two that run at the same
 * time one renames: the other sees that nothing is staged any more.
 */
export const switchCommand = (path: string, tag: string, reload: string): string =>
  `${names(path, tag)} && if [ -e "$n" ]; then if cmp -s -- "$f" "$b"; then mv -f -- "$n" "$f" 2>/dev/null || [ ! -e "$n" ] || exit 72; elif [ -e "$n" ]; then echo 'the file has changed since the backup' >&2; exit 71; fi; fi && if [ -e "$b" ]; then ${reload}\nfi`

/** Ends with 0 while the edited file still waits beside the file in use. */
export const waitsCommand = (path: string, tag: string): string => `${names(path, tag)} && [ -e "$n" ]`

/** Puts the backup back, byte for byte, and reloads the application. */
export const restoreCommand = (path: string, tag: string, reload: string): string =>
  `${names(path, tag)} && cp -p -- "$b" "$b.restore" && mv -f -- "$b.restore" "$f" && { ${reload}\n}`

/** Takes away what was staged; the file is untouched. */
export const unstageCommand = (path: string, tag: string): string =>
  `${names(path, tag)} && rm -f -- "$b" "$n" && [ ! -e "$b" ] && [ ! -e "$n" ]`

/** Ends with 0 when the edited file and its backup lie ready. */
export const stagedCommand = (path: string, tag: string): string => `${names(path, tag)} && [ -e "$n" ] && [ -e "$b" ]`
