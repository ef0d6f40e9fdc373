import { list, optional, optionalText, record, text, texts } from '../json';

export const MODELS_TYPE = 'application/vnd.lathe.models+json';

/** A trained model that lives in a variable of the notebook. */
export interface IOfferedModel {
  readonly variable: string;
  readonly type: string;
  /** What it answers; empty for a model that answers numbers. */
  readonly labels: readonly string[];
  /** The registry's name it would have; empty where the kernel knows none. */
  readonly name: string;
  /** The dataset version it was last evaluated on; empty where it was not. */
  readonly evaluatedOn: string;
}

/** What the kernel has to publish, and what it can be judged on. */
export interface IOffer {
  readonly models: readonly IOfferedModel[];
  readonly datasets: readonly string[];
  readonly project: string;
}

export function readOffer(value: unknown): IOffer {
  const offer = record(value, 'the list of models');
  return {
    models: list(offer, 'models', readModel),
    datasets: texts(offer, 'datasets'),
    project: optionalText(offer, 'project') ?? ''
  };
}

function readModel(value: unknown): IOfferedModel {
  const model = record(value, 'a model');
  return {
    variable: text(model, 'variable'),
    type: text(model, 'type'),
    labels: optional(model, 'labels', () => texts(model, 'labels')) ?? [],
    name: optionalText(model, 'name') ?? '',
    evaluatedOn: optionalText(model, 'evaluatedOn') ?? ''
  };
}
