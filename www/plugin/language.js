// The words of the elements: they come from the engine's catalogue, so that every sentence lives in one place.

/** What the elements say in one language. */
export class Words {
  #table;
  #code;
  #formats;
  /** Made when the first number is said. @type {((value: number) => string) | null} */
  #numbers = null;

  /**
   * @param {Record<string, string>} table Key (without `ui/`) and sentence. @param {string} code The host's language.
   * @param {Record<string, any>} [formats] The person's, under the host's names: `date_format`, `number_format`, `time_format`.
   */
  constructor(table, code, formats = {}) {
    this.#table = table;
    this.#code = code;
    this.#formats = formats;
  }

  /**
   * The sentence of a key with its `{names}` filled in; an unknown key is shown as itself.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const sentence = this.#table[key] ?? key;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? this.number(value) : value;
    });
  }

  /** @param {number} value */
  number(value) {
    return (this.#numbers ??= grouped(String(this.#formats['number_format'] ?? '')) ?? spoken(this.#code))(value);
  }

  /** The time of a moment, with seconds where the person's format has them. @param {string} moment ISO */
  time(moment) {
    return moment.slice(11, 11 + String(this.#formats['time_format'] ?? 'HH:mm:ss').length);
  }

  /** A date or a moment as the host stores it, in the person's format. @param {string} stored */
  moment(stored) {
    const [, year = '', month = '', day = '', clock = ''] = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d))?/.exec(stored) ?? [];
    if (year === '') return stored;
    const date = String(this.#formats['date_format'] ?? 'yyyy-mm-dd').replace(/yyyy|mm|dd/g, (part) => ({ yyyy: year, mm: month, dd: day })[part] ?? part);
    return clock === '' ? date : `${date} ${this.time(stored)}`;
  }
}

/**
 * Writes numbers in a format of the host's, such as `# ###,##` or `#,##,###.##`; null for what is none.
 * @param {string} format
 */
function grouped(format) {
  const [, sign = '', indian, point = '.'] = /^#([^#]+)(##\1)?###([^#])?/.exec(format) ?? [];
  if (sign === '') return null;
  const places = indian ? /\B(?=(\d\d)*\d{3}$)/g : /\B(?=(\d{3})+$)/g;
  return (/** @type {number} */ value) => {
    const [whole = '', decimals] = String(Math.round(value * 1000) / 1000).split('.');
    const written = whole.replace(places, sign.replaceAll(' ', '\u00a0'));
    return decimals ? written + point + decimals : written;
  };
}

/** Writes numbers as a language does. @param {string} code */
function spoken(code) {
  try {
    const numbers = new Intl.NumberFormat(code.replace('_', '-'));
    return (/** @type {number} */ value) => numbers.format(value);
  } catch {
    return String;
  }
}

/** The one sentence that cannot come from the catalogue: it is said when the catalogue could not be loaded. @type {Record<string, string>} */
const UNAVAILABLE = {
  en: 'The checks are not available: this browser could not load the plugin’s WebAssembly module.',
  fr: 'Les vérifications ne sont pas disponibles : ce navigateur n’a pas pu charger le module WebAssembly du greffon.',
};

/**
 * The words while the engine has not answered, in the host's language.
 * @param {string} code
 */
export function wordsWithoutEngine(code) {
  return new Words({ unavailable: UNAVAILABLE[code.slice(0, 2)] ?? UNAVAILABLE['en'] ?? '' }, code);
}

/** Before anything is known. */
export const NO_WORDS = wordsWithoutEngine('en');
