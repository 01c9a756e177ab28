import { useEffect, useRef } from 'react'
import type { StationId } from '../../../shared/journey'
import { takeCommand, useShell } from '../../state/shell'

/** Carries out a named command given to this station (Next, palette), also when the station is open already. */
export const useCommand = (station: StationId, run: (command: string) => void): void => {
  const command = useShell((shell) => (shell.station === station ? shell.command : null))
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (command === null) return
    takeCommand()
    latest.current(command)
  }, [command])
}
