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
 * @param {Home} place  its `left` says how much there is, from when this resolves
 * @param {Project} project
 * @param {Open} open  a session of another record
 * @returns {Promise<void>}
 */
export async function deliver(place, project, open) {
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
  const rows = await lost(place, project);
  place.left = rows.filter((row) => !place.sessions.has(row.record)).length;
  void attempt();
}

/**
 * The rows of tabs that have ended.
 *
 * @param {Home} place
 * @param {Project} project
 */
async function lost({ outbox, tab }, project) {
  const rows = (await outbox?.everything(project)) ?? [];
  const living = rows.length ? await tab.living() : new Set();
  return rows.filter((row) => !living.has(row.tab));
}

/** @param {Home} place @param {Project} project @param {Open} open */
async function sendAll(place, project, open) {
  const rows = await lost(place, project);
  for (const record of new Set(rows.map((row) => row.record))) {
    const session = place.sessions.get(record);
    if (session) await session.adopt();
    else await (await open(parts(record))).close();
  }
  place.left = 0;
}
