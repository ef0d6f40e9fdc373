import { expect, test } from 'vitest';

import type { IKernelQuestions } from '../kernel/ask';
import { ProblemError } from '../problem';
import type { IFollowListener } from '../project/follow';
import { readPublication } from '../project/publication';
import type { IPublications } from '../project/publications';
import { PublishSession } from './session';

const OFFER = {
  models: [
    { variable: 'model', type: 'T', labels: [], name: 'penguins', evaluatedOn: 'test@v1' }
  ],
  datasets: [],
  project: 'penguins'
};

class ScriptedKernel implements IKernelQuestions {
  readonly asked: string[] = [];

  constructor(private readonly answers: unknown[]) {}

  async ask(code: string): Promise<unknown> {
    this.asked.push(code);
    const answer = this.answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }
}

class ScriptedPublications implements IPublications {
  readonly followed: string[] = [];
  readonly cancelled: string[] = [];
  tooLate = false;
  stopped = 0;
  listener: IFollowListener | null = null;

  follow(id: string, listener: IFollowListener) {
    this.followed.push(id);
    this.listener = listener;
    return { isDisposed: false, dispose: () => void this.stopped++ };
  }

  async cancel(id: string): Promise<void> {
    this.cancelled.push(id);
    if (this.tooLate) {
      throw new ProblemError({ kind: 'refused', status: 409, text: 'It is switching.' });
    }
  }
}

test('the kernel is asked twice and the publication followed by its id', async () => {
  const kernel = new ScriptedKernel([OFFER, { id: 'p1' }]);
  const publications = new ScriptedPublications();
  const session = new PublishSession(kernel, publications);
  await session.ask();
  await session.publish();
  expect(kernel.asked).toEqual([
    'io.lathe.kernel.Lathe.publishable()',
    'io.lathe.kernel.Lathe.publish("model", "penguins", "test@v1")'
  ]);
  expect(publications.followed).toEqual(['p1']);
  publications.listener?.ended(readPublication({ id: 'p1', state: 'done' }));
  expect(session.state.at).toBe('ended');
});

test('a publication that goes on can be cancelled, one that ended cannot', async () => {
  const publications = new ScriptedPublications();
  const session = new PublishSession(new ScriptedKernel([OFFER, { id: 'p1' }]), publications);
  await session.ask();
  await session.publish();
  await session.cancel();
  expect(publications.cancelled).toEqual(['p1']);
  publications.listener?.ended(readPublication({ id: 'p1', state: 'cancelled' }));
  await session.cancel();
  expect(publications.cancelled).toEqual(['p1']);
  expect(session.state.at).toBe('ended');
});

test('too late to cancel is told among the steps', async () => {
  const publications = new ScriptedPublications();
  publications.tooLate = true;
  const session = new PublishSession(new ScriptedKernel([OFFER, { id: 'p1' }]), publications);
  await session.ask();
  await session.publish();
  await session.cancel();
  const state = session.state;
  expect(state.at === 'following' && state.steps.at(-1)?.message).toBe('It is switching.');
});

test('a broken choice never reaches the kernel', async () => {
  const kernel = new ScriptedKernel([OFFER]);
  const session = new PublishSession(kernel, new ScriptedPublications());
  await session.ask();
  session.choose('name', 'No Good');
  await session.publish();
  expect(session.state.at).toBe('choosing');
  expect(kernel.asked).toHaveLength(1);
});

test('an answer without an id leaves the start unknown', async () => {
  const session = new PublishSession(
    new ScriptedKernel([OFFER, { no: 'id' }]),
    new ScriptedPublications()
  );
  await session.ask();
  await session.publish();
  expect(session.state).toMatchObject({
    at: 'unknown-start',
    problem: { kind: 'unexpected-reply' }
  });
});

test("the kernel's refusal to list models is shown", async () => {
  const session = new PublishSession(
    new ScriptedKernel([new ProblemError({ kind: 'kernel-error', text: 'no such class' })]),
    new ScriptedPublications()
  );
  await session.ask();
  expect(session.state).toEqual({
    at: 'refused',
    problem: { kind: 'kernel-error', text: 'no such class' }
  });
});

test('looking again follows the same publication', async () => {
  const publications = new ScriptedPublications();
  const session = new PublishSession(new ScriptedKernel([OFFER, { id: 'p1' }]), publications);
  await session.ask();
  await session.publish();
  publications.listener?.lost({ kind: 'network' });
  expect(session.state.at).toBe('unknown');
  session.lookAgain();
  expect(session.state.at).toBe('following');
  expect(publications.followed).toEqual(['p1', 'p1']);
});

test('a disposed session stops watching and changes no more', async () => {
  const publications = new ScriptedPublications();
  const session = new PublishSession(new ScriptedKernel([OFFER, { id: 'p1' }]), publications);
  await session.ask();
  await session.publish();
  session.dispose();
  publications.listener?.lost({ kind: 'network' });
  expect(session.state.at).toBe('following');
  expect(publications.stopped).toBe(1);
});
