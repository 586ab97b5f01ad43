// The stand-ins of the desk that runs for these tests, and how they are asked.
export const desk = process.env.DESKBELL_DESK;
export const { chats, closed } = await (await fetch(`${desk}/demo.json`)).json();

/** A hook of a stand-in at its own origin, whatever host people would type. */
export const local = ({ origin, hooks }, name) => new URL(new URL(hooks[name]).pathname + new URL(hooks[name]).search, origin).href;
/** What arrived. */
export const posts = async ({ origin }) => (await fetch(`${origin}/messages.json`)).json();
/** Who asked, and with which status it was answered. */
export const visits = async ({ origin }) => (await fetch(`${origin}/requests.json`)).json();
/** Puts the clock of a stand-in forward, past its rate limits. */
export const later = ({ origin }, seconds = 300) => fetch(`${origin}/clock.json?later=${seconds}`, { method: 'POST' });
