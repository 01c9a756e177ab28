/** up-and-wait.ts DIR: brings a small lab up that belongs to this process, says so, and waits to be ended (for crash tests). */
import { upLab } from './lab'

void upLab({ dir: process.argv[2] ?? '', scale: 0.01 }).then(
  () => {
    console.log('up')
    setInterval(() => {}, 1000)
  },
  (error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  }
)
