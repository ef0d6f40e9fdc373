import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IOffer, IOfferedModel } from '../kernel/offer';
import { Field, FieldProblem, IChoice, problems } from '../publish/choice';
import { LabelledField } from './labelledField';

export const FORM_ID = 'lathe-publish-form';

const DATASETS_ID = 'lathe-publish-datasets';

interface IChoiceFormProps {
  readonly offer: IOffer;
  readonly choice: IChoice;
  readonly trans: TranslationBundle;
  readonly onChange: (field: Field, value: string) => void;
  readonly onSubmit: () => void;
}

/** Which model, under which name, judged on what. Broken fields are told when the form is submitted or left. */
export function ChoiceForm(props: IChoiceFormProps): React.ReactElement {
  const { offer, choice, trans, onChange, onSubmit } = props;
  const [touched, setTouched] = React.useState<readonly Field[]>([]);
  const broken = problems(choice, offer);
  const told = (field: Field): string | null => {
    const problem = broken[field];
    return problem !== undefined && touched.includes(field)
      ? fieldWords(field, problem, trans)
      : null;
  };
  const touch = (...fields: Field[]) => setTouched([...touched, ...fields]);
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    touch('variable', 'name', 'evaluatedOn');
    const first = (['variable', 'name', 'evaluatedOn'] as const).find(field => field in broken);
    if (first === undefined) {
      onSubmit();
    } else {
      const field = event.currentTarget.elements.namedItem(first);
      if (field instanceof HTMLElement) {
        field.focus();
      }
    }
  };
  const input = (field: Exclude<Field, 'variable'>, datalist?: string) => (
    <LabelledField
      name={field}
      label={fieldLabel(field, trans)}
      hint={fieldHint(field, trans)}
      problem={told(field)}
      control={described => (
        <input
          {...described}
          className="jp-mod-styled"
          value={choice[field]}
          list={datalist}
          autoComplete="off"
          spellCheck={false}
          autoFocus={field === 'name'}
          onFocus={event => event.target.select()}
          onChange={event => onChange(field, event.target.value)}
          onBlur={() => touch(field)}
        />
      )}
    />
  );
  return (
    <form id={FORM_ID} onSubmit={submit} noValidate>
      <LabelledField
        name="variable"
        label={fieldLabel('variable', trans)}
        hint={null}
        problem={told('variable')}
        control={described => (
          <div className="jp-select-wrapper">
            <select
              {...described}
              className="jp-mod-styled"
              value={choice.variable}
              onChange={event => onChange('variable', event.target.value)}
            >
              {offer.models.map(model => (
                <option key={model.variable} value={model.variable}>
                  {modelWords(model, trans)}
                </option>
              ))}
            </select>
          </div>
        )}
      />
      {input('name')}
      {input('evaluatedOn', DATASETS_ID)}
      <datalist id={DATASETS_ID}>
        {offer.datasets.map(dataset => (
          <option key={dataset} value={dataset} />
        ))}
      </datalist>
      <p className="lathe-Note">
        {trans.__(
          'The kernel packs the model with the input it accepts and uploads it. Lathe opens it in a process of its own and evaluates it beside the version in production, on the same data. It goes into production if it is not worse; else it is held back and callers notice nothing.'
        )}
      </p>
    </form>
  );
}

function modelWords(model: IOfferedModel, trans: TranslationBundle): string {
  return model.labels.length === 0
    ? trans.__('%1: %2', model.variable, model.type)
    : trans.__('%1: %2 (%3)', model.variable, model.type, model.labels.join(', '));
}

function fieldLabel(field: Field, trans: TranslationBundle): string {
  switch (field) {
    case 'variable':
      return trans.__('Model');
    case 'name':
      return trans.__('Name in the registry');
    case 'evaluatedOn':
      return trans.__('Judged on');
  }
}

function fieldHint(field: Field, trans: TranslationBundle): string | null {
  switch (field) {
    case 'variable':
      return null;
    case 'name':
      return trans.__('Publishing under the name of a model there is makes a new version of it.');
    case 'evaluatedOn':
      return trans.__('A dataset version the model was not trained on.');
  }
}

function fieldWords(field: Field, problem: FieldProblem, trans: TranslationBundle): string {
  if (field === 'variable') {
    return trans.__('The kernel offers no model under this variable any more.');
  }
  if (field === 'name') {
    return problem === 'missing'
      ? trans.__('Give the model a name.')
      : trans.__(
          'A name begins with a small letter and goes on with small letters, digits, - or _; at most 63.'
        );
  }
  return problem === 'missing'
    ? trans.__('Name a dataset version, like penguins-test@v1.')
    : trans.__('Name a fixed version, like penguins-test@v1, so that the verdict can be repeated.');
}
