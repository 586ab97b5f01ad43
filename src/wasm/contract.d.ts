/**
 * The contract of `deskbell.js`: what a page may ask of the plugin and what it answers.
 *
 * Rules that hold everywhere
 * - Offsets are UTF-16 code units of the text that was passed in (`text.slice(start, end)` is the place).
 * - A user's mistake is data (a `Finding`, an `error`), never an exception. An exception is a bug.
 * - Nothing reads the clock, the network or the page, except `sendTest` and `RocketChatBot`.
 * - A webhook URL, token or password never appears in a message, finding, error or log: only masked.
 * - Additions are welcome (fields, functions, codes). Renaming or removing what stands here is not.
 *
 * Answers about the host are one of four, and this is the heart of the product:
 * - "exact":       this is what the server will do, byte for byte.
 * - "server":      only the server knows (`gaps` says which expressions and why); never a guess.
 * - "unsupported": this engine does not know the construct yet; never a guess.
 * - "error":       the server will raise this error.
 */

export function version(): string;
/** What the elements of `plugin.js` say in a language, by key: the page has no sentences of its own. */
export function words(lang?: string): Record<string, string>;

/** Spelled exactly as the host's Select field stores them. */
export type ServiceName =
  | "Slack" | "Mattermost" | "Rocket.Chat" | "Google Chat"
  | "Discord" | "Teams" | "Matrix (Hookshot)" | "Ntfy" | "Raven";

export interface Finding {
  severity: "error" | "warning" | "info";
  /** Stable, e.g. "url/wrong-service", "condition/date-compared-with-text", "markup/bold-is-italic-here". */
  code: string;
  /** One sentence in the context's language: what was expected and what was found. */
  message: string;
  start?: number;
  end?: number;
  /**
   * A replacement that a click can apply. The fixes of one report about a webhook URL never overlap: applied together, from the
   * last `end` to the first, they mend every flaw of a kind at once. One step may show the next; check the result again.
   */
  fix?: { label: string; start: number; end: number; text: string };
}

// ---------------------------------------------------------------- services and webhook URLs

export interface ServiceInfo {
  name: ServiceName;
  /** A made-up URL of the right shape, as a placeholder. */
  example: string;
  /** Where to get the URL, step by step, in the asked language. */
  setupSteps: string[];
  /** What one has to have, or to be allowed to do, for these steps. */
  setupNeeds: string;
  /** Longest message the service takes, and the unit it counts in. */
  limit: { max: number; unit: "characters" | "bytes" };
  /** Can a page on another origin post, and can it read the answer ("unknown": it depends on the server, or nobody has confirmed it)? */
  browser: { canPost: boolean | "unknown"; canRead: boolean | "unknown" };
  /** Can a webhook be checked without posting (`planProbe`)? */
  canProbe: boolean;
}
export function services(lang?: string): ServiceInfo[];

export interface UrlReport {
  /**
   * About `url`. What stood around it in the pasted text (quotes, a link's title, a command) does not count; what had to be mended
   * in it does ("suspicious": a broken scheme, `&amp;`, a space, a redirect), as a person has to look at it.
   */
  verdict: "valid" | "suspicious" | "invalid";
  /** The service asked about; when none was, the one that is recognised, or empty. */
  service: ServiceName | "";
  /** The cleaned URL to store (white space, zero-width characters, `<...>`, Markdown link, curl command removed): all of what cleaning would do, in one step. */
  url: string | null;
  /** Safe to show: host and last four characters of the secret. */
  masked: string;
  /** The service that the URL really belongs to, when it is recognised. */
  looksLike: ServiceName | null;
  findings: Finding[];
}
export function checkWebhookUrl(service: ServiceName | "", url: string, options?: { pageOrigin?: string; lang?: string }): UrlReport;
export function detectService(url: string): ServiceName | null;

// ---------------------------------------------------------------- the host and the open document

