/** What all sessions of this page share: the server, what the browser keeps, this tab. */

import { Api } from "./api.js";
import { Outbox } from "./outbox.js";
import { Tab } from "./tabs.js";

/** @typedef {{api: Api, outbox: Outbox | null, tab: Tab, trouble: string}} Home */

/** @type {Promise<Home> | null} */
let place = null;

/** The one of this page. @returns {Promise<Home>} */
export function home() {
  place ??= settle();
  return place;
}

/** @returns {Promise<Home>} `trouble` says why the browser keeps nothing */
async function settle() {
  const tab = new Tab(uuid());
  await tab.ready;
  try {
    return { api: new Api(), outbox: await Outbox.open(), tab, trouble: "" };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { api: new Api(), outbox: null, tab, trouble: error.message };
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
