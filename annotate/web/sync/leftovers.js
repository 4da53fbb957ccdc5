/** What waits for records that no tab has open: sent by whichever tab is there. */

import { Failure } from "./api.js";
import { Connection } from "./connection.js";
import { parts } from "./outbox.js";

/** @import {Project} from "./api.js" */
/** @import {Home} from "./home.js" */
/** @import {Session} from "./session.js" */

/** @typedef {(which: {document: string, layer: string}) => Promise<Session>} Open */

/** @type {WeakSet<Home>} */
const watching = new WeakSet();

/**
 * Begin to send what is left from before, now and whenever another tab ends. Once a page.
 *
 * @param {Home} place
 * @param {Project} project
 * @param {Open} open  a session of another record
 */
export function deliver(place, project, open) {
  if (watching.has(place) || place.outbox === null) return;
  watching.add(place);
  const connection = new Connection(() => void attempt());
  const attempt = async () => {
    try {
      await sendAll(place, project, open);
      connection.up();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      connection.down(error.message);
    }
  };
  place.tab.whenGone(() => void attempt());
  void attempt();
}

/** @param {Home} place @param {Project} project @param {Open} open */
async function sendAll(place, project, open) {
  const rows = (await place.outbox?.everything(project)) ?? [];
  const living = await place.tab.living();
  const lost = rows.filter(({ tab }) => !living.has(tab));
  for (const record of new Set(lost.map((row) => row.record))) {
    const session = place.sessions.get(record);
    if (session) await session.adopt();
    else await (await open(parts(record))).close();
  }
}
