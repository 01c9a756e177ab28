import type { ReactNode } from 'react'

/** One specimen of the gallery, with a line that says what it shows. */
export function Specimen({ words, children, bare }: { words: string; children: ReactNode; bare?: boolean }) {
  return (
    <section style={{ breakInside: 'avoid', marginBottom: 12 }}>
      {bare ? (
        <>
          <div className="s11 t3" style={{ marginBottom: 8 }}>
            {words}
          </div>
          {children}
        </>
      ) : (
        <div className="card" style={{ padding: '8px 12px 12px' }}>
          <div className="s11 t3" style={{ marginBottom: 8 }}>
            {words}
          </div>
          {children}
        </div>
      )}
    </section>
  )
}
