import { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { IKernelQuestions } from '../kernel/ask';
import { MODELS_TYPE, readOffer } from '../kernel/offer';
import {
  PUBLICATION_TYPE,
  PUBLISHABLE,
  publishCode,
  readPublicationId
} from '../kernel/questions';
import { Problem, problemOf } from '../problem';
import type { IPublications } from '../project/publications';
import { Field, problems } from './choice';
import { next, PublishEvent, PublishState } from './state';

/** What the workbench said; its other problems speak for themselves. */
function problemText(problem: Problem): string {
  return problem.kind === 'refused' ? problem.text : '';
}

const OFFER_SECONDS = 30;
const BUILD_SECONDS = 300;

/** One publish of a notebook, from the question to the verdict; it lives on while no dialog shows it. */
export class PublishSession implements IDisposable {
  private current: PublishState = { at: 'asking' };
  private following: IDisposable | null = null;
  private disposed = false;
  private readonly changes = new Signal<this, PublishState>(this);

  constructor(
    private readonly kernel: IKernelQuestions,
    private readonly publications: IPublications
  ) {}

  get state(): PublishState {
    return this.current;
  }

  get stateChanged(): ISignal<this, PublishState> {
    return this.changes;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Asks the kernel what can be published. */
  async ask(): Promise<void> {
    this.apply({ type: 'asked' });
    try {
      const answer = await this.kernel.ask(PUBLISHABLE, MODELS_TYPE, OFFER_SECONDS);
      this.apply({ type: 'offered', offer: readOffer(answer) });
    } catch (error) {
      this.apply({ type: 'failed', problem: problemOf(error) });
    }
  }

  choose(field: Field, value: string): void {
    this.apply({ type: 'chose', field, value });
  }

  /** Has the kernel build and upload the bundle, then follows the publication. Does nothing while the choice is broken. */
  async publish(): Promise<void> {
    const state = this.current;
    if (
      state.at !== 'choosing' ||
      Object.keys(problems(state.choice, state.offer)).length > 0
    ) {
      return;
    }
    this.apply({ type: 'submitted' });
    const { variable, name, evaluatedOn } = state.choice;
    try {
      const code = publishCode(variable, name, evaluatedOn);
      const answer = await this.kernel.ask(code, PUBLICATION_TYPE, BUILD_SECONDS);
      const id = readPublicationId(answer);
      this.apply({ type: 'started', id });
      this.follow(id);
    } catch (error) {
      this.apply({ type: 'failed', problem: problemOf(error) });
    }
  }

  /** Back to the form, with what was chosen. */
  reconsider(): void {
    this.apply({ type: 'reconsidered' });
  }

  /** Follows a publication again that was lost sight of. */
  lookAgain(): void {
    if (this.current.at === 'unknown') {
      const { id } = this.current;
      this.apply({ type: 'looked-again' });
      this.follow(id);
    }
  }

  /** Cancels the publication that is followed; too late for that, it goes on and its end is told as ever. */
  async cancel(): Promise<void> {
    if (this.current.at === 'following') {
      try {
        await this.publications.cancel(this.current.id);
      } catch (error) {
        this.apply({
          type: 'stepped',
          step: {
            at: '',
            state: 'not-cancelled',
            message: problemText(problemOf(error))
          }
        });
      }
    }
  }

  /** Stops watching; the publication itself goes on. */
  dispose(): void {
    this.disposed = true;
    this.following?.dispose();
    Signal.clearData(this);
  }

  private follow(id: string): void {
    if (this.disposed) {
      return;
    }
    this.following?.dispose();
    this.following = this.publications.follow(id, {
      stepped: step => this.apply({ type: 'stepped', step }),
      ended: publication => this.apply({ type: 'ended', publication }),
      lost: problem => this.apply({ type: 'failed', problem })
    });
  }

  private apply(event: PublishEvent): void {
    const state = next(this.current, event);
    if (this.disposed || state === this.current) {
      return;
    }
    this.current = state;
    this.changes.emit(state);
  }
}
