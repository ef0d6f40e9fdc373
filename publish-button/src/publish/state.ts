import type { IOffer } from '../kernel/offer';
import type { Problem } from '../problem';
import { IPublication, IStep } from '../project/publication';
import { changed, defaultChoice, Field, IChoice } from './choice';

/** Where one publish stands. */
export type PublishState =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'empty' }
  | { readonly at: 'choosing'; readonly offer: IOffer; readonly choice: IChoice }
  | { readonly at: 'building'; readonly offer: IOffer; readonly choice: IChoice }
  | {
      readonly at: 'not-started';
      readonly offer: IOffer;
      readonly choice: IChoice;
      readonly problem: Problem;
    }
  | { readonly at: 'unknown-start'; readonly choice: IChoice; readonly problem: Problem }
  | (IStarted & { readonly at: 'following' })
  | (IStarted & { readonly at: 'unknown'; readonly problem: Problem })
  | (IStarted & { readonly at: 'ended'; readonly publication: IPublication });

export interface IStarted {
  readonly choice: IChoice;
  readonly id: string;
  readonly steps: readonly IStep[];
}

export type PublishEvent =
  | { readonly type: 'asked' }
  | { readonly type: 'offered'; readonly offer: IOffer }
  | { readonly type: 'chose'; readonly field: Field; readonly value: string }
  | { readonly type: 'submitted' }
  | { readonly type: 'reconsidered' }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'stepped'; readonly step: IStep }
  | { readonly type: 'looked-again' }
  | { readonly type: 'ended'; readonly publication: IPublication }
  | { readonly type: 'failed'; readonly problem: Problem };

/** The next state; an event that does not fit where the publish stands changes nothing. */
export function next(state: PublishState, event: PublishEvent): PublishState {
  switch (event.type) {
    case 'asked':
      return { at: 'asking' };
    case 'offered':
      return state.at === 'asking' ? offered(event.offer) : state;
    case 'chose':
      return state.at === 'choosing'
        ? {
            ...state,
            choice: changed(state.choice, event.field, event.value, state.offer)
          }
        : state;
    case 'submitted':
      return state.at === 'choosing' ? { ...state, at: 'building' } : state;
    case 'reconsidered':
      return state.at === 'not-started'
        ? { at: 'choosing', offer: state.offer, choice: state.choice }
        : state;
    case 'started':
      return state.at === 'building'
        ? { at: 'following', choice: state.choice, id: event.id, steps: [] }
        : state;
    case 'stepped':
      return state.at === 'following'
        ? { ...state, steps: [...state.steps, event.step] }
        : state;
    case 'looked-again':
      return state.at === 'unknown' ? following(state) : state;
    case 'ended':
      return state.at === 'following'
        ? { ...state, at: 'ended', publication: event.publication }
        : state;
    case 'failed':
      return failed(state, event.problem);
  }
}

/** Whether something goes on that closing the dialog would not stop. */
export function goesOn(state: PublishState): boolean {
  return state.at === 'building' || state.at === 'following';
}

function offered(offer: IOffer): PublishState {
  const choice = defaultChoice(offer);
  return choice === null ? { at: 'empty' } : { at: 'choosing', offer, choice };
}

/** The steps are told again from the first, by a stream that replays. */
function following(from: IStarted): PublishState {
  return { at: 'following', choice: from.choice, id: from.id, steps: [] };
}

function failed(state: PublishState, problem: Problem): PublishState {
  switch (state.at) {
    case 'asking':
      return { at: 'refused', problem };
    case 'building':
      // Only the kernel's own error says that nothing was started; a lost answer says nothing.
      return problem.kind === 'kernel-error'
        ? { ...state, at: 'not-started', problem }
        : { at: 'unknown-start', choice: state.choice, problem };
    case 'following':
      return { ...state, at: 'unknown', problem };
    default:
      return state;
  }
}
