import { useState } from 'react'
import { Band } from '../parts/band'
import { BudgetBar } from '../parts/budget-bar'
import { Button } from '../parts/button'
import { CommandPalette } from '../parts/command-palette'
import { Dialog } from '../parts/dialog'
import { HostKeyDialog } from '../parts/host-key-dialog'
import { Popover } from '../parts/popover'
import { ToastRegion } from '../parts/toast-region'
import { Tooltip } from '../parts/tooltip'
import { Specimen } from './specimen'

type Shown = 'none' | 'dialog' | 'key' | 'changed' | 'palette'

/** Dialogs, the palette, toasts, bands. */
export function PartsGalleryOverlays() {
  const [shown, setShown] = useState<Shown>('none')
  const [toasts, setToasts] = useState([
    {
      id: '1',
      status: 'ok' as const,
      title: 'Drift: 86 tables equal, certified',
      detail: 'at 0-101-48109871, took 38 min'
    }
  ])
  const close = () => setShown('none')
  return (
    <div className="col g12">
      <Specimen words="Open one">
        <div className="row wrap">
          {(['dialog', 'key', 'changed', 'palette'] as const).map((id) => (
            <Button key={id} onPress={() => setShown(id)}>
              {id}
            </Button>
          ))}
          <Tooltip words="Heartbeat rows, not Seconds_Behind_Master">
            <button type="button" className="btn">
              Tooltip
            </button>
          </Tooltip>
          <Popover
            label="About this value"
            trigger={
              <button type="button" className="btn">
                Popover
              </button>
            }
          >
            Read from the heartbeat row, every 0.5 s.
          </Popover>
        </div>
      </Specimen>
      <Bands />
      <ToastRegion toasts={toasts} onDismiss={(id) => setToasts(toasts.filter((toast) => toast.id !== id))} />
      <Dialog
        open={shown === 'dialog'}
        onClose={close}
        title="Leave shop.coupons out of the comparison?"
        foot={
          <>
            <Button variant="primary" size="md" onPress={close}>
              Leave it out
            </Button>
            <Button size="md" autoFocus onPress={close}>
              Keep comparing
            </Button>
            <span className="hint">undone in Drift, rules</span>
          </>
        }
      >
        <p>The table is named in the report as not compared, with your name and the time.</p>
      </Dialog>
      <HostKeyDialog
        open={shown === 'key' || shown === 'changed'}
        host="lis-db2"
        site={{ side: 'new', name: 'Lisbon' }}
        words={
          <>
            First connection to <b className="m11">lis-db2.lis.internal:22</b>, through gw.lis and jump2.lis. Compare
            with what your host or provider shows.
          </>
        }
        keyType="ED25519"
        fingerprint="SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs"
        command="ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"
        changed={
          shown === 'changed'
            ? 'The pinned key is kept in the move; replace it there after asking who runs the host.'
            : undefined
        }
        onTrust={close}
        onRefuse={close}
      />
      <CommandPalette
        open={shown === 'palette'}
        onClose={close}
        items={[
          {
            id: 'a',
            group: 'Cutover',
            label: 'Rehearse the cutover',
            icon: 'refresh',
            fact: '148 ms last',
            keys: ['Ctrl', 'R'],
            onRun: close
          },
          {
            id: 'b',
            group: 'Cutover',
            label: 'Start the cutover',
            icon: 'play',
            disabled: '2 gates are shut',
            onRun: close
          },
          { id: 'c', group: 'Go to', label: 'Report: rehearsals', icon: 'document', onRun: close },
          { id: 'd', group: 'Go to', label: 'Show statements of rehearsal 5', icon: 'eye', onRun: close }
        ]}
      />
    </div>
  )
}

function Bands() {
  return (
    <div className="card">
      <Band
        tone="att"
        icon="pause"
        title="Writes wait on Frankfurt"
        sub="step 5 of 12, catch up. No canary order has failed."
        stop={
          <>
            <Button variant="danger-solid" size="xl" wide icon="back" keys={['Esc']}>
              Abort
            </Button>
            <div className="under">Lets go now. Nothing has changed.</div>
          </>
        }
      >
        <div className="row" style={{ alignItems: 'flex-end', gap: 24, marginTop: 4 }}>
          <div className="huge">
            1.84<small>s</small>
          </div>
          <div className="facts">
            <div>37 writers wait, the longest 1.82 s</div>
            <div className="t2">Lease renewed 0.4 s ago. If this laptop dies, the shop goes on within 3 s.</div>
          </div>
        </div>
        <BudgetBar elapsedMs={1840} budgetMs={10_000} rehearsedMs={148} />
      </Band>
      <Band
        tone="ok"
        icon="check-ring"
        title="Lisbon takes writes"
        sub="since 03:12:06.629 UTC, 18 min ago. Frankfurt is sealed and follows, lag 0.20 s."
        stop={<Button icon="back">Reverse to Frankfurt…</Button>}
      />
      <Band
        tone="dan"
        icon="octagon"
        title="Halted"
        sub="step 8 could not be observed: neither site takes writes"
        stop={<Button>Show what to try</Button>}
      />
      <Band tone="info" icon="back" title="Aborting" sub="putting back step 3 of 3" />
    </div>
  )
}
