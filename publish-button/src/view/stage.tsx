import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PublishSession } from '../publish/session';
import type { PublishState } from '../publish/state';
import { Actions, IAction } from './actions';
import { ChoiceForm, FORM_ID } from './choiceForm';
import { ProblemText } from './problemText';
import { Steps } from './steps';
import { Verdict } from './verdict';
import { headline } from './words';

interface IStageProps {
  readonly session: PublishSession;
  readonly state: PublishState;
  readonly trans: TranslationBundle;
  readonly close: () => void;
}

/** What the dialog shows where a publish stands, and what can be done there. */
export function Stage(props: IStageProps): React.ReactElement {
  const { state, trans } = props;
  return (
    <>
      <h2 className="lathe-PublishDialog-title" role="status">
        {headline(state, trans)}
      </h2>
      <div className="lathe-PublishDialog-content">{content(props)}</div>
      <Actions key={state.at} actions={actions(props)} />
    </>
  );
}

function content({ session, state, trans }: IStageProps): React.ReactNode {
  switch (state.at) {
    case 'asking':
      return <progress aria-label={headline(state, trans)} />;
    case 'refused':
      return <ProblemText problem={state.problem} trans={trans} />;
    case 'empty':
      return <NoModels trans={trans} />;
    case 'choosing':
      return (
        <ChoiceForm
          offer={state.offer}
          choice={state.choice}
          trans={trans}
          onChange={(field, value) => session.choose(field, value)}
          onSubmit={() => void session.publish()}
        />
      );
    case 'building':
      return (
        <>
          <progress aria-label={headline(state, trans)} />
          <GoesOn trans={trans} />
        </>
      );
    case 'not-started':
      return <ProblemText problem={state.problem} trans={trans} />;
    case 'unknown-start':
      return (
        <>
          <ProblemText problem={state.problem} trans={trans} />
          <p>
            {trans.__(
              'If the bundle was uploaded, it is being judged now: the page of the model %1 in the workbench shows it. Look there before you publish again.',
              state.choice.name
            )}
          </p>
        </>
      );
    case 'following':
      return (
        <>
          <Steps steps={state.steps} going={true} trans={trans} />
          <GoesOn trans={trans} />
        </>
      );
    case 'unknown':
      return (
        <>
          <Steps steps={state.steps} going={false} trans={trans} />
          <ProblemText problem={state.problem} trans={trans} />
          <p>
            {trans.__(
              'The publication itself may go on. Its id is %1; look again by it here, or see the page of the model in the workbench.',
              state.id
            )}
          </p>
        </>
      );
    case 'ended':
      return (
        <>
          <Verdict publication={state.publication} trans={trans} />
          <Steps steps={state.steps} going={false} trans={trans} />
        </>
      );
  }
}

function actions({ session, state, trans, close }: IStageProps): readonly IAction[] {
  const cancel = { label: trans.__('Cancel'), run: close };
  const leave = { label: trans.__('Close'), run: close };
  switch (state.at) {
    case 'choosing':
      return [cancel, { label: trans.__('Publish'), form: FORM_ID }];
    case 'asking':
      return [cancel];
    case 'refused':
    case 'empty':
      return [leave, { label: trans.__('Look again'), run: () => void session.ask() }];
    case 'following':
      return [
        { label: trans.__('Cancel the publication'), run: () => void session.cancel() },
        leave
      ];
    case 'not-started':
      return [leave, { label: trans.__('Back'), run: () => session.reconsider() }];
    case 'unknown':
      return [leave, { label: trans.__('Look again'), run: () => session.lookAgain() }];
    default:
      return [leave];
  }
}

function GoesOn({ trans }: { readonly trans: TranslationBundle }): React.ReactElement {
  return (
    <p className="lathe-Note">
      {trans.__('Closing this window does not stop the publication.')}
    </p>
  );
}

function NoModels({ trans }: { readonly trans: TranslationBundle }): React.ReactElement {
  return (
    <>
      <p>
        {trans.__(
          'No variable of this notebook holds a trained model. Train one in a cell, run it, and look again:'
        )}
      </p>
      <pre className="lathe-Code">
        {'var data = Lathe.data("penguins@v1");\n' +
          'var features = Features.classify("species").numeric("bill_length_mm");\n' +
          'var model = new LogisticRegressionTrainer()\n' +
          '    .train(Lathe.trainingSet(features, data.table(), data));'}
      </pre>
      <p>
        {trans.__('The notebook of the template "tabular-classification" shows it whole.')}
      </p>
    </>
  );
}
