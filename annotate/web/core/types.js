/**
 * The types that all modules share: the items of a record as in doc/1 (docs/record.md), the
 * changes and operations of the journal, and the schema as the server tells it.
 *
 * Offsets are code points, half-open. A module imports a type with `@import`, never a value.
 *
 * @typedef {[number, number]} Pair
 * @typedef {{name: string, value: string}} Attribute
 * @typedef {{kb: string, id: string, score: number | null}} Link
 * @typedef {{norm: string, mod: string | null, unit: string | null, anchor: string | null}} Value
 *
 * @typedef {object} Span  a stretch of text: outer bounds, and the pieces if it is discontinuous
 * @property {number} start
 * @property {number} end
 * @property {Pair[]} fragments
 *
 * @typedef {object} LooseSpan  a span as callers give it
 * @property {number} start
 * @property {number} end
 * @property {Pair[]} [fragments]
 *
 * @typedef {Span & {text: string, head: number[]}} Trigger
 * @typedef {Trigger & {id: string, type: string, level: string | null, value: Value | null,
 *   links: Link[], attrs: Attribute[]}} Mention
 * @typedef {{id: string, type: string, name: string | null, mentions: string[], links: Link[],
 *   attrs: Attribute[]}} Entity
 * @typedef {{role: string, ref: string | null, value: string | null, attrs: Attribute[]}} Argument
 * @typedef {{id: string, type: string, args: Argument[], triggers: Trigger[], evidence: string[],
 *   attrs: Attribute[]}} Relation
 * @typedef {{id: string, type: string, triggers: Trigger[], args: Argument[],
 *   polarity: string | null, modality: string | null, tense: string | null,
 *   genericity: string | null, attrs: Attribute[]}} Event
 * @typedef {{id: string, events: string[], attrs: Attribute[]}} EventCluster
 * @typedef {{id: string, type: string, args: Argument[], events: string[],
 *   attrs: Attribute[]}} Template
 * @typedef {{scheme: string, value: string, target: string | null, score: number | null}} Label
 * @typedef {{state: string | null, annotated: string[], guideline: string | null}} Status
 * @typedef {{id: string, target: string | null, start: number | null, end: number | null,
 *   text: string, flag: boolean, resolved: boolean, user: string}} Comment
 * @typedef {{id: string, list: string, outcome: "accepted" | "refused",
 *   item: string | null}} Decision
 *
 * @typedef {object} Items  what each list of a record holds
 * @property {Mention} mentions
 * @property {Entity} entities
 * @property {Relation} relations
 * @property {Event} events
 * @property {EventCluster} event_clusters
 * @property {Template} templates
 * @property {Label} labels
 * @property {Status} status
 * @property {Comment} comments
 * @property {Decision} decisions
 *
 * @typedef {keyof Items} List
 * @typedef {Items[List]} Item
 * @typedef {"events" | "relations" | "templates"} FrameList  lists of what has arguments
 * @typedef {Event | Relation | Template} Frame
 * @typedef {{[L in List]?: Items[L][]}} Listed  a record as the server gives it
 *
 * @typedef {object} Change  what happens to one item: it is new, dropped or replaced
 * @property {List} list
 * @property {string} id
 * @property {Item | null} before
 * @property {Item | null} after
 *
 * @typedef {object} Operation
 * @property {string} id
 * @property {number} base
 * @property {string} verb
 * @property {string | null} of
 * @property {string | null} note
 * @property {Change[]} changes
 *
 * @typedef {Operation & {revision: number, user: string, at: string}} Entry
 *
 * @typedef {object} Covering  a text that is counted in code points (core/offsets.js)
 * @property {string} string
 * @property {number} length  in code points
 * @property {(start: number, end: number) => string} slice
 * @property {(unit: number) => number} toPoint
 *
 * @typedef {object} MentionType
 * @property {string} description
 * @property {string} colour
 * @property {string} key
 * @property {string[]} levels
 * @property {string[]} values
 * @property {boolean} entity
 *
 * @typedef {object} Role
 * @property {string} description
 * @property {string} key
 * @property {string[]} fillers
 * @property {string[]} values
 * @property {number} min
 * @property {number | null} max
 *
 * @typedef {{description: string, colour: string, key: string,
 *   roles: {[role: string]: Role}}} FrameType
 * @typedef {{description: string, colour: string, key: string}} EntityType
 * @typedef {{description: string, on: string[], key: string,
 *   values: {[value: string]: string}}} AttributeType
 * @typedef {{description: string, colour: string, key: string,
 *   values: {[value: string]: string}}} LabelType
 *
 * @typedef {object} Schema
 * @property {string} name
 * @property {string} version
 * @property {string} description
 * @property {"warning" | "error"} required
 * @property {{[type: string]: MentionType}} mentions
 * @property {{[type: string]: EntityType}} entities
 * @property {{[type: string]: FrameType}} events
 * @property {{[type: string]: FrameType}} relations
 * @property {{[type: string]: FrameType}} templates
 * @property {{[name: string]: AttributeType}} attributes
 * @property {{[scheme: string]: LabelType}} labels
 *
 * @typedef {object} Tools  what a transition needs beside the record
 * @property {Schema} schema
 * @property {(prefix: string) => string} id  a new id (core/ids.js)
 * @property {string} user
 *
 * @typedef {{name: string, items: Listed}} Layer  a layer of suggestions
 *
 * @typedef {object} Layout  how the text of a document is cut
 * @property {Pair[]} tokens
 * @property {Pair[]} sentences
 * @property {Pair[]} phrases
 */

export {};
