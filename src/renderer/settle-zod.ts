import { z } from 'zod'

// zod tries `new Function` when the first schema is made, which the content policy refuses and reports: this file is imported before every schema.
z.config({ jitless: true })
