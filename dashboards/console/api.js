// Asks the detector. A refusal becomes an error whose message says what was wrong and what to do (RFC 9457).

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const TIMEOUT_MILLIS = 8000;

async function send(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
  } catch (cause) {
    throw new Refused(0, cause.name === 'TimeoutError' ? 'the detector does not answer' : 'the detector cannot be reached');
  }
  if (answer.ok) return answer.json();
  let detail = `${path} answered ${answer.status}`;
  if (answer.headers.get('Content-Type')?.includes('problem+json')) detail = (await answer.json()).detail ?? detail;
  throw new Refused(answer.status, detail);
}

export const get = (path) => send(path, { headers: { Accept: 'application/json' } });

export const post = (path, token, body) => send(path, {
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export const part = (text) => encodeURIComponent(text);
