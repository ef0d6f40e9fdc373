import type { IOffer, IOfferedModel } from '../kernel/offer';

/** What the user decided to publish. */
export interface IChoice {
  readonly variable: string;
  /** The model's name in the registry. */
  readonly name: string;
  /** The dataset version it is judged on, like `penguins-test@v1`. */
  readonly evaluatedOn: string;
}

export type Field = keyof IChoice;

/** What is wrong with a field. */
export type FieldProblem = 'missing' | 'malformed' | 'unknown';

const NAME = /^[a-z][a-z0-9_-]{0,62}$/;
const FIXED_VERSION = /^[a-z][a-z0-9_-]{0,62}@v[1-9][0-9]{0,8}$/;

/** The choice a user most likely wants, or null where nothing is offered. */
export function defaultChoice(offer: IOffer): IChoice | null {
  const model = offer.models[offer.models.length - 1];
  return model === undefined ? null : choiceOf(model, offer);
}

/** The choice after one field was changed: another model brings its own defaults. */
export function changed(
  choice: IChoice,
  field: Field,
  value: string,
  offer: IOffer
): IChoice {
  const model =
    field === 'variable'
      ? offer.models.find(each => each.variable === value)
      : undefined;
  return model === undefined
    ? { ...choice, [field]: value }
    : choiceOf(model, offer);
}

/** The broken fields of a choice; empty when it can be published. */
export function problems(
  choice: IChoice,
  offer: IOffer
): Partial<Record<Field, FieldProblem>> {
  const found: Partial<Record<Field, FieldProblem>> = {};
  if (!offer.models.some(model => model.variable === choice.variable)) {
    found.variable = 'unknown';
  }
  const name = textProblem(choice.name, NAME);
  if (name !== null) {
    found.name = name;
  }
  const evaluatedOn = textProblem(choice.evaluatedOn, FIXED_VERSION);
  if (evaluatedOn !== null) {
    found.evaluatedOn = evaluatedOn;
  }
  return found;
}

function choiceOf(model: IOfferedModel, offer: IOffer): IChoice {
  return {
    variable: model.variable,
    name: model.name || offer.project,
    evaluatedOn: model.evaluatedOn || (offer.datasets[0] ?? '')
  };
}

function textProblem(value: string, pattern: RegExp): FieldProblem | null {
  if (value === '') {
    return 'missing';
  }
  return pattern.test(value) ? null : 'malformed';
}
