import { useState } from 'react'
import { ActivityBar } from '../parts/activity-bar'
import { ActivityItem } from '../parts/activity-item'
import { Age } from '../parts/age'
import { AppFrame } from '../parts/app-frame'
import { Body } from '../parts/body'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Chip } from '../parts/chip'
import { Column } from '../parts/column'
import { Kbd } from '../parts/kbd'
import { KeyValues } from '../parts/key-values'
import { Logo } from '../parts/logo'
import { NextAction } from '../parts/next-action'
import { Rail } from '../parts/rail'
import { RunbookList } from '../parts/runbook-list'
import { Section } from '../parts/section'
import { Segmented } from '../parts/segmented'
import { SidePanel } from '../parts/side-panel'
import { Stat } from '../parts/stat'
import { StatRow } from '../parts/stat-row'
import { StationHead } from '../parts/station-head'
import { StatusIcon } from '../parts/status-icon'
import { TopBar } from '../parts/top-bar'
import { TopSites } from '../parts/top-sites'
import { WayBack } from '../parts/way-back'
import { heldRunbook } from './held-runbook'

const states = ['done', 'done', 'attention', 'stopped', 'progress', 'none', 'none'] as const
const stations = ['Sites', 'Topology', 'Preflight', 'Replicate', 'Drift', 'Cutover', 'Report']

/** The whole frame of a window with a station in it. */
export function PartsGalleryFrame({ onLeave }: { onLeave: () => void }) {
  const [open, setOpen] = useState(true)
  const [station, setStation] = useState(5)
  const [mode, setMode] = useState<'careful' | 'swift'>('careful')
  return (
    <AppFrame
      top={
        <TopBar
          move={
            <button type="button" className="top-move" onClick={onLeave}>
              <Logo />
              <span className="el">shop.example.com</span>
            </button>
          }
          next={<NextAction label="Type go" keys={['G']} onPress={() => setOpen(true)} />}
        >
          <TopSites
            old={{ name: 'Frankfurt', role: 'takes-writes', reached: 5, total: 5, age: '1 s' }}
            new={{ name: 'Lisbon', role: 'read-only', reached: 3, total: 4, age: '1 s' }}
            link={{
              state: 'running',
              flow: 'to-new',
              over: (
                <>
                  RTT <b>38.2 ms</b>
                </>
              ),
              under: (
                <>
                  lag <b>0.19 s</b> · 0.4 s
                </>
              )
            }}
          />
        </TopBar>
      }
      rail={
        <Rail
          stations={stations.map((name, index) => ({
            name,
            state: states[index] ?? 'none',
            line: index === 5 ? 'ready · 13 min left' : '9 servers · 1 s',
            current: index === station,
            hint: String(index + 1),
            onOpen: () => setStation(index)
          }))}
          wayBack={<WayBack title="disarm">Leave “ready” at any time. Nothing has changed on either site.</WayBack>}
        />
      }
      activity={
        <ActivityBar
          left={
            <>
              <ActivityItem icon="database">19 sessions open</ActivityItem>
              <ActivityItem
                icon={<StatusIcon status="running" size={12} />}
                share={0.62}
                after="ETA 14 min"
                onPress={() => {}}
              >
                drift: 53 of 86 tables
              </ActivityItem>
            </>
          }
          right={
            <>
              <ActivityItem icon="document">journal 4 812 entries, saved 0.3 s ago</ActivityItem>
              <ActivityItem>Sun 22 Nov 03:08:51 UTC</ActivityItem>
              <ActivityItem onPress={() => {}}>
                <Kbd keys={['Ctrl', 'K']} /> commands
              </ActivityItem>
            </>
          }
        />
      }
    >
      <StationHead
        title="Cutover"
        chip={<Chip tone="ok">ready</Chip>}
        sub="expires in 13 min 42 s, then the gates are asked again"
        actions={
          <>
            <Segmented
              label="Mode"
              value={mode}
              onChange={setMode}
              segments={[
                { id: 'careful', label: 'Careful' },
                { id: 'swift', label: 'Swift' }
              ]}
            />
            <Button icon="refresh">Rehearse again</Button>
            <Button icon="eye" onPress={() => setOpen(true)}>
              Statements
            </Button>
          </>
        }
      />
      <StatRow>
        <Stat label="Write pause to expect" value="148" unit="ms" under="5 rehearsals, 11 min ago" />
        <Stat label="Pause budget" value="10.0" unit="s" under="lets go by itself at 7.0 s" />
        <Stat label="Lag now" value="0.19" unit="s" under="heartbeat row, 0.4 s ago" />
        <Stat label="Canary orders" value="20" unit="/s from 2 hosts" under="1 204 sent, 1 204 found" />
      </StatRow>
      <Body>
        <Column label="Runbook">
          <RunbookList label="Cutover" lines={heldRunbook} />
          <div className="pad">
            <Card title="Links" aside={<Age at={Date.now() - 400} ago />}>
              Panels scroll; nothing clips.
            </Card>
          </div>
        </Column>
        <SidePanel
          label="Inspector"
          open={open}
          onClose={() => setOpen(false)}
          head={<h2>lis-db1</h2>}
          foot={<Button icon="eye">Show statements</Button>}
        >
          <Section title="Follows fra-db1">
            <KeyValues
              items={[
                { key: 'Lag', value: '0.21 s', age: '0.4 s' },
                { key: 'Received', value: '0-101-48211937', mono: true, age: '0.4 s' }
              ]}
            />
          </Section>
          <Section title="Load" aside="0.4 s ago">
            <KeyValues items={[{ key: 'Connections', value: '14 of 500', age: '0.4 s' }]} />
          </Section>
        </SidePanel>
      </Body>
    </AppFrame>
  )
}
