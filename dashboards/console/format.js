// Numbers and times as people read them. Every number carries its unit.

const two = (value) => String(Number(value.toPrecision(2)));

export function seconds(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return '–';
  if (value === 0) return '0 s';
  if (value < 1e-3) return `${two(value * 1e6)} µs`;
  return value < 0.1 ? `${two(value * 1000)} ms` : `${two(value)} s`;
}

export function percent(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return '–';
  return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
}

export const whole = (value) => (value === undefined ? '–' : Math.round(value).toLocaleString('en'));

/** A level in the unit of its series (UCUM). */
export function level(value, unit) {
  if (unit === 's') return seconds(value);
  if (unit === '1') return percent(value);
  return `${two(value)} ${unit}`;
}

export function factor(before, after) {
  if (!(before > 0)) return 'from nothing';
  const ratio = after / before;
  return `×${ratio < 10 ? two(ratio) : Math.round(ratio)}`;
}

/** How long, from whole seconds on. */
export function span(millis) {
  const total = Math.max(0, Math.round(millis / 1000));
  if (total < 120) return `${total} s`;
  if (total < 7200) return `${Math.round(total / 60)} min`;
  return total < 172800 ? `${Math.round(total / 3600)} h` : `${Math.round(total / 86400)} d`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** How long after an instant another one was. Clocks of several machines differ, so it may be before. */
export function after(instant, later) {
  const millis = Date.parse(later) - Date.parse(instant);
  const size = Math.abs(millis);
  return `${millis < 0 ? '−' : '+'}${size < 100_000 ? `${two(size / 1000)} s` : span(size)}`;
}

/** Time of day; with the date when it is not within half a day of now. */
export function clock(instant, now = Date.now()) {
  const date = new Date(instant);
  return Math.abs(now - date) < 43_200_000 ? CLOCK.format(date) : DAY.format(date);
}

export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;
