import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { answerWith, pageQuery } from './api'
import { App } from './app'
import './theme/index.css'

// zod compiles schemas with `new Function`, which the content policy refuses.
z.config({ jitless: true })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no root element')

/** `?gallery` draws every part and every state from fixtures; the app itself never asks for it. */
const start = async () => {
  const gallery = pageQuery().get('gallery')
  if (gallery !== null) {
    const { Gallery } = await import('./gallery/gallery')
    createRoot(root).render(<Gallery page={gallery} theme={pageQuery().get('theme')} answerWith={answerWith} />)
    return
  }
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  )
}

void start()
