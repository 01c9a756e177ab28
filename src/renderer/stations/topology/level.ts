import { createContext, useContext } from 'react'

/** How much of a box can be read at a magnification: from far only role and trouble, then its name too, from near everything. */
export type Level = 'far' | 'middle' | 'near'

/** The level of a magnification. */
export const levelAt = (zoom: number): Level => (zoom < 0.36 ? 'far' : zoom < 0.66 ? 'middle' : 'near')

/** The level at which the picture is drawn now. */
export const LevelContext = createContext<Level>('near')

/** For boxes and lines: how much of them is drawn. */
export const useLevel = (): Level => useContext(LevelContext)