/** What is null here, or in any other object that is handed over, is taken for absent. */
export interface HostContext {
  /** "https://erp.example.com", without a final slash. */
  siteUrl: string;
  /** Wall clock in the system time zone, "2026-11-20T10:30:00". The page refreshes it with `setNow`. */
  now: string;
  timeZone: string;
  lang: string;
  user: { name: string; fullName?: string };
  /** `frappe.boot.sysdefaults`: date_format, time_format, number_format, float_precision, currency... */
  sysdefaults?: Record<string, unknown> | null;
  /** `frappe._messages`: the host's own translations. */
  messages?: Record<string, string>;
  /** Whether multi-line conditions run on this host; null when the page cannot know. */
  serverScripts?: boolean | null;
  /** Which host: decides context names, guards and messages where they differ. */
  flavour?: "dodock" | "frappe";
  /** Where a form's address begins, as the page's own does: `/app/...`, or `/desk/...` in newer Frappe. Dodock has "app"; a Frappe that does not tell is asked for no address in a template. */
  deskPath?: "app" | "desk";
  /** `app_name` and `app_logo` of the Website Settings, which Discord and Raven show. Absent: what a Dodock has that nobody renamed; an empty name, or a Frappe that does not tell: not known, and then their body is not told either. */
  appName?: string;
  appLogo?: string;
  /** `frappe.boot.docs`: documents that the page already has (":Currency" with symbol and number format, Country...). A `title` of a currency, which the boot lacks, lets amounts in words be exact. */
  bootDocs?: object[];
  /** `frappe.boot.user.user_permissions`: what fills links of a new document. Without it only Administrator's are known. */
  userPermissions?: Record<string, unknown> | null;
  /** `frappe.boot.user_info`: people whose full names the page already knows. */
  userInfo?: Record<string, { fullname?: string }>;
}

/** One entry of what `frappe.desk.form.load.getdoctype` returns; only the fields that are read. */
export interface DocTypeMeta {
  name: string;
  istable?: 0 | 1;
  /** 1 when the site made the doctype itself: its documents then are of the plain class `Document`. */
  custom?: 0 | 1;
  /** 1 when its documents are submitted. */
  is_submittable?: 0 | 1;
  /** The field whose value names a document to people. */
  title_field?: string | null;
  fields: Array<{
    fieldname: string; fieldtype: string; label?: string; options?: string | null;
    precision?: string | null; default?: string | null; hidden?: 0 | 1; allow_on_submit?: 0 | 1; ignore_xss_filter?: 0 | 1;
    hide_days?: 0 | 1; hide_seconds?: 0 | 1; print_hide_if_no_value?: 0 | 1; is_virtual?: 0 | 1; permlevel?: number;
  }>;
}

/**
 * Which life the document is in, because the host gives the same field different Python types:
 * "stored"   read back from the database (date objects, floats): messages of New/Save, all of Days Before/After and of the test button;
 * "posted"   inside a save (strings as the form posted them): conditions of Save, all of Value Change;
 * "inserted" inside an insert: conditions of New.
 */
export type DocumentState = "stored" | "posted" | "inserted";

export class Desk {
  constructor(context: HostContext);
  setNow(now: string): void;
  /**
   * `doc` is the document as the page has it; typed once here, then reused at every keystroke. With `__unsaved` or `__islocal` it is
   * what a form has not saved yet. `before` is what the database holds while `doc` is saved.
   */
  open(doc: object, metas: DocTypeMeta[], state: DocumentState, before?: object | null): OpenDocument;
  /** Many documents of one doctype, typed once here, to try conditions on. */
  openAll(docs: object[], metas: DocTypeMeta[], state: DocumentState): Batch;
  /** Which state the condition and the message see for a notification event, e.g. "Save" or "Days Before". */
  statesFor(event: string): { condition: DocumentState; message: DocumentState };
  /** Would the host accept these texts when the Notification itself is saved? It tries them on a blank document. */
  validateCondition(source: string, metas: DocTypeMeta[], options?: ConditionOptions): ConditionReport;
  validateTemplate(source: string): MessageReport;
  /** Dry run over many documents: which would have fired, and why not the others. */
  replay(source: string, docs: object[], metas: DocTypeMeta[], state: DocumentState, options?: ConditionOptions): ReplayReport;
  free(): void;
}

