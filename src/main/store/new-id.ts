import { randomBytes } from 'node:crypto'

/** A readable part of the name, or `otherwise` when nothing of it is, and eight random digits, so that two of one name never share a file. */
export const newIdFor = (name: string, otherwise: string): string => {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return `${words || otherwise}-${randomBytes(4).toString('hex')}`
}
