import { IDisposable } from '@lumino/disposable';

import { parseJson } from '../json';
import { Problem, problemOf } from '../problem';
import { IPublication, IStep, isLast, readStep } from './publication';

const POLL_MILLISECONDS = 2_000;
const FAILURES_BEFORE_LOST = 5;
const ERRORS_BEFORE_POLLING = 3;
const MINUTES_WITHOUT_NEWS = 10;

/** What of an EventSource is used here. */
export interface IEventStream {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  close(): void;
}

export interface IFollowSource {
  load(): Promise<IPublication>;
  openEvents(): IEventStream;
}

export interface IFollowListener {
  /** A step, each once, in order. */
  stepped(step: IStep): void;
  /** The publication ended; the last call. */
  ended(publication: IPublication): void;
  /** Nothing more can be learnt now, the publication may go on; the last call. */
  lost(problem: Problem): void;
}

const CLOSED = 2;

/**
 * Follows one publication: by the event stream, which resumes by itself after a short loss, and by asking every two seconds where no
 * stream can be held. What ends it is always the publication itself, read back, not the event that announced it.
 */
export class PublicationFollower implements IDisposable {
  private readonly seen = new Set<string>();
  private stream: IEventStream | null;
  private streamErrors = 0;
  private failures = 0;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  private over = false;

  constructor(
    private readonly source: IFollowSource,
    private readonly listener: IFollowListener
  ) {
    this.heard();
    this.stream = source.openEvents();
    this.stream.onopen = () => {
      this.streamErrors = 0;
    };
    this.stream.onerror = () => this.streamFailed();
    this.stream.addEventListener('step', event => this.received(event));
  }

  get isDisposed(): boolean {
    return this.over;
  }

  dispose(): void {
    this.over = true;
    this.closeStream();
    clearTimeout(this.pollTimer);
    clearTimeout(this.silenceTimer);
  }

  private received(event: MessageEvent): void {
    try {
      this.tell(readStep(parseJson(String(event.data), 'a step')));
    } catch {
      this.poll();
    }
  }

  private streamFailed(): void {
    this.streamErrors++;
    const gone = this.stream?.readyState === CLOSED;
    if (gone || this.streamErrors >= ERRORS_BEFORE_POLLING) {
      this.poll();
    }
  }

  /** From here on asks instead of listening. */
  private poll(): void {
    if (this.over || this.stream === null) {
      return;
    }
    this.closeStream();
    void this.ask();
  }

  private async ask(): Promise<void> {
    try {
      const publication = await this.source.load();
      if (this.over) {
        return;
      }
      this.failures = 0;
      this.tell({ at: '', state: publication.state, message: '' });
      if (isLast(publication.state)) {
        this.dispose();
        this.listener.ended(publication);
        return;
      }
    } catch (error) {
      if (this.over) {
        return;
      }
      this.failures++;
      const problem = problemOf(error);
      if (problem.kind !== 'network' || this.failures >= FAILURES_BEFORE_LOST) {
        this.lose(problem);
        return;
      }
    }
    this.pollTimer = setTimeout(() => void this.ask(), POLL_MILLISECONDS);
  }

  private tell(step: IStep): void {
    if (this.over) {
      return;
    }
    // A resumed stream replays, and an answer repeats the state the stream told last: neither is news.
    const key = step.message === '' ? step.state : `${step.state} ${step.message}`;
    if (!this.seen.has(key)) {
      this.heard();
      this.listener.stepped(step);
    }
    this.seen.add(key).add(step.state);
    if (isLast(step.state)) {
      this.poll();
    }
  }

  private heard(): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(
      () => this.lose({ kind: 'no-news', minutes: MINUTES_WITHOUT_NEWS }),
      MINUTES_WITHOUT_NEWS * 60_000
    );
  }

  private lose(problem: Problem): void {
    this.dispose();
    this.listener.lost(problem);
  }

  private closeStream(): void {
    this.stream?.close();
    this.stream = null;
  }
}
