/**
 * Every action of a user, as a function from the record to the changes it makes. A transition
 * throws a `Refusal` where the record or the schema does not allow it, and gives no changes where
 * all is as it should be.
 */

export { accept, refuse } from "./acceptance.js";
export { sameAgain } from "./again.js";
export { chain, mergeChains, setName, splitChain, unchain } from "./chains.js";
export { cluster, mergeClusters, uncluster } from "./clusters.js";
export { comment, editComment, flag, resolve, setLabel, setState } from "./comments.js";
export { duplicateEvent, empty, fill, frame, relate, trigger } from "./frames.js";
export { addPiece, mark, resize } from "./mentions.js";
export { remove } from "./removal.js";
export { Refusal } from "./refusal.js";
export { retype } from "./retyping.js";
export { setAttribute, setLink, setValue } from "./values.js";
