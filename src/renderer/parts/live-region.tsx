/** Speaks to screen readers without being seen; `assertive` only for hold, abort, promoted, stopped. */
export function LiveRegion({ children, assertive = false }: { children: string; assertive?: boolean }) {
  return (
    <div
      className="vh"
      role={assertive ? 'alert' : 'status'}
      aria-live={assertive ? 'assertive' : 'polite'}
      aria-atomic="true"
    >
      {children}
    </div>
  )
}
