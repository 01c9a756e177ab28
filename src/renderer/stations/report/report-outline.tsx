import { type RefObject, useEffect, useState } from 'react'
import type { Report } from '../../../shared/report'
import { moveFocus } from '../../parts/hooks/move-focus'
import { sectionsOf } from './report-words'

const idOf = (id: string) => `report-${id}`

/** The sections of the paper; the one in sight is marked. */
export function ReportOutline({ report, paper }: { report: Report; paper: RefObject<HTMLDivElement | null> }) {
  const sections = sectionsOf(report).filter((section) => section.filled)
  const [seen, setSeen] = useState('summary')
  const ids = sections.map((section) => section.id).join(' ')
  useEffect(() => {
    const box = paper.current
    if (!box) return
    const look = () => {
      const top = box.getBoundingClientRect().top + 80
      const passed = ids
        .split(' ')
        .filter((id) => (document.getElementById(idOf(id))?.getBoundingClientRect().top ?? Number.MAX_VALUE) <= top)
      const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 2 && box.scrollTop > 0
      setSeen((atEnd ? ids.split(' ').at(-1) : passed.at(-1)) ?? 'summary')
    }
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [ids, paper])
  return (
    <nav
      className="outl report-outl"
      aria-label="Sections of the report"
      onKeyDown={(event) => moveFocus(event, 'button')}
    >
      {sections.map((section) => (
        <button
          key={section.id}
          type="button"
          className={section.id === seen ? 'on' : undefined}
          aria-current={section.id === seen ? 'true' : undefined}
          onClick={() => {
            document.getElementById(idOf(section.id))?.scrollIntoView({ block: 'start' })
            setSeen(section.id)
          }}
        >
          {section.title}
        </button>
      ))}
    </nav>
  )
}