export class OpenDocument {
  renderMessage(template: string, options?: MessageOptions): MessageReport;
  /** "Write once, post anywhere": the same message in every chat, and what they draw differently. `options.service` is not read. */
  compareLooks(template: string, options?: MessageOptions): LookComparison;
  checkCondition(source: string, options?: ConditionOptions): ConditionReport;
  /** What saving the document means for a notification that waits for this field to change. */
  valueChange(fieldname: string): ValueChange;
  /** The fields that can be written at an offset of a text. */
  fields(kind: "message" | "condition", source: string, offset: number): FieldChoices;
  /** What a name that was begun at an offset of a text can become. */
  complete(kind: "message" | "condition", source: string, offset: number): Completion;
  free(): void;
}

export interface FieldChoices {
  /** What a choice replaces: nothing, unless the name of a field was begun there. */
  start: number;
  end: number;
  /** In the order of the form, the columns of a table behind it, the standard fields last. */
  choices: Array<{
    field: string;
    /** Its name for people, in the context's language. */
    label: string;
    fieldtype: string;
    /** The table that it is a column of. */
    table: string | null;
    /** What to write at this place, and the offset in it where the cursor goes. */
    text: string;
    caret: number;
    /** What it is on this document, or in the first row: of a message what is printed, of a condition its `repr`. null where that is not certain, or there is no row. */
    value: string | null;
  }>;
}

export interface Completion {
  start: number;
  end: number;
  /** The likeliest first, 60 at most; none where no name means anything, and where it is complete. */
  suggestions: Array<{
    name: string;
    text: string;
    /** The offset in `text` where the cursor goes. */
    caret: number;
    kind: "field" | "table" | "method" | "filter";
    label: string | null;
    fieldtype: string | null;
  }>;
}

/**
 * "changed": the notification goes on. "same": nothing is sent. "new": nothing is sent either, as the document is inserted.
 * "no-column": the database has no such column, and the server switches the notification off. "version": versions of the host
 * differ. "unknown": a value before or after is not known, or was not told.
 */
export type ValueChange = "changed" | "same" | "new" | "no-column" | "version" | "unknown";

/** Many documents in the plugin; a page that shows progress asks for a part of them at a time. */
export class Batch {
  append(docs: object[]): void;
  readonly length: number;
  replay(source: string, options?: ReplayOptions): ReplayReport;
  /** Why one of them fires or not; null when there is no document of this index. */
  checkCondition(index: number, source: string, options?: ConditionOptions): ConditionReport | null;
  free(): void;
}

// ---------------------------------------------------------------- messages

export interface MessageOptions {
  /** With a service: also `look`, `payload`, `size` and the dialect's findings. */
  service?: ServiceName;
  /** `docinfo.comments` as the page has them (whole, newest first); the plugin makes the template's `comments` of them (cut at 97 characters, oldest first). */
  comments?: object[] | null;
  /** The Notification itself, as its form has it (`alert` in the template). */
  alert?: object;
  documentLink?: boolean;
  /** What the page has asked the server so far: look-ups that are answered here are written, and stay marked in `gaps`. */
  answers?: ServerAnswer[];
}

/**
 * What a look-up in the database asks, in a form that a page can put to the server without writing anything: `frappe.db.get_value`
 * ("value"), `frappe.get_doc` ("document"), `frappe.db.exists` ("exists"), `frappe.db.get_single_value` ("single").
 */
export interface ServerQuestion {
  kind: "document" | "exists" | "single" | "value";
  doctype: string;
  /** The document of this name... */
  name?: string;
  /** ...or the one whose fields have these values. */
  filters?: Record<string, string | number>;
  /** Which fields; absent for a whole document. */
  fields?: string[];
}

