import { useEffect } from 'react'
import { useShell } from '../../state/shell'

/** Puts the chosen theme, or the system's, on the document. */
export const useTheme = (): void => {
  const theme = useShell((shell) => shell.theme)
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
}
