// The host's POST as a command for a shell.

/** A word of a POSIX shell, whatever is in it. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * What the host sends: `requests.post(url, json=...)`. The URL is a secret, so the person puts it in.
 * @param {string} payload @param {string} place What stands in the place of the URL.
 */
export function curl(payload, place) {
  // Unlike --data, this takes an @ at the beginning as it is.
  return `curl --request POST --header 'Content-Type: application/json' --data-raw ${quoted(payload)} ${quoted(place)}`;
}
