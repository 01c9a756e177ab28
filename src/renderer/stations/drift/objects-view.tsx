import { useState } from 'react'
import { isObjectDrift, type ObjectDifference } from '../../../shared/drift'
import type { Move } from '../../../shared/move'
import { Body } from '../../parts/body'
import { Chip } from '../../parts/chip'
import { DiffBlock } from '../../parts/diff-block'
import { EmptyState } from '../../parts/empty-state'
import { FindingGroup } from '../../parts/finding-group'
import { FindingRow } from '../../parts/finding-row'
import { moveFocus } from '../../parts/hooks/move-focus'
import { Loading } from '../../parts/loading'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { visibleString } from '../../parts/visible-text'
import { brokenSql, objectKinds, objectStatus } from './drift-words'

const keyOf = (object: ObjectDifference): string => JSON.stringify([object.kind, object.name, object.what])

const where = (object: ObjectDifference, move: Move): string =>
  object.old !== null && object.new === null
    ? `only ${move.old.name}`
    : object.old === null && object.new !== null
      ? `only ${move.new.name}`
      : object.old === null
        ? 'not read'
        : 'differs'

/** Everything but rows that is not the same on both sides, by kind. */
export function ObjectsView({ objects, move, running }: ObjectsViewProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const kinds = (Object.keys(objectKinds) as ObjectDifference['kind'][]).filter((kind) =>
    objects.some((object) => object.kind === kind)
  )
  const object = objects.find((one) => keyOf(one) === chosen) ?? objects.find((one) => one.kind === kinds[0])
  if (!object)
    return running ? (
      <Loading rows={5}>Reading schemas, objects and accounts of both servers</Loading>
    ) : (
      <div className="drift-empty-room">
        <EmptyState icon="check-ring" title="Schemas, objects and accounts are equal">
          Tables, columns, indexes, views, routines, triggers, events and grants were compared; none differs.
        </EmptyState>
      </div>
    )
  return (
    <Body>
      <section
        className="drift-list scroll"
        aria-label="Differences"
        onKeyDown={(event) => moveFocus(event, 'button.frow')}
      >
        {kinds.map((kind) => {
          const own = objects.filter((one) => one.kind === kind)
          return (
            <FindingGroup
              key={kind}
              title={objectKinds[kind]}
              counts={[
                {
                  status: own.some(isObjectDrift) ? 'attention' : 'info',
                  words: `${own.length} ${own.length === 1 ? 'differs' : 'differ'}`
                }
              ]}
            >
              {own.map((one) => (
                <FindingRow
                  key={keyOf(one)}
                  status={objectStatus(one)}
                  title={
                    <span title={one.name}>
                      <span className="m">{visibleString(one.name, 200)}</span>{' '}
                      <span className="t2">
                        {one.what === 'exists on one side only' ? '' : visibleString(one.what, 120)}
                      </span>
                    </span>
                  }
                  where={where(one, move)}
                  selected={keyOf(one) === keyOf(object)}
                  onSelect={() => setChosen(keyOf(one))}
                />
              ))}
            </FindingGroup>
          )
        })}
      </section>
      <ObjectDetail
        object={object}
        move={move}
        open={chosen !== null && keyOf(object) === chosen}
        onClose={() => setChosen(null)}
      />
    </Body>
  )
}

function ObjectDetail({ object, move, open, onClose }: ObjectDetailProps) {
  const { old: before, new: after } = object
  const oneSide = before === null ? 'new' : 'old'
  return (
    <SidePanel
      label={`Difference of ${visibleString(object.name, 80)}`}
      width={488}
      open={open}
      onClose={onClose}
      head={
        <div className="col g4">
          <div className="row wrap">
            <h2 className="m drift-name">
              <ServerText>{object.name}</ServerText>
            </h2>
            <Chip tone={isObjectDrift(object) ? 'att' : 'info'}>{where(object, move)}</Chip>
          </div>
          <p className="s12 t2">
            {object.kind}: <ServerText>{object.what}</ServerText>
          </p>
        </div>
      }
    >
      <Section>
        {before !== null && after !== null ? (
          <div className="col g8">
            <div className="row wrap s11 t2">
              <span className="nw">−</span>
              <SiteChip side="old">{move.old.name}</SiteChip>
              <span className="nw">+</span>
              <SiteChip side="new">{move.new.name}</SiteChip>
            </div>
            <DiffBlock before={brokenSql(before)} after={brokenSql(after)} label={`Difference of ${object.name}`} />
          </div>
        ) : before === null && after === null ? (
          <p className="s12 t2">
            The account of Siteswap may not read its text on either side: equal silence proves nothing.
          </p>
        ) : (
          <div className="col g8">
            <div className="row s12">
              <SiteChip side={oneSide}>{move[oneSide].name}</SiteChip>
              <span className="m sel-text">
                <ServerText cap={4000}>{before ?? after ?? ''}</ServerText>
              </span>
            </div>
            <div className="row s12">
              <SiteChip side={oneSide === 'old' ? 'new' : 'old'}>
                {move[oneSide === 'old' ? 'new' : 'old'].name}
              </SiteChip>
              <span className="t2">does not have it</span>
            </div>
          </div>
        )}
      </Section>
      <Section title="What it means">
        <p className="s12 t2">
          {object.meaning ? (
            <ServerText cap={1000}>{object.meaning}</ServerText>
          ) : object.kind === 'account' ? (
            `Accounts do not hold up the cutover. Who signs in at ${move.old.name} today may be refused at ${move.new.name}; preflight checks those the shop uses.`
          ) : (
            `The verdict cannot be “equal” while this differs. Make ${move.new.name} as ${move.old.name} is, with sql_log_bin = 0, or seed again; then compare again.`
          )}
        </p>
      </Section>
    </SidePanel>
  )
}

/** What `ObjectsView` is told. */
export type ObjectsViewProps = { objects: readonly ObjectDifference[]; move: Move; running: boolean }
type ObjectDetailProps = { object: ObjectDifference; move: Move; open: boolean; onClose: () => void }
