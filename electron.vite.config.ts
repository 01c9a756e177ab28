import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build runs on the Electron that is shipped and on the registry-only development runtime (33.2.1: Node 20.18, Chrome 130).
const node = 'node20.18'
const chrome = 'chrome130'

// The command line client is started by name from a shell, so its file says what runs it.
const shebang = (chunk: { name: string; isEntry: boolean }) =>
  chunk.isEntry && chunk.name === 'cli' ? '#!/usr/bin/env node' : ''

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      // Bundled whole: several dependencies are ESM-only, and one file starts faster than hundreds. The keychain stays out, it is native.
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/main/cli.ts'),
          'keyring-worker': resolve('src/main/store/keyring-worker.ts')
        },
        external: ['electron', 'keytar', 'cpu-features', /\.node$/],
        output: {
          format: 'cjs',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          banner: shebang
        }
      }
    }
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: chrome,
      outDir: 'out/renderer',
      minify: true,
      // The content policy has no fonts from data addresses, so nothing is inlined.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } }
    }
  }
})
