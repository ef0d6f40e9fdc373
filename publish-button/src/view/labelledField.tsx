import * as React from 'react';

/** What ties a control to its label, hint and problem. */
export interface IDescribed {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

interface ILabelledFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly problem: string | null;
  readonly control: (described: IDescribed) => React.ReactNode;
}

export function LabelledField(props: ILabelledFieldProps): React.ReactElement {
  const { name, label, hint, problem, control } = props;
  const id = `lathe-publish-${name}`;
  const describedBy = `${id}-more`;
  return (
    <div className="lathe-Field">
      <label htmlFor={id}>{label}</label>
      {control({
        id,
        name,
        'aria-invalid': problem !== null,
        'aria-describedby': describedBy
      })}
      <div id={describedBy} className={problem === null ? 'lathe-Hint' : 'lathe-FieldProblem'}>
        {problem ?? hint}
      </div>
    </div>
  );
}
