const quotes = /["\\]/g

/** A file as OpenSSH's options take it: they split values at blanks and read quotes and backslashes in them. What it says of tokens (`%h`) stays. */
export const quotedPath = (file: string): string => `"${file.replace(quotes, '\\$&')}"`

/** The same for a path that means just what it says: no token in it. */
export const literalPath = (file: string): string => quotedPath(file).replaceAll('%', '%%')
