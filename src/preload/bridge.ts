/** What the preload puts on `window.siteswap`; renderer/api.ts gives it its types back. */
export interface Bridge {
  call(name: string, args: unknown): Promise<unknown>
  on(listener: (name: unknown, payload: unknown) => void): () => void
}
