import { use, useEffect, useState } from 'react'
import { Button } from './button'
import { CopyContext } from './copy-context'

/** Copies `text` and says so for two seconds. */
export function CopyButton({ text, children = 'Copy', label, variant = 'ghost' }: CopyButtonProps) {
  const copy = use(CopyContext)
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <Button
      variant={variant}
      size={variant === 'ghost' ? 'sm' : 'base'}
      icon={state === 'copied' ? 'check' : 'copy'}
      label={label}
      onPress={() => {
        copy(text).then(
          () => setState('copied'),
          () => setState('refused')
        )
      }}
    >
      <span aria-live="polite">{state === 'copied' ? 'Copied' : state === 'refused' ? 'Not copied' : children}</span>
    </Button>
  )
}

/** What a `CopyButton` is told; `label` names what is copied when the words around do not. */
export type CopyButtonProps = { text: string; children?: string; label?: string; variant?: 'ghost' | 'default' }
