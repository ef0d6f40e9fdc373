import { expect, test } from 'vitest';

import { readinessOf } from './readiness';

const IDLE = { language: 'java', hasKernel: true, status: 'idle', connection: 'connected' };

test.each([
  ['an idle Java kernel is ready', {}, 'ready'],
  ['a connected kernel that has not told its status is ready', { status: 'unknown' }, 'ready'],
  ['the language counts in any case', { language: 'Java' }, 'ready'],
  ['another language has no button', { language: 'python' }, 'not-java'],
  ['an unknown language has no button', { language: '' }, 'not-java'],
  ['a Java notebook without a kernel waits for one', { hasKernel: false }, 'no-kernel'],
  ['a dead kernel is none', { status: 'dead' }, 'no-kernel'],
  ['a busy kernel is waited for', { status: 'busy' }, 'busy'],
  ['a restarting kernel is starting', { status: 'restarting' }, 'starting'],
  ['a kernel not yet connected is starting', { status: 'unknown', connection: 'connecting' }, 'starting'],
  ['a lost connection is told', { connection: 'disconnected' }, 'disconnected']
])('%s', (_, change, expected) => {
  expect(readinessOf({ ...IDLE, ...change })).toBe(expected);
});
