import type { Kernel, KernelMessage } from '@jupyterlab/services';

import { parseJson } from '../json';
import { ProblemError } from '../problem';
import { errorText } from './errorText';

/** Asks the notebook's kernel to evaluate Java. */
export interface IKernelQuestions {
  /**
   * The value the kernel shows under `mimeType` for `code`, leaving no trace in the notebook's history.
   * Rejects with a ProblemError; after `deadlineSeconds` it stops waiting, the kernel goes on.
   */
  ask(code: string, mimeType: string, deadlineSeconds: number): Promise<unknown>;
}

export class KernelQuestions implements IKernelQuestions {
  constructor(private readonly current: () => Kernel.IKernelConnection | null) {}

  async ask(
    code: string,
    mimeType: string,
    deadlineSeconds: number
  ): Promise<unknown> {
    const kernel = this.current();
    if (kernel === null) {
      throw new ProblemError({ kind: 'kernel-gone' });
    }
    const future = kernel.requestExecute(
      {
        code,
        silent: false,
        store_history: false,
        allow_stdin: false,
        stop_on_error: false
      },
      true
    );
    let shown: unknown;
    let failure: string | null = null;
    future.onIOPub = message => {
      if (isShown(message)) {
        shown = message.content.data[mimeType] ?? shown;
      } else if (message.header.msg_type === 'error') {
        failure = errorText((message as KernelMessage.IErrorMsg).content);
      }
    };
    try {
      const reply = await settled(future, kernel, deadlineSeconds);
      if (reply.status === 'error') {
        // What the kernel displays is meant for the user; its reply may hold its own insides.
        failure ??= errorText(reply);
      }
    } finally {
      future.dispose();
    }
    if (failure !== null) {
      throw new ProblemError({ kind: 'kernel-error', text: failure });
    }
    if (shown === undefined) {
      throw new ProblemError({ kind: 'kernel-without-lathe' });
    }
    return typeof shown === 'string' ? parseJson(shown, 'the answer') : shown;
  }
}

type Execution = Kernel.IShellFuture<
  KernelMessage.IExecuteRequestMsg,
  KernelMessage.IExecuteReplyMsg
>;

function isShown(
  message: KernelMessage.IIOPubMessage
): message is KernelMessage.IExecuteResultMsg | KernelMessage.IDisplayDataMsg {
  return (
    message.header.msg_type === 'execute_result' ||
    message.header.msg_type === 'display_data'
  );
}

async function settled(
  future: Execution,
  kernel: Kernel.IKernelConnection,
  deadlineSeconds: number
): Promise<KernelMessage.IExecuteReplyMsg['content']> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onStatus: ((_: unknown, status: Kernel.Status) => void) | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new ProblemError({ kind: 'kernel-silent', seconds: deadlineSeconds })
        ),
      deadlineSeconds * 1000
    );
    onStatus = (_, status) => {
      if (status === 'dead' || status === 'restarting' || status === 'autorestarting') {
        reject(new ProblemError({ kind: 'kernel-gone' }));
      }
    };
    kernel.statusChanged.connect(onStatus);
  });
  try {
    const reply = await Promise.race([future.done, interrupted]);
    return reply.content;
  } catch (error) {
    // A future that is dropped rejects with a plain Error: its kernel connection ended.
    throw error instanceof ProblemError
      ? error
      : new ProblemError({ kind: 'kernel-gone' });
  } finally {
    clearTimeout(timer);
    if (onStatus !== undefined) {
      kernel.statusChanged.disconnect(onStatus);
    }
  }
}
