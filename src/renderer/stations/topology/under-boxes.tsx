import { type ReactFlowState, useStore } from '@xyflow/react'
import { type ReactNode, useRef } from 'react'
import { createPortal } from 'react-dom'

/** What is drawn under the boxes, moved and scaled with the canvas; its place is not looked for again at every frame among all boxes. */
export function UnderBoxes({ children }: { children: ReactNode }) {
  const place = useRef<Element | null>(null)
  const host = useStore(({ domNode }: ReactFlowState) => {
    if (!place.current?.isConnected) place.current = domNode?.querySelector('.react-flow__viewport-portal') ?? null
    return place.current
  })
  return host && createPortal(children, host)
}
