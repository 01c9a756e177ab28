/** The word for the key that `mod` stands for in shortcuts: `⌘` on macOS, `Ctrl` elsewhere. */
export function modKey(): string {
  return navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl'
}
