/** Which tab sends what the browser kept: the tab that made it, or one that took it over. */

/** @import {Home} from "./home.js" */
/** @import {Row} from "./outbox.js" */

/**
 * Take over what waits for a record and belongs to no other living tab.
 *
 * @param {Home} place
 * @param {string} record
 * @returns {Promise<Row[]>} in order
 */
export async function claim({ outbox, tab }, record) {
  if (outbox === null) return [];
  return tab.alone(`glose claim ${record}`, async () => {
    const rows = await outbox.rows(record);
    if (rows.every((row) => row.tab === tab.id)) return rows;
    const living = await tab.living();
    const mine = rows.filter((row) => row.tab === tab.id || !living.has(row.tab));
    const put = mine.filter((row) => row.tab !== tab.id);
    for (const row of put) row.tab = tab.id;
    if (put.length) await outbox.write({ put });
    return mine;
  });
}
