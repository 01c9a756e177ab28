import type { ReactNode } from 'react'
import { Icon } from './icon'
import { ServerText } from './server-text'
import { StatusIcon } from './status-icon'

/** One way on, the most careful first; `detail` is usually a `SqlBlock`, `action` a `Button`. */
export type Remedy = { title: ReactNode; why?: ReactNode; action?: ReactNode; detail?: ReactNode }

/** An error in four parts: the server's own words, what happened, what it means for the shop, what to try. */
export function ErrorPanel({
  title,
  age,
  serverWords,
  where,
  happened,
  means,
  tries = [],
  actions,
  notOffered
}: ErrorPanelProps) {
  return (
    <section className="card dan" role="alert">
      <div className="ch">
        <StatusIcon status="danger" />
        <h2 className="el">{title}</h2>
        {age && <span className="aside">{age}</span>}
      </div>
      <div className="err">
        {serverWords && (
          <div className="words">
            <ServerText>{serverWords}</ServerText>
            {where && <div className="t2">{where}</div>}
          </div>
        )}
        {happened && <Part title="What happened">{happened}</Part>}
        {means && <Part title="What it means">{means}</Part>}
        {tries.length > 0 && (
          <div>
            <h3>What to try</h3>
            <ol className="try">
              {tries.map((remedy, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                <li key={index}>
                  <span className="n">{index + 1}</span>
                  <span>
                    {remedy.title}
                    {remedy.why && <span className="why">{remedy.why}</span>}
                  </span>
                  {remedy.action}
                  {remedy.detail && <div className="more">{remedy.detail}</div>}
                </li>
              ))}
            </ol>
          </div>
        )}
        {actions && <div className="acts">{actions}</div>}
        {notOffered && (
          <div className="not">
            <Icon name="info" size={12} />
            <span>{notOffered}</span>
          </div>
        )}
      </div>
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      <p>{children}</p>
    </div>
  )
}

/** What an `ErrorPanel` says; `notOffered` names what is not offered, with the reason. */
export type ErrorPanelProps = {
  title: ReactNode
  age?: ReactNode
  serverWords?: string
  where?: ReactNode
  happened?: ReactNode
  means?: ReactNode
  tries?: readonly Remedy[]
  actions?: ReactNode
  notOffered?: ReactNode
}
