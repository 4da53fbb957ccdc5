/** What all sessions of this page share: the server, what the browser keeps, this tab. */

import { Api } from "./api.js";
import { Outbox } from "./outbox.js";
import { Tab } from "./tabs.js";

/** @import {Session} from "./session.js" */

/**
 * @typedef {object} Home
 * @property {Api} api
 * @property {Outbox | null} outbox
 * @property {Tab} tab
 * @property {string} trouble  why the browser keeps nothing; "" = it does
 * @property {Map<string, Session>} sessions  that are open, or closed and still sending, by record
 * @property {number} left  operations that wait for records that no tab has open
 */

/** @type {Promise<Home> | null} */
let place = null;

/** The one of this page. @returns {Promise<Home>} */
export function home() {
  place ??= settle();
  return place;
}

/** @returns {Promise<Home>} */
async function settle() {
  const tab = new Tab(uuid());
  await tab.ready;
  const rest = { api: new Api(), tab, sessions: new Map(), left: 0 };
  try {
    return { ...rest, outbox: await Outbox.open(), trouble: "" };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { ...rest, outbox: null, trouble: error.message || error.name };
  }
}

/** A UUID of version 4; crypto.randomUUID is not there over plain HTTP. @returns {string} */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
