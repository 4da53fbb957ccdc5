/** Ids of new items: a letter for the kind, and seven random characters. */

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 7;

/**
 * A maker of ids, which never gives the same twice.
 * @param {() => number} random  numbers in [0, 1), such as Math.random
 * @returns {(prefix: string) => string}
 */
export function maker(random) {
  const given = new Set();
  return (prefix) => {
    let id = "";
    do id = prefix + characters(random);
    while (given.has(id));
    given.add(id);
    return id;
  };
}

/** @param {() => number} random */
function characters(random) {
  return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random() * 36)]).join("");
}