export interface ServerAnswer {
  question: ServerQuestion;
  /**
   * "value" and "single": the values by field. "document": the document as the server's JSON has it. "exists": `{ name }`.
   * null: there is no such document, and the server said so for certain.
   */
  value: Record<string, unknown> | null;
  /** Why the server does not tell; then `value` is not read. */
  refused?: "ambiguous" | "permission" | "unclear" | "unreachable";
  /** The doctype first, then those of its child tables: they give the values their types. */
  metas: DocTypeMeta[];
  /** When it was asked, as `HostContext.now` writes it. */
  askedAt: string;
}

export interface HostError {
  /** Python's name: "jinja2.exceptions.UndefinedError", "TypeError", "frappe.exceptions.ValidationError"... */
  type: string;
  message: string;
  line?: number;
  start?: number;
  end?: number;
  /**
   * What the host does with it, told for messages. "silent": it is swallowed, nobody sees anything. "dialog": whoever saves the document
   * sees it. In both cases the document is saved and nothing is sent. "refused-at-save": the Notification cannot be saved.
   */
  consequence?: { code: "dialog" | "refused-at-save" | "silent"; message: string };
}

export interface Gap {
  expression: string; reason: string; start: number; end: number;
  /** What the page may ask to close it; absent where that is not safe. */
  question?: ServerQuestion;
  /** It is closed with an answer of the server, which may know another when the message is sent. */
  answer?: { askedAt: string };
}

export interface MessageReport {
  status: "exact" | "server" | "unsupported" | "error";
  /** "exact": what is sent. "server"/"unsupported": the rest, with a visible mark for each gap that is not answered. */
  text: string | null;
  /** The parts of `text` that answers of the server made; the look has them in `<mark class="deskbell-server">`. */
  fromServer?: Array<{ start: number; end: number }>;
  gaps: Gap[];
  error: HostError | null;
  findings: Finding[];
  /** Fields that the template reads, and whether each is empty on this document. */
  reads: Array<{ field: string; empty: boolean }>;
  /** The message as the chat draws it: escaped, self-contained HTML without scripts, styles or remote content. */
  look?: string;
  /** What nobody has confirmed about this look and the remarks on its markup, in one sentence; absent when there is nothing. */
  lookUnsure?: string;
  /** The exact HTTP body that the host would post. */
  payload?: string;
  size?: { length: number; max: number; unit: "characters" | "bytes" };
}

export interface LookComparison {
  status: MessageReport["status"];
  /** What is compared: as in the `MessageReport`. */
  text: string | null;
  /** Every chat, in alphabetical order; `look` is null where there is no text, or where nobody knows how the chat draws it. */
  chats: Array<{ service: ServiceName; look: string | null; lookUnsure?: string; size: MessageReport["size"] | null }>;
  /** In the order of `text`. Chats without a look are in none. */
  differences: LookDifference[];
  /** False when the text is longer, or differs in more places, than what is told. */
  complete: boolean;
}

/** A part of the text that not all chats draw alike. */
export interface LookDifference {
  start: number;
  end: number;
  /**
   * How it is drawn, the commonest way first. `styles` are "bold", "italic", "struck", "underlined", "spoiler", "code", "link",
   * "address" (a link whose address is shown), "image", "heading", "list", "quote", "table", "emoji", "mention", "channel", "date", "hidden"
   * (read as markup, not shown), "unmarked" (without its signs) or "joined" (on one line with the line before); none when it is shown as it is written. `label` says it in the context's language.
   */
  ways: Array<{ styles: string[]; label: string; services: ServiceName[] }>;
}

// ---------------------------------------------------------------- conditions

export interface ConditionOptions {
  /** "Python" (default): an expression, or a block where server scripts are on. "Filters": the JSON of the filter editor. */
  type?: "Python" | "Filters";
  serverScripts?: boolean | null;
}

