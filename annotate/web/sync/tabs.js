/** The tabs of one browser: which live, whose turn it is to send, what one tells the others. */

/** @typedef {{kind: "saved", record: string, revision: number}} News */

const CHANNEL = "glose";
const LOCK = "glose tab ";
const PATIENCE = 300; // milliseconds in which a living tab answers

/** This tab among the others. Where there are no Web Locks (plain HTTP), tabs ask each other. */
export class Tab {
  #channel = new BroadcastChannel(CHANNEL);
  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** @type {Set<string>} tabs that said that they are there */
  #heard = new Set();
  /** @type {Set<string>} */
  #watched = new Set();
  /** @type {Set<() => void>} */
  #mourners = new Set();

  /** @param {string} id  of its own, new with every load of the page */
  constructor(id) {
    this.id = id;
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    /** @type {Promise<void>} settles when other tabs can see this one */
    this.ready = this.#appear();
  }

  async #appear() {
    if (!navigator.locks) return;
    await new Promise((resolve) => {
      // Held as long as the page lives; the browser lets it go, however the page ends.
      void navigator.locks.request(lockOf(this.id), () => {
        resolve(undefined);
        return new Promise(() => {});
      });
    });
    this.#channel.postMessage({ kind: "here", id: this.id });
    for (const id of await this.living()) this.#watch(id);
  }

  /** The ids of tabs that live, this one included. @returns {Promise<Set<string>>} */
  async living() {
    if (navigator.locks) {
      const { held = [] } = await navigator.locks.query();
      const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(LOCK));
      return new Set(names.map((name) => name.slice(LOCK.length)));
    }
    this.#heard = new Set([this.id]);
    this.#channel.postMessage({ kind: "who" });
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    return this.#heard;
  }

  /** @param {() => void} back  called when another tab has ended; not over plain HTTP */
  whenGone(back) {
    this.#mourners.add(back);
  }

  /** @param {string} id of another tab */
  #watch(id) {
    if (!navigator.locks || id === this.id || this.#watched.has(id)) return;
    this.#watched.add(id);
    void navigator.locks.request(lockOf(id), { mode: "shared" }, () => {
      for (const back of this.#mourners) back();
    });
  }

  /**
   * Work that one tab at a time does.
   *
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async alone(name, work) {
    return navigator.locks ? await navigator.locks.request(name, work) : await work();
  }

  /** @param {News} news for the other tabs */
  tell(news) {
    this.#channel.postMessage(news);
  }

  /** @param {(news: News) => void} listener @returns {() => void} ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} id */
  #meet(id) {
    this.#heard.add(id);
    this.#watch(id);
  }

  /** @param {any} data */
  #hear(data) {
    if (data.kind === "who") this.#channel.postMessage({ kind: "here", id: this.id });
    else if (data.kind === "here") this.#meet(data.id);
    else for (const listener of this.#listeners) listener(data);
  }
}

/** @param {string} id */
const lockOf = (id) => `${LOCK}${id}`;
