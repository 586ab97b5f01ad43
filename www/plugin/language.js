// The words of the elements: they come from the engine's catalogue, so that every sentence lives in one place.

/** What the elements say in one language. */
export class Words {
  #table;
  #code;
  /** Made when the first number is said. @type {Intl.NumberFormat | null} */
  #numbers = null;
  #dateFormat;

  /** @param {Record<string, string>} table Key (without `ui/`) and sentence. @param {string} code The host's language. @param {string} [dateFormat] The person's, as the host writes it: "dd/mm/yyyy". */
  constructor(table, code, dateFormat = 'yyyy-mm-dd') {
    this.#table = table;
    this.#code = code;
    this.#dateFormat = dateFormat;
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
    try {
      return (this.#numbers ??= new Intl.NumberFormat(this.#code.replace('_', '-'))).format(value);
    } catch {
      return String(value);
    }
  }

  /** A date or a moment as the host stores it, in the person's format. @param {string} stored */
  moment(stored) {
    const [, year = '', month = '', day = '', clock = ''] = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?/.exec(stored) ?? [];
    if (year === '') return stored;
    const date = this.#dateFormat.replace(/yyyy|mm|dd/g, (part) => ({ yyyy: year, mm: month, dd: day })[part] ?? part);
    return clock === '' ? date : `${date} ${clock}`;
  }
}

/** The one sentence that cannot come from the catalogue: it is said when the catalogue could not be loaded. */
const UNAVAILABLE = {
  en: 'The checks are not available: this browser could not load the plugin’s WebAssembly module.',
  fr: 'Les vérifications ne sont pas disponibles : ce navigateur n’a pas pu charger le module WebAssembly du greffon.',
};

/**
 * The words while the engine has not answered, in the host's language.
 * @param {string} code
 */
export function wordsWithoutEngine(code) {
  return new Words({ unavailable: code.startsWith('fr') ? UNAVAILABLE.fr : UNAVAILABLE.en }, code);
}

/** Before anything is known. */
export const NO_WORDS = wordsWithoutEngine('en');
