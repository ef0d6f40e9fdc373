import { IDisposable } from '@lumino/disposable';

import { IFollowListener, PublicationFollower } from './follow';
import { IPublication, readPublication } from './publication';
import { deleteJson, getJson, projectUrl } from './request';

/** The project's publications, as the browser may see them. */
export interface IPublications {
  /** Tells `listener` every step of a publication until it ended, was lost, or the result is disposed. */
  follow(id: string, listener: IFollowListener): IDisposable;

  /** Asks to cancel a publication; rejects with a ProblemError where it is too late. What follows it tells how it ends. */
  cancel(id: string): Promise<void>;
}

export class ProjectPublications implements IPublications {
  async cancel(id: string): Promise<void> {
    await deleteJson(`/publications/${encodeURIComponent(id)}`);
  }

  follow(id: string, listener: IFollowListener): IDisposable {
    const path = `/publications/${encodeURIComponent(id)}`;
    return new PublicationFollower(
      {
        load: async (): Promise<IPublication> => readPublication(await getJson(path)),
        openEvents: () => new EventSource(projectUrl(`${path}/events`))
      },
      listener
    );
  }
}
