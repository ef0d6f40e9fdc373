import {
  optional,
  optionalInteger,
  optionalText,
  record,
  text,
  texts
} from '../json';
import { IMetric, readMetrics } from './metrics';

export interface IVerdict {
  /** `promoted`, `held` or `rejected`. */
  readonly outcome: string;
  readonly reasons: readonly string[];
}

export interface IProduction {
  readonly version: number | null;
  readonly metrics: readonly IMetric[];
  /** The data version it was trained on; null where it is not known. */
  readonly trainedOn: string | null;
}

export interface IEndpoint {
  readonly url: string;
  /** A whole command that calls the model; null where the server gave none. */
  readonly curl: string | null;
}

/** One attempt to publish a model, as the project's API tells it. */
export interface IPublication {
  readonly id: string;
  readonly state: string;
  readonly model: string;
  readonly version: number | null;
  readonly verdict: IVerdict | null;
  readonly metrics: readonly IMetric[];
  /** What was in production when the model was judged; null where nothing was. */
  readonly production: IProduction | null;
  /** Both models row by row: numbers by name; empty where nothing was compared. */
  readonly comparison: readonly IMetric[];
  readonly evaluateOn: string | null;
  readonly trainedOn: string | null;
  readonly endpoint: IEndpoint | null;
  /** The model's page in the workbench, where a person decides; null where the server gave none. */
  readonly page: string | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
}

export interface IStep {
  /** When it happened, ISO 8601; empty where the server gave no time. */
  readonly at: string;
  readonly state: string;
  readonly message: string;
}

export function isLast(state: string): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

export function readPublication(value: unknown): IPublication {
  const publication = record(value, 'the publication');
  return {
    id: text(publication, 'id'),
    state: text(publication, 'state'),
    model: optionalText(publication, 'model') ?? '',
    version: optionalInteger(publication, 'version'),
    verdict: optional(publication, 'verdict', readVerdict),
    metrics: optional(publication, 'metrics', readMetrics) ?? [],
    production: optional(publication, 'production', readProduction),
    comparison: optional(publication, 'comparison', readMetrics) ?? [],
    evaluateOn: optionalText(publication, 'evaluateOn'),
    trainedOn: optionalText(publication, 'trainedOn'),
    endpoint: optional(publication, 'endpoint', readEndpoint),
    page: optionalText(publication, 'page'),
    error: optionalText(publication, 'error')
  };
}

export function readStep(value: unknown): IStep {
  const step = record(value, 'a step');
  return {
    at: optionalText(step, 'at') ?? '',
    state: text(step, 'state'),
    message: optionalText(step, 'message') ?? ''
  };
}

function readVerdict(value: unknown): IVerdict {
  const verdict = record(value, 'the verdict');
  return { outcome: text(verdict, 'outcome'), reasons: texts(verdict, 'reasons') };
}

function readProduction(value: unknown): IProduction {
  const production = record(value, 'the production version');
  return {
    version: optionalInteger(production, 'version'),
    metrics: optional(production, 'metrics', readMetrics) ?? [],
    trainedOn: optional(production, 'facts', readTrainedOn)
  };
}

function readTrainedOn(value: unknown): string | null {
  return optionalText(record(value, 'the training facts'), 'trainedOn');
}

function readEndpoint(value: unknown): IEndpoint {
  const endpoint = record(value, 'the endpoint');
  return { url: text(endpoint, 'url'), curl: optionalText(endpoint, 'curl') };
}
