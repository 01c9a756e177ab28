/** Reads a colour token of the theme that holds now (`text-3`, `old`), for canvases. */
export function tokenColour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim() || '#888888'
}
