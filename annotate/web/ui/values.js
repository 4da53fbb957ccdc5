// The form of normalised values: whether what a person typed is one, and if not, what is wrong.

const NUMBERS = {
  form: /^(?:[<>]=?|~)?\d+(?:\.\d+)?$|^\d+\/\d+$|^\d+(?:\.\d+)?\.\.\d+(?:\.\d+)?$/u,
  like: "12, >=12, <10, ~300, 2.5, 1/3 or 10..12",
};
const DATE =
  /^(?:\d{4}|XXXX|\d{3}X|\d{2}XX)(?:-(?:\d{2}|XX)(?:-(?:\d{2}|XX))?|-W(?:\d{2}|XX)(?:-(?:[1-7]|WE))?|-(?:SP|SU|FA|AU|WI|Q[1-4X]|H[12X]))?$/u;
const TIME =
  /^(?:\S+)?T(?:MO|MI|AF|EV|NI|DT|\d{2}(?::\d{2}(?::\d{2})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)$/u;
const SPAN =
  /^P(?=.)(?:(?:\d+(?:\.\d+)?|X)[YMWDQCE]|(?:\d+(?:\.\d+)?|X)DE)*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?$/u;

/** @type {Record<string, {form: RegExp, like: string}>} */
const KINDS = {
  date: { form: /^\S+$/u, like: "2031-03-14, 2031-03, 2031-W10 or 2031-03-03/2031-03-07" },
  time: { form: /^\S+$/u, like: "2031-03-14T14:30 or 2031-03-11TEV" },
  set: { form: /^\S+$/u, like: "XXXX-WXX-5" },
  duration: { form: SPAN, like: "P1W, PT48H or P3Y" },
  number: NUMBERS,
  money: NUMBERS,
  percent: NUMBERS,
  quantity: NUMBERS,
  age: {
    form: /^(?:[<>]=?|~)?\d+(?:\.\d+)?$|^\d+\/\d+$|^\d+\.\.\d+$|^P\S+$/u,
    like: "71 or P34Y",
  },
};

/**
 * Return what is wrong with a value, in one sentence; "" if nothing is.
 * @param {string} norm as "date:2031-03-14"
 * @param {readonly string[]} kinds that may stand here; any if empty
 */
export function fault(norm, kinds) {
  const [kind = "", rest = ""] = split(norm);
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  const allowed = kinds.length > 0 ? kinds : Object.keys(KINDS);
  if (known === undefined || !allowed.includes(kind))
    return `Begin with ${allowed.map((one) => `${one}:`).join(" or ")}`;
  if (!known.form.test(rest)) return `After ${kind}: write ${known.like}`;
  return calendar(kind, rest)
    ? ""
    : `After ${kind}: write ${known.like}, a day that is in the calendar`;
}

/** @param {string} norm @returns {[string, string]} */
function split(norm) {
  const at = norm.indexOf(":");
  return at < 0 ? [norm, ""] : [norm.slice(0, at), norm.slice(at + 1)];
}

/**
 * Whether dates and times have their form, and days exist.
 * @param {string} kind
 * @param {string} rest
 */
function calendar(kind, rest) {
  if (kind === "date") return rest.split("/").every((part) => dated(part) || part === "..");
  if (kind !== "time") return true;
  return rest
    .split("/")
    .every(
      (part) =>
        TIME.test(part) && (part.startsWith("T") || dated(part.slice(0, part.indexOf("T")))),
    );
}

/** @param {string} part */
function dated(part) {
  if (!DATE.test(part)) return false;
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/u.exec(part);
  if (found === null) return true;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 1)];
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(2000, month, 0)).getUTCDate() - Number(month === 2 && !leap(year))
  );
}

/** @param {number} year */
function leap(year) {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
