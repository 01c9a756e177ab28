import { useEffect, useState } from 'react'
import { type ServerEntry, type SiteSide, sshEntryName } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Count } from '../../parts/count'
import { HalfDisc } from '../../parts/half-disc'
import type { IconName } from '../../parts/icon'
import { LookOnlyBadge, MarkBadge } from '../../parts/mark-badge'
import { ServerCard } from '../../parts/server-card'
import { Status } from '../../parts/status'
import { loadSites, useSavedSites } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { UseSiteDialog } from '../document/use-site-dialog'
import { isUsable } from '../home/site-words'
import { doctorStatus } from './doctor-layers'
import { heardAt, serverLine } from './server-line'
import { SiteMark } from './site-mark'
import { SiteName } from './site-name'

const kinds = [
  { kind: 'database', title: 'Database', icon: 'database', add: 'Add database' },
  { kind: 'web', title: 'Web', icon: 'web', add: 'Add web server' },
  { kind: 'other', title: 'Other', icon: 'worker', add: 'Add worker, cron or cache' }
] as const satisfies readonly { kind: ServerEntry['kind']; title: string; icon: IconName; add: string }[]

const across = { old: 'new', new: 'old' } as const

const commonJump = (servers: ServerEntry[]): string | null => {
  const first = servers.map((server) => (server.ssh.length > 1 ? server.ssh[0] : undefined))
  const jump = first[0]
  if (!jump) return null
  const same = first.every((one) => one && sshEntryName(one) === sshEntryName(jump) && one.user === jump.user)
  return same ? `${jump.user === undefined ? '' : `${jump.user}@`}${sshEntryName(jump)}` : null
}

/** One location: its name, its servers by kind, and the places of those that are missing. */
export function SiteColumn({ side, selected, onSelect, onAdd }: SiteColumnProps) {
  const open = useMove()
  const { move } = open
  const site = move[side]
  const other = move[across[side]]
  const jump = commonJump(site.servers)
  const empty = site.servers.length === 0
  const saved = (useSavedSites((known) => known.sites) ?? []).filter(isUsable)
  const [using, setUsing] = useState(false)
  useEffect(() => {
    if (empty) void loadSites()
  }, [empty])
  const missing = (kind: ServerEntry['kind']): string | null => {
    if (site.servers.some((server) => server.kind === kind)) return null
    if (kind === 'database') return side === 'old' ? 'The one the shop writes to today' : 'The one it will write to'
    const names = other.servers.filter((server) => server.kind === kind).map((server) => server.name)
    if (names.length === 0) return site.servers.length === 0 && kind === 'web' ? 'Where visitors arrive' : null
    return `${names[0]} has no counterpart in ${site.name} yet`
  }
  return (
    <section
      className={site.mark ? `site-col marked ${site.mark.colour}` : 'site-col'}
      aria-label={`${site.name}, ${side} site`}
    >
      <div className="row">
        <HalfDisc side={side} />
        <SiteName side={side} />
        <span className="end">
          <Button icon="plus" onPress={() => onAdd(side, 'database')} label={`Add server to ${site.name}`}>
            Add server
          </Button>
        </span>
      </div>
      <div className="row s12 t2">
        {site.mark && <SiteMark side={side} />}
        {jump && (
          <span className="el">
            jump <span className="m11">{jump}</span>
          </span>
        )}
        {!site.mark && (
          <span className="end">
            <SiteMark side={side} />
          </span>
        )}
      </div>
      {kinds.map(({ kind, title, icon, add }) => {
        const servers = site.servers.filter((server) => server.kind === kind)
        const gap = missing(kind)
        if (servers.length === 0 && gap === null) return null
        return (
          <div key={kind} className="site-group">
            <h3 className="row">
              {title} <Count value={servers.length} />
            </h3>
            {servers.map((server) => {
              const { status, words } = doctorStatus(open.doctors[server.id])
              const at = heardAt(open, server)
              return (
                <ServerCard
                  key={server.id}
                  icon={icon}
                  name={server.name}
                  mark={server.mark?.colour ?? site.mark?.colour}
                  badges={
                    <>
                      {server.mark && <MarkBadge mark={server.mark} />}
                      {server.lookOnly && <LookOnlyBadge iconOnly />}
                    </>
                  }
                  status={<Status status={status}>{words}</Status>}
                  line={server.lookOnly ? `only look · ${serverLine(open, server)}` : serverLine(open, server)}
                  age={at !== null && <Age at={at} ago staleAfterMs={3_600_000} />}
                  selected={server.id === selected}
                  onSelect={() => onSelect(server.id)}
                />
              )
            })}
            {gap !== null && <ServerCard ghost icon="plus" name={add} line={gap} onSelect={() => onAdd(side, kind)} />}
          </div>
        )
      })}
      {empty && saved.length > 0 && (
        <div className="site-group">
          <h3>Or all at once</h3>
          <ServerCard
            ghost
            icon="folder"
            name="Use a saved site"
            line={
              saved.length === 1
                ? `${saved[0]?.name}, with how it is reached`
                : `${saved.length} are saved on this computer`
            }
            onSelect={() => setUsing(true)}
          />
        </div>
      )}
      {using && <UseSiteDialog first={side} onClose={() => setUsing(false)} />}
    </section>
  )
}

/** What a `SiteColumn` is told. */
export type SiteColumnProps = {
  side: SiteSide
  selected: string | null
  onSelect: (serverId: string) => void
  onAdd: (side: SiteSide, kind: ServerEntry['kind']) => void
}
