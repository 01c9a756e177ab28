/** Puts the focus on what starts the previewed run, once it is drawn: who came by Next goes on with Enter. */
export const focusStart = (): void => {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.start-bar :is(input, button)')?.focus())
}
