/** The mark of Siteswap: two balls that change hands. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" role="img" aria-label="Siteswap">
      <path d="M4.5 15C5 7 15 7 15.5 5" stroke="var(--old)" strokeWidth="1.75" strokeLinecap="round" />
      <path d="M4.5 5C5 13 15 13 15.5 15" stroke="var(--new)" strokeWidth="1.75" strokeLinecap="round" />
      <circle cx="15.5" cy="5" r="2.25" fill="var(--old)" />
      <circle cx="15.5" cy="15" r="2.25" fill="var(--new)" />
    </svg>
  )
}
