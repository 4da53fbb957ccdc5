// Every command by its name: what keys, buttons, the palette and the bar at the pointer run.

import { BORDERING } from "./doing/bordering.js";
import { FRAMING } from "./doing/framing.js";
import { LINKING } from "./doing/linking.js";
import { MARKING } from "./doing/marking.js";
import { MOVING } from "./doing/moving.js";
import { OPENING } from "./doing/opening.js";
import { REMARKING } from "./doing/remarking.js";
import { SAME } from "./doing/same.js";
import { SCREEN } from "./doing/screen.js";
import { SUGGESTING } from "./doing/suggesting.js";
import { VALUING } from "./doing/valuing.js";

/** @import { App } from "./app.js" */

/**
 * A command takes the app, its argument and, of inputs, what was typed or chosen.
 * @type {Readonly<Record<string, (app: App, argument: any, value: any) => unknown>>}
 */
export const COMMANDS = Object.freeze({
  ...MARKING,
  ...BORDERING,
  ...FRAMING,
  ...LINKING,
  ...VALUING,
  ...SUGGESTING,
  ...SAME,
  ...REMARKING,
  ...MOVING,
  ...OPENING,
  ...SCREEN,
});
