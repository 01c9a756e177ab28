import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** Words that explain one element on hover and focus; never the only place where something is said. `children` is one element. */
export function Tooltip({ words, children }: { words: ReactNode; children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="pop tip" sideOffset={4} collisionPadding={8}>
            {words}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
