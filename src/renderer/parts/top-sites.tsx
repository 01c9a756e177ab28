import type { ReactNode } from 'react'
import { HalfDisc, type Side } from './half-disc'
import { Icon } from './icon'
import { MarkBadge, type MarkLook } from './mark-badge'
import type { ServerRole } from './role-badge'
import { StatusIcon } from './status-icon'

/** One site of the picture in small: who takes writes there, servers reached, age. */
export type TopSite = {
  name: string
  role: ServerRole
  reached: number
  total: number
  age?: ReactNode
  mark?: MarkLook
}

/** The line between the sites: `flow` is the way orders go, `planned` means no link yet. */
export type TopLink = {
  state: 'planned' | 'running' | 'late' | 'stopped'
  flow: 'to-new' | 'to-old'
  over: ReactNode
  under: ReactNode
}

/** The picture in small: old site, line with arrow, new site. The arrow turns round after the cutover. */
export function TopSites({ old, new: target, link }: { old: TopSite; new: TopSite; link: TopLink }) {
  const tone =
    link.state === 'stopped'
      ? ' stopped dash'
      : link.state === 'late'
        ? ' late'
        : link.state === 'planned'
          ? ' dash'
          : ''
  return (
    <div className="top-sites">
      <SiteInSmall site={old} side="old" />
      <div className="tbridge">
        <span>{link.over}</span>
        <span className={`tl${tone}${link.flow === 'to-old' ? ' flip' : ''}`}>
          <i />
          {link.state !== 'planned' && (
            <svg
              viewBox="0 0 8 8"
              role="img"
              aria-label={link.flow === 'to-new' ? 'flows to the new site' : 'flows to the old site'}
            >
              <path d="M0 0 8 4 0 8Z" />
            </svg>
          )}
        </span>
        <span className={link.state === 'stopped' ? 'c-dan' : link.state === 'late' ? 'c-att' : undefined}>
          {link.under}
        </span>
      </div>
      <SiteInSmall site={target} side="new" />
    </div>
  )
}

function SiteInSmall({ site, side }: { site: TopSite; side: Side }) {
  const complete = site.reached === site.total
  return (
    <div className="tsite">
      <HalfDisc side={side} />
      <b>
        {site.name}{' '}
        <span className="t2" style={{ fontWeight: 400 }}>
          {side}
        </span>{' '}
        <MarkBadge mark={site.mark} />
      </b>
      <span className="sub">
        <RoleWords role={site.role} />
        {site.total > 0 && (
          <>
            {' · '}
            {complete ? (
              <Icon name="check" size={12} tone="ok" />
            ) : (
              <StatusIcon status={site.reached === 0 ? 'unknown' : 'attention'} size={12} />
            )}
            <span className="nw">
              {site.reached} of {site.total}
            </span>
          </>
        )}
        {site.age && <span className="nw hide-narrow">· {site.age}</span>}
      </span>
    </div>
  )
}

function RoleWords({ role }: { role: ServerRole }) {
  switch (role) {
    case 'takes-writes':
      return (
        <>
          <Icon name="pen" size={12} /> takes writes
        </>
      )
    case 'read-only':
    case 'armed':
      return (
        <>
          <Icon name="lock" size={12} /> {role === 'armed' ? 'read-only, armed' : 'read-only'}
        </>
      )
    case 'sealed':
      return (
        <>
          <Icon name="seal" size={12} /> sealed
        </>
      )
    case 'writes-wait':
      return (
        <b className="row g4 c-att">
          <Icon name="pause" size={12} /> writes wait
        </b>
      )
    case 'unknown':
      return (
        <>
          <StatusIcon status="unknown" size={12} /> role unknown
        </>
      )
    default:
      return role satisfies never
  }
}
