/** What the server is asked, and how its answers and its silence are told apart. */

/** @import {Entry, Listed, Operation, Schema} from "../core/types.js" */

/**
 * @typedef {object} Project
 * @property {string} name
 * @property {string} user
 * @property {{name: string, kind: string, user: string | null}[]} layers
 * @property {string} layer
 * @property {Schema} schema
 * @property {string} [id]
 *
 * @typedef {{document: {id: string, text: string, [more: string]: unknown}, layer: string,
 *   editable: boolean, revision: number, items: Listed}} Snapshot
 *
 * @typedef {{kind: "accepted", revision: number, warnings: string[]}
 *   | {kind: "conflict", revision: number, entries: Entry[]}
 *   | {kind: "refused" | "login" | "offline" | "failed", what: string}} Answer
 *
 * @typedef {"offline" | "login" | "refused" | "failed"} Kind  the server was not reached (or not
 *   in time); it knows no session; it will never take this; it has a fault of its own
 */

const PATIENCE = 30_000; // milliseconds until an answer counts as lost
const LARGE = "it is too large for the server";

/** A request that brought nothing; `message` is a sentence for the person at the screen. */
export class Failure extends Error {
  /** @param {Kind} kind @param {string} what @param {number} [status] of HTTP; 0 = no answer */
  constructor(kind, what, status = 0) {
    super(what);
    this.name = "Failure";
    this.kind = kind;
    this.status = status;
  }
}

/** The server at an address. */
export class Api {
  /** The id of the project: a page never writes to another that is served at its address. */
  #project = "1";

  /** @param {{base?: string, patience?: number}} [options] */
  constructor({ base = "", patience = PATIENCE } = {}) {
    this.base = base;
    this.patience = patience;
  }

  /** @returns {Promise<Project>} */
  async project() {
    const project = await this.get("/api/project");
    this.know(project);
    return project;
  }

  /** Write to this project from now on. @param {{id?: string}} project */
  know({ id = "1" }) {
    this.#project = id;
  }

  /** @param {string} layer */
  documents(layer) {
    return this.get("/api/documents", { layer });
  }

  /** @param {string} id @param {string} layer @returns {Promise<Snapshot>} */
  document(id, layer) {
    return this.get("/api/document", { id, layer });
  }

  /**
   * What happened to a record, oldest first.
   *
   * @param {string} id
   * @param {string} layer
   * @param {{since?: number, item?: string}} [which]
   * @returns {Promise<{entries: Entry[]}>}
   */
  history(id, layer, which = {}) {
    return this.get("/api/history", { id, layer, ...which });
  }

  /** @param {string} id @returns {Promise<{layers: {name: string, items: Listed}[]}>} */
  suggestions(id) {
    return this.get("/api/suggestions", { id });
  }

  /** @param {{document: string, start: number, end: number, type: string}} span */
  values(span) {
    return this.post("/api/values", span);
  }

  /** @param {string} q */
  links(q) {
    return this.get("/api/links", { q });
  }

  /** @param {{text: string, layer: string, except: string}} which */
  same(which) {
    return this.get("/api/same", which);
  }

  /**
   * Any answer but a fault of ours is an answer: this never throws.
   *
   * @param {string} id
   * @param {string} layer
   * @param {Operation} operation
   * @param {AbortSignal} [signal]  ends the wait as if the server were gone
   * @returns {Promise<Answer>}
   */
  async send(id, layer, operation, signal) {
    try {
      const answer = await this.post("/api/operations", operation, { id, layer }, signal);
      return { kind: "accepted", warnings: [], ...answer };
    } catch (error) {
      if (error instanceof Stale) return { kind: "conflict", ...error.answer };
      if (error instanceof Failure) return { kind: error.kind, what: error.message };
      throw error;
    }
  }

  /**
   * @param {string} path
   * @param {Record<string, string | number>} [query]
   * @returns {Promise<any>}
   */
  get(path, query = {}) {
    return this.#ask(path, query, {});
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @param {Record<string, string | number>} [query]
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  post(path, body, query = {}, signal) {
    const headers = { "X-Glose": this.#project, "Content-Type": "application/json" };
    return this.#ask(path, query, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  /**
   * @param {string} path
   * @param {Record<string, string | number>} query
   * @param {RequestInit} request
   */
  async #ask(path, query, request) {
    const words = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
    const address = `${this.base}${path}${words.size ? `?${words}` : ""}`;
    const late = AbortSignal.timeout(this.patience);
    const signal = request.signal ? AbortSignal.any([late, request.signal]) : late;
    const [response, body] = await answered(address, { ...request, signal });
    if (response.ok) return body;
    throw problem(response.status, body);
  }
}

/** The record has moved on since the base of an operation. */
class Stale extends Failure {
  /** @param {{revision: number, entries: Entry[]}} answer */
  constructor(answer) {
    super("refused", "the record has moved on", 409);
    this.answer = answer;
  }
}

/**
 * @param {string} address
 * @param {RequestInit} request
 * @returns {Promise<[Response, any]>}
 */
async function answered(address, request) {
  try {
    const response = await fetch(address, { credentials: "same-origin", ...request });
    return [response, await response.json().catch(unreadable(response))];
  } catch (error) {
    // A TypeError where nothing answers, a DOMException when time is up.
    if (error instanceof Failure) throw error;
    throw new Failure("offline", "the server cannot be reached");
  }
}

/** @param {Response} response */
function unreadable(response) {
  return (/** @type {unknown} */ reason) => {
    if (!(reason instanceof SyntaxError)) throw reason;
    if (response.ok) throw new Failure("offline", "something else answers for the server");
    return { error: `the server said ${response.status}` };
  };
}

/** @param {number} status @param {any} body */
function problem(status, body) {
  const what = typeof body?.error === "string" ? body.error : `the server said ${status}`;
  if (status === 401) return new Failure("login", what, status);
  if (status === 409 && Array.isArray(body?.entries)) return new Stale(body);
  if (status === 413) return new Failure("refused", LARGE, status);
  const isPassing = status >= 500 || status === 408 || status === 429;
  return new Failure(isPassing ? "failed" : "refused", what, status);
}
