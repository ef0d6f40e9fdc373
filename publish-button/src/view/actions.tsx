import * as React from 'react';

/** A button of the dialog: it runs something, or submits the form with that id. */
export interface IAction {
  readonly label: string;
  readonly run?: () => void;
  readonly form?: string;
}

/** The dialog's buttons; the last is the main one and takes the focus where no form does. */
export function Actions({
  actions
}: {
  readonly actions: readonly IAction[];
}): React.ReactElement {
  return (
    <div className="lathe-PublishDialog-actions">
      {actions.map((action, index) => (
        <ActionButton
          key={action.label}
          action={action}
          main={index === actions.length - 1}
        />
      ))}
    </div>
  );
}

function ActionButton({
  action,
  main
}: {
  readonly action: IAction;
  readonly main: boolean;
}): React.ReactElement {
  const style = main ? 'jp-mod-accept' : 'jp-mod-reject';
  return (
    <button
      type={action.form === undefined ? 'button' : 'submit'}
      form={action.form}
      className={`jp-Dialog-button jp-mod-styled ${style}`}
      autoFocus={main && action.form === undefined}
      onClick={action.run}
    >
      {action.label}
    </button>
  );
}
