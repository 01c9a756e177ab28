import './settle-zod'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { answerWith, pageQuery } from './api'
import { App } from './app'
import './theme/index.css'

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
