/** What a transition throws when the record or the schema does not allow what was asked. */

/** Its message is one sentence, for the person who asked. Nothing has been changed. */
export class Refusal extends Error {
  /** @param {string} what */
  constructor(what) {
    super(what);
    this.name = "Refusal";
  }
}
