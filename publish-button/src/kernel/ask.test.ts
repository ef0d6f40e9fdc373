import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { KernelQuestions } from './ask';

type Content = { [key: string]: unknown };

/** A kernel connection that answers what a test tells it to. */
class ScriptedKernel {
  readonly statusChanged = new Signal<this, Kernel.Status>(this);
  request: KernelMessage.IExecuteRequestMsg['content'] | null = null;
  disposed = false;
  private show: (message: KernelMessage.IIOPubMessage) => void = () => undefined;
  private settle: { resolve(reply: unknown): void; reject(error: Error): void } | null = null;

  requestExecute(content: KernelMessage.IExecuteRequestMsg['content']): unknown {
    this.request = content;
    const kernel = this;
    return {
      set onIOPub(show: (message: KernelMessage.IIOPubMessage) => void) {
        kernel.show = show;
      },
      done: new Promise((resolve, reject) => {
        this.settle = { resolve, reject };
      }),
      dispose: () => void (this.disposed = true)
    };
  }

  publish(type: string, content: Content): void {
    this.show({ header: { msg_type: type }, content } as unknown as KernelMessage.IIOPubMessage);
  }

  reply(content: Content): void {
    this.settle?.resolve({ content });
  }

  drop(): void {
    this.settle?.reject(new Error('Canceled future'));
  }
}

function ask(kernel: ScriptedKernel): Promise<unknown> {
  const connection = kernel as unknown as Kernel.IKernelConnection;
  return new KernelQuestions(() => connection).ask('code()', 'a/b', 30);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the value shown under the type is the answer, and the notebook keeps no trace', async () => {
  const kernel = new ScriptedKernel();
  const answer = ask(kernel);
  kernel.publish('stream', { name: 'stdout', text: 'noise' });
  kernel.publish('execute_result', { data: { 'text/plain': 'x', 'a/b': { id: 'p1' } } });
  kernel.reply({ status: 'ok' });
  expect(await answer).toEqual({ id: 'p1' });
  expect(kernel.request).toEqual({
    code: 'code()',
    silent: false,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false
  });
  expect(kernel.disposed).toBe(true);
});

test('a value sent as a text of JSON is read', async () => {
  const kernel = new ScriptedKernel();
  const answer = ask(kernel);
  kernel.publish('display_data', { data: { 'a/b': '{"id":"p1"}' } });
  kernel.reply({ status: 'ok' });
  expect(await answer).toEqual({ id: 'p1' });
});

test('the error the kernel displays is told, not the insides of its reply', async () => {
  const kernel = new ScriptedKernel();
  const answer = ask(kernel);
  kernel.publish('error', { ename: 'E', evalue: 'v', traceback: ['No such data.'] });
  kernel.reply({ status: 'error', ename: 'E', evalue: 'v', traceback: ['at kernel.Loop'] });
  await expect(answer).rejects.toMatchObject({
    problem: { kind: 'kernel-error', text: 'No such data.' }
  });
});

test('an error that is only replied is told', async () => {
  const kernel = new ScriptedKernel();
  const answer = ask(kernel);
  kernel.reply({ status: 'error', ename: 'E', evalue: 'v', traceback: [] });
  await expect(answer).rejects.toMatchObject({ problem: { kind: 'kernel-error', text: 'E: v' } });
});

test('an answer without the type comes from a kernel without Lathe', async () => {
  const kernel = new ScriptedKernel();
  const answer = ask(kernel);
  kernel.publish('execute_result', { data: { 'text/plain': 'x' } });
  kernel.reply({ status: 'ok' });
  await expect(answer).rejects.toMatchObject({ problem: { kind: 'kernel-without-lathe' } });
});

test('a kernel that dies, restarts or drops the question is gone', async () => {
  for (const end of [
    (kernel: ScriptedKernel) => kernel.statusChanged.emit('dead'),
    (kernel: ScriptedKernel) => kernel.statusChanged.emit('restarting'),
    (kernel: ScriptedKernel) => kernel.drop()
  ]) {
    const kernel = new ScriptedKernel();
    const answer = ask(kernel);
    end(kernel);
    await expect(answer).rejects.toMatchObject({ problem: { kind: 'kernel-gone' } });
  }
});

test('a kernel that stays silent is not waited for longer than agreed', async () => {
  const kernel = new ScriptedKernel();
  const answer = expect(ask(kernel)).rejects.toMatchObject({
    problem: { kind: 'kernel-silent', seconds: 30 }
  });
  await vi.advanceTimersByTimeAsync(30_000);
  await answer;
  expect(kernel.disposed).toBe(true);
});

test('without a kernel nothing is asked', async () => {
  await expect(new KernelQuestions(() => null).ask('c', 'a/b', 30)).rejects.toMatchObject({
    problem: { kind: 'kernel-gone' }
  });
});