export interface ConditionReport {
  status: "exact" | "server" | "unsupported" | "error";
  /** Truth of the value; null unless "exact". */
  outcome: boolean | null;
  /** Python repr() of the value, cut with "…" beyond 4,000 characters, and its type name, when "exact". */
  value: string | null;
  valueType: string | null;
  error: HostError | null;
  gaps: Gap[];
  findings: Finding[];
  /**
   * The parts, outermost first, each with its live value; `decided` marks the part that settled the outcome, and what a short
   * circuit left out is not `evaluated`. Of filters, `expression` is the readable form of the place.
   */
  explanation: Array<{ expression: string; value: string; start: number; end: number; depth: number; decided: boolean; evaluated: boolean }>;
  /** Of "Filters": the Python condition that says the same; null where there is none that is worth reading, and for "Python". */
  asPython: string | null;
  /** Whether `asPython` is what was meant by `is` or `between`, which the host does not evaluate, instead of the same. */
  asPythonIsMeant: boolean;
  /** Codes of the findings that say how it could raise on another document and block its save: a misspelt field, None beside a number... */
  mayRaise: string[];
}

export interface ReplayOptions {
  type?: "Python" | "Filters";
  serverScripts?: boolean | null;
  /** Index of the first document, and how many; all of them by default. */
  from?: number;
  count?: number;
}

/** Indices are those of the documents as they were handed over. */
export interface ReplayReport {
  fired: number[];
  notFired: number[];
  errors: Array<{ index: number; error: HostError }>;
  unknown: number[];
  /** Why it would not have fired: the parts that did not hold, the commonest first, each with the first document it decided for. */
  reasons: Array<{ expression: string; start: number; end: number; count: number; example: number }>;
}

// ---------------------------------------------------------------- delivery

export interface RequestPlan {
  method: "POST" | "GET";
  /** Secret: hand it to fetch, never show it. */
  url: string;
  masked: string;
  headers: Record<string, string>;
  body: string;
  /** "cors": the answer can be read; "opaque": the browser may deliver it without letting us read the answer. */
  mode: "cors" | "opaque";
  /** Whether the browser asks the server before it sends this (a preflight). */
  preflighted: boolean;
  /** How the test differs from the real message besides its first line, e.g. that it calls nobody; in sentences. */
  notices: string[];
  /** What to try when the browser refuses before delivering (a failed preflight); null when a retry could post twice. */
  fallback: RequestPlan | null;
}
export function planTest(service: ServiceName, url: string, report: MessageReport, options?: { pageOrigin?: string; documentUrl?: string; lang?: string }): RequestPlan;

export interface DeliveryReport {
  /** "unconfirmed": handed to the browser, the answer is not readable; never shown as a success. */
  outcome: "delivered" | "refused" | "unconfirmed" | "failed";
  status: number | null;
  /** Stable, e.g. "delivery/webhook-unknown": which sentence it is. */
  code: string;
  /** One sentence for the user: what happened and what to do. */
  message: string;
  /** The service's own words, with secrets masked. */
  detail: string | null;
  retryAfterSeconds: number | null;
  elapsedMs: number;
}
export function interpretResponse(service: ServiceName, status: number, headers: Record<string, string>, body: string, lang?: string): DeliveryReport;
/**
 * Sends once, with fetch; never twice for one call unless the first provably was not delivered. A redirect is not followed.
 * A call with a plan (the same object) that is under way gets the promise of the first call, and sends nothing.
 */
export function sendTest(plan: RequestPlan, options?: { service?: ServiceName; signal?: AbortSignal; timeoutMs?: number; lang?: string }): Promise<DeliveryReport>;

/** A check of a webhook that posts nothing; null where the service offers none, and `message` says why. */
export interface ProbePlan {
  request: RequestPlan | null;
  /** What will be asked, or why nothing can be. */
  message: string;
}
export function planProbe(service: ServiceName, url: string, options?: { lang?: string }): ProbePlan;
/** "alive": the service knows the webhook. That a message would be posted is not said by it. */
export type ProbeReport = Omit<DeliveryReport, "outcome"> & { outcome: "alive" | "refused" | "unconfirmed" | "failed" };
export function interpretProbe(service: ServiceName, status: number, headers: Record<string, string>, body: string, lang?: string): ProbeReport;
/** Asks once; give it the `request` of `planProbe`. */
export function sendProbe(request: RequestPlan, options: { service: ServiceName; signal?: AbortSignal; timeoutMs?: number; lang?: string }): Promise<ProbeReport>;
