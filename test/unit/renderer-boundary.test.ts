import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Boundary } from '../../src/renderer/parts/boundary'

describe('a page that cannot be drawn', () => {
  it('says so in place of a blank window, and offers to draw it again', () => {
    const boundary = new Boundary({ children: 'all is well' })
    expect(renderToStaticMarkup(boundary.render())).toBe('all is well')
    boundary.state = Boundary.getDerivedStateFromError(new Error('<x> is not a function'))
    const drawn = renderToStaticMarkup(boundary.render())
    expect(drawn).not.toContain('all is well')
    expect(drawn).toContain('&lt;x&gt; is not a function')
    expect(drawn).toContain('Draw it again')
  })
})
