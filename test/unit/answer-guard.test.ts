import { describe, expect, it } from 'vitest'
import { type AnswerLimits, makeAnswerGuard } from '../../src/main/mysql/answer-guard'
import { readFirstPacket } from '../../src/main/mysql/greeting'
import { greetingPacket, packet } from '../servers/own/protocol-packets'

const limits: AnswerLimits = { signInBytes: 2000, signInPackets: 3, packetBytes: 100_000, answerBytes: 1_000_000 }
const open = () => {
  const guard = makeAnswerGuard(limits)
  guard.signedIn()
  guard.begin()
  return guard
}
const rows = (count: number, bytes: number) =>
  Buffer.concat(Array.from({ length: count }, (_, at) => packet(at + 1, Buffer.alloc(bytes, 1))))

describe('the guard of answers', () => {
  it('lets through what fits, in whatever pieces it comes', () => {
    const answer = rows(300, 50)
    for (const size of [1, 2, 3, 5, 7, 4096]) {
      const guard = open()
      for (let at = 0; at < answer.length; at += size) expect(guard.see(answer.subarray(at, at + size))).toBeNull()
    }
  })

  it('measures each answer anew', () => {
    const guard = open()
    for (let statement = 0; statement < 20; statement++) {
      guard.begin()
      expect(guard.see(rows(1, 90_000))).toBeNull()
      guard.rest()
    }
  })

  it('stops a row by the lengths it announces, before its bytes have come', () => {
    expect(open().see(Buffer.from([0xa1, 0x86, 0x01, 1]))).toBe('packet-size')
    expect(open().see(Buffer.from([0xa0, 0x86, 0x01, 1]))).toBeNull()
  })

  it('adds up a row that comes in several packets', () => {
    const guard = makeAnswerGuard({ ...limits, packetBytes: 0xff_ffff + 10, answerBytes: 100_000_000 })
    guard.signedIn()
    guard.begin()
    expect(guard.see(Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 1]), Buffer.alloc(0xff_ffff)]))).toBeNull()
    expect(guard.see(Buffer.from([11, 0, 0, 2]))).toBe('packet-size')
  })

  it('counts rows as well as bytes', () => {
    const guard = open()
    expect(guard.see(rows(9000, 1))).toBeNull()
    const next = Buffer.concat(Array.from({ length: 1000 }, (_, at) => packet(9001 + at, Buffer.from([1]))))
    expect(guard.see(next)).toBe('answer-size')
  })

  it('notices numbers out of order within an answer, and lets each answer begin where it likes', () => {
    const guard = open()
    expect(guard.see(packet(3, Buffer.from([1])))).toBeNull()
    expect(guard.see(packet(4, Buffer.from([1])))).toBeNull()
    expect(guard.see(packet(6, Buffer.from([1])))).toBe('out-of-order')
    const around = open()
    expect(around.see(packet(255, Buffer.from([1])))).toBeNull()
    expect(around.see(packet(0, Buffer.from([1])))).toBeNull()
    around.rest()
    expect(around.see(packet(0, Buffer.from([0xff])))).toBeNull()
  })

  it('holds the sign-in to a few packets, and to none that asks for a file', () => {
    const guard = makeAnswerGuard(limits)
    expect(guard.see(rows(3, 10))).toBeNull()
    expect(guard.see(packet(9, Buffer.from([1])))).toBe('sign-in-rounds')
    expect(makeAnswerGuard(limits).see(Buffer.alloc(2001, 1))).toBe('sign-in-size')
    const split = makeAnswerGuard(limits)
    expect(split.see(Buffer.from([5, 0, 0, 2]))).toBeNull()
    expect(split.see(Buffer.from([0xfb]))).toBe('file-asked')
    const row = open()
    expect(row.see(packet(1, Buffer.from([0xfb])))).toBeNull()
  })
})

describe('the first packet of a server', () => {
  it('tells version, TLS and plugin, and waits until it is whole', () => {
    const bytes = greetingPacket({ tls: true, version: '11.8.2-MariaDB', plugin: 'caching_sha2_password' })
    for (let at = 0; at < bytes.length; at++) expect(readFirstPacket(bytes.subarray(0, at))).toBeNull()
    expect(readFirstPacket(bytes)).toEqual({
      kind: 'greeting',
      greeting: { version: '11.8.2-MariaDB', offersTls: true, plugin: 'caching_sha2_password' }
    })
    expect(readFirstPacket(greetingPacket())).toMatchObject({ greeting: { offersTls: false } })
  })
})
