// Start: ask the server what project this is, and open where a person left off.

import { Api, Failure } from "./sync/api.js";
import { Announcer } from "./ui/announce.js";
import { App } from "./ui/app.js";
import { Desk } from "./ui/desk.js";
import { byId, draw, h } from "./ui/element.js";
import { listenToHands } from "./ui/hands.js";
import { listenToKeys } from "./ui/keyboard.js";
import { Theme } from "./ui/theme.js";

/** @import { Project } from "./ui/desk.js" */

/** Return the id in the address; what nobody can decode is none. */
function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}

/**
 * Return the document that is to be shown first: the one of the address, else the next to do.
 * @param {Desk} desk
 */
function first(desk) {
  const wanted = addressed();
  const known = desk.documents.find((row) => row.id === wanted);
  const open =
    desk.documents.find((row) => row.state === "in-progress") ??
    desk.documents.find((row) => row.state !== "done");
  return known ?? open ?? desk.documents[0];
}

async function start() {
  const api = new Api();
  const project = /** @type {Project} */ (/** @type {unknown} */ (await api.project()));
  const desk = new Desk(project, new Announcer(byId("announce")));
  const app = new App(desk, api);
  const theme = new Theme(project.schema, () => desk.tell());
  document.documentElement.dataset["schema"] = theme.schema.name;
  const narrow = matchMedia("(max-width: 1100px)");
  const fold = () => document.body.classList.toggle("no-documents", narrow.matches);
  fold();
  narrow.addEventListener("change", fold);
  listenToKeys(app);
  listenToHands(app);
  await app.list();
  const row = first(desk);
  if (row !== undefined) await app.open(row.id);
  addEventListener("hashchange", () => {
    const id = addressed();
    if (id !== desk.id && desk.documents.some((one) => one.id === id)) app.run("open", id);
  });
}

/** @param {unknown} error */
function failed(error) {
  if (!(error instanceof Failure)) throw error;
  draw(
    byId("text"),
    h(
      "div",
      { class: "empty", role: "alert" },
      h("h2", {}, "glose cannot be shown"),
      h("p", {}, error.message),
    ),
  );
}

/** A fault of the app is said, not hidden: what was acknowledged is safe, whatever it was. */
function broken() {
  const line = byId("broken");
  line.hidden = false;
  line.textContent =
    "Something went wrong in the app itself. What is saved is safe; load the page again to go on.";
}

addEventListener("error", broken);
addEventListener("unhandledrejection", broken);
start().catch(failed);
