import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Problem, ProblemError } from '../problem';
import { IEventStream, IFollowSource, PublicationFollower } from './follow';
import { IPublication, IStep, readPublication } from './publication';

class ScriptedStream implements IEventStream {
  readyState = 1;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  private listener: (event: MessageEvent) => void = () => undefined;

  addEventListener(_: string, listener: (event: MessageEvent) => void): void {
    this.listener = listener;
  }

  close(): void {
    this.readyState = 2;
  }

  send(state: string, message = ''): void {
    this.sendText(JSON.stringify({ at: '2026-01-01T00:00:00Z', state, message }));
  }

  sendText(data: string): void {
    this.listener(new MessageEvent('step', { data }));
  }

  fail(): void {
    this.onerror?.(new Event('error'));
  }
}

class Follow {
  readonly stream = new ScriptedStream();
  readonly told: IStep[] = [];
  ended: IPublication | null = null;
  lost: Problem | null = null;
  answers: (string | Problem)[] = [];
  asked = 0;
  readonly follower: PublicationFollower;

  constructor() {
    const source: IFollowSource = {
      openEvents: () => this.stream,
      load: async () => {
        this.asked++;
        const answer = this.answers.shift();
        if (typeof answer !== 'string') {
          throw new ProblemError(answer ?? { kind: 'network' });
        }
        return readPublication({ id: 'p1', state: answer });
      }
    };
    this.follower = new PublicationFollower(source, {
      stepped: step => this.told.push(step),
      ended: publication => (this.ended = publication),
      lost: problem => (this.lost = problem)
    });
  }

  states(): string[] {
    return this.told.map(step => step.state);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('steps are told as they come and the end is read back', async () => {
  const follow = new Follow();
  follow.answers = ['done'];
  follow.stream.send('verifying', 'Opening');
  follow.stream.send('judging', 'Evaluating');
  follow.stream.send('done', 'Promoted');
  await vi.advanceTimersByTimeAsync(0);
  expect(follow.states()).toEqual(['verifying', 'judging', 'done']);
  expect(follow.ended?.state).toBe('done');
  expect(follow.stream.readyState).toBe(2);
});

test('what a resumed stream replays is told once', () => {
  const follow = new Follow();
  follow.stream.send('verifying', 'Opening');
  follow.stream.fail();
  follow.stream.onopen?.(new Event('open'));
  follow.stream.send('verifying', 'Opening');
  follow.stream.send('verifying', 'Predicting samples');
  expect(follow.told).toHaveLength(2);
  follow.follower.dispose();
});

test('a stream that stays away is replaced by asking', async () => {
  const follow = new Follow();
  follow.answers = ['verifying', 'judging', 'done'];
  follow.stream.fail();
  follow.stream.fail();
  expect(follow.asked).toBe(0);
  follow.stream.fail();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(follow.states()).toEqual(['verifying', 'judging', 'done']);
  expect(follow.ended).not.toBeNull();
});

test('a refused stream is replaced by asking at once', async () => {
  const follow = new Follow();
  follow.answers = ['done'];
  follow.stream.readyState = 2;
  follow.stream.fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(follow.ended).not.toBeNull();
});

test('an event that is no step leads to asking', async () => {
  const follow = new Follow();
  follow.answers = ['done'];
  follow.stream.sendText('<html>');
  await vi.advanceTimersByTimeAsync(0);
  expect(follow.ended).not.toBeNull();
});

test('a network that stays away ends in unknown, not in failure', async () => {
  const follow = new Follow();
  follow.stream.readyState = 2;
  follow.stream.fail();
  await vi.advanceTimersByTimeAsync(8_000);
  expect(follow.asked).toBe(5);
  expect(follow.lost).toEqual({ kind: 'network' });
});

test('a short loss of the network is forgiven', async () => {
  const follow = new Follow();
  follow.answers = [{ kind: 'network' }, { kind: 'network' }, 'done'];
  follow.stream.readyState = 2;
  follow.stream.fail();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(follow.ended).not.toBeNull();
});

test('an ended login is told at once', async () => {
  const follow = new Follow();
  follow.answers = [{ kind: 'signed-out' }];
  follow.stream.readyState = 2;
  follow.stream.fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(follow.lost).toEqual({ kind: 'signed-out' });
});

test('ten minutes without news end in unknown', async () => {
  const follow = new Follow();
  follow.stream.send('judging', 'Evaluating');
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(follow.lost).toEqual({ kind: 'no-news', minutes: 10 });
});

test('a disposed follower says nothing more', async () => {
  const follow = new Follow();
  follow.follower.dispose();
  follow.stream.send('judging', 'Evaluating');
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(follow.told).toEqual([]);
  expect(follow.lost).toBeNull();
});
