// What the plugin needs from the desk it lives in: a host adapter implements this, and nothing else knows the ERP's JavaScript.

/** @import { CaretBox } from './caret-box.js' */
/** @import { DocTypeMeta, HostContext, RequestPlan, ServerAnswer, ServerQuestion } from '../deskbell.js' */

/**
 * The fields of the form that the plugin reads, writes or stands under. `document` and `webhook` are links.
 * @typedef {'condition' | 'document' | 'message' | 'service' | 'test' | 'url' | 'webhook'} FieldName
 */

/**
 * The notification's form as it stands, saved or not: at every keystroke, not when the host's own model follows.
 * @typedef {object} NotificationFields
 * @property {boolean} chat Whether the channel is a chat; on every other channel the plugin keeps out of the way.
 * @property {string} documentType
 * @property {string} event "New", "Save", "Days Before"...
 * @property {string} valueChanged The field that has to change at the event "Value Change"; "" when none is chosen.
 * @property {string} condition
 * @property {'Python' | 'Filters'} conditionType
 * @property {string} message
 * @property {{ name: string, service: string, url: string } | null} webhook null while unknown, or when the person may not read it.
 * @property {boolean | undefined} documentLink Whether the host adds a link to the document; undefined where the host has no such switch.
 * @property {object} alert The notification itself, as templates see it.
 */

/**
 * The record that a form shows. `key` is its person, doctype and name, alike for all that have no name yet; `saved`: the texts that
 * the site has, null while that is not known; `stamp` is another after each save.
 * @typedef {{ key: string, stamp: string, saved: { condition: string, message: string } | null }} RecordState
 */

/**
 * @typedef {object} WebhookFields
 * @property {string} service As the host stores it; "" when none is chosen.
 * @property {string} url
 * @property {readonly string[]} services What the form's list offers.
 */

/**
 * A document that a notification can be tried on.
 * @typedef {object} OfferedDocument
 * @property {string} name
 * @property {string} [title] What people call it.
 * @property {'changed' | 'new'} [open] It is open in the page with changes that are not saved, or was never saved.
 */

/**
 * A document as the page has it, with the descriptions of its doctype and of its child tables. One that is open and not saved yet
 * carries the host's own notes on that, `__unsaved` and `__islocal`.
 * @typedef {object} LoadedDocument
 * @property {object} doc
 * @property {DocTypeMeta[]} metas
 * @property {object[] | null} comments `docinfo.comments`
 * @property {object | null} [before] Of one that is open and not saved: what the database holds, null when it holds nothing.
 */

/**
 * What a server told about a question: values, null when it is certain that there is no such document, or why it does not tell.
 * @typedef {Omit<ServerAnswer, 'question' | 'askedAt'>} Told
 */

/**
 * How the host's own test ended, as a key of the words; never "delivered", since no host tells the chat's answer.
 * @typedef {{ outcome: 'refused' | 'unconfirmed', words: string, detail: string | null }} ServerEnd
 */

/**
 * The host's own test: what it does differently, as keys of the words, and the call.
 * @typedef {object} ServerTest
 * @property {Array<{ words: string, values?: Record<string, string> }>} differences
 * @property {(message: string) => Promise<ServerEnd>} send `message` for a host that sends any text.
 */

/**
 * Something that the host lacks or refuses, as a key of the words.
 * @typedef {{ words: string, values?: Record<string, string> }} Trouble
 */

/**
 * A place in a field's text that deserves a mark.
 * @typedef {{ start: number, end: number, tone: 'error' | 'warning' | 'info' }} Mark
 */

/**
 * "field": a keystroke or a choice in the form; "document": the document behind the picker changed; "clock": time has passed;
 * the rest as they say.
 * @typedef {'clock' | 'document' | 'field' | 'language' | 'theme'} Change
 */

/**
 * One form of the desk with the plugin in it.
 * @typedef {object} Host
 * @property {'notification' | 'webhook'} form
 * @property {() => NotificationFields} readNotification
 * @property {() => WebhookFields} readWebhook
 * @property {() => RecordState | null} [record] Without it, or while it is null, no unsaved text is kept.
 * @property {(listener: (change: Change) => void) => (() => void)} onChange Gives back what ends the listening.
 * @property {(field: FieldName, text: string) => void} write Sets a field as if the person had typed it.
 * @property {(field: FieldName, start: number, end: number, text: string) => void} replace Replaces a part of a field's text, undoable where the field allows it.
 * @property {(field: FieldName, start: number, end: number) => void} show Selects a place and moves the focus there.
 * @property {(field: FieldName, marks: Mark[]) => void} mark Underlines places; replaces the marks before.
 * @property {(field: FieldName, element: HTMLElement) => void} mount Puts an element under a field; `test` is a place of its own after the message.
 * @property {(field: FieldName, element: HTMLElement) => boolean} [mountOver] Lays an element over the upper edge of a field, where it takes no room; false when the field has no such place.
 * @property {(field: FieldName) => HTMLElement | null} [typing] What the keys pass on their way to a field's text; null while nothing can be typed there.
 * @property {(field: FieldName) => { text: string, start: number, end: number, box: CaretBox } | null} [caret] A field's text, the selection in it, and where its start is in the window.
 * @property {(documentType: string) => Promise<OfferedDocument[]>} documents The documents to try on, the likeliest first.
 * @property {(documentType: string, text: string) => Promise<OfferedDocument[] | null>} [searchDocuments] By name and title; null when the host does not answer. Without it, what `documents` gave is looked through.
 * @property {(documentType: string, count: number) => Promise<string[]>} recent The names of the last documents, the newest first.
 * @property {(documentType: string, name: string, open?: OfferedDocument['open']) => Promise<LoadedDocument | null>} loadDocument `open`: as it is open, with the changes that are not saved.
 * @property {(documentType: string, name: string) => string} documentUrl
 * @property {(question: ServerQuestion) => Promise<Told>} [ask] Puts a look-up to the server, reading only; a host without it leaves such gaps open.
 * @property {(document: string) => ServerTest | null} [serverTest] The host's own test on a document; null when it has none to offer now.
 * @property {() => HostContext} context
 * @property {() => Promise<HostContext | null>} [completeContext] The context with what the page does not carry and the site tells; null when it tells nothing.
 * @property {() => string} now Wall clock in the system's time zone.
 * @property {() => string} language
 * @property {() => 'light' | 'dark' | null} theme null: as the browser prefers.
 * @property {() => readonly Trouble[]} [troubles] What this desk lacks or the site refuses just now; said once, in a panel.
 * @property {(error: unknown) => void} [fail] Takes what went wrong in the plugin, so that it does not reach the host's page.
 * @property {(plan: RequestPlan) => RequestPlan} route Where a post really goes: the plan itself, unless the host relays it.
 */

export {};
