// Charts over time. uPlot draws; this file says what. Loaded with the first view that has a chart.

import { h } from './dom.js';
import { percent, seconds, clock } from './format.js';
import { now } from './live.js';
import uPlot from './uplot/uPlot.esm.js';

const HEIGHT = 190;
/** Room above a line at 100 %, for the words at the upright lines. */
const HEADROOM = 1.15;
const MOST_LINES = 10;
/** Of a word at an upright line. */
const LABEL_HEIGHT = 13;
const drawn = new Map();

document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'uplot/uPlot.min.css' }));
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const plot = drawn.get(target.id)?.plot;
    if (plot && target.clientWidth > 0) plot.setSize({ width: target.clientWidth, height: HEIGHT });
  }
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => release());

/** Takes all charts away; the next look draws them anew. */
export function release() {
  for (const { plot, host } of drawn.values()) {
    sizes.unobserve(host);
    plot.destroy();
  }
  drawn.clear();
}

/** The place of a chart. What it shows is said in words too, under it. */
export function chart(id, title, caption) {
  return h('figure', { key: `figure-${id}` },
    h('h3', { id: `${id}-title` }, title),
    h('div', { id: `${id}-plot`, class: 'plot', role: 'img', 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-said`, own: true }),
    h('figcaption', null, caption, ' ', h('span', { id: `${id}-said`, own: true })));
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * @param series `{ label, times, values, stroke, axis: 'y' | 'dose', fill, stepped }`, times in ms
 * @param marks `{ time, label, tone }` upright lines; @param spans `{ from, to }` intervals that hold an onset
 */
function draw(id, { series, format, marks = [], spans = [], said, top }) {
  const host = document.getElementById(`${id}-plot`);
  if (!host) return;
  document.getElementById(`${id}-said`).textContent = said;
  const data = join(series);
  const shape = series.map((one) => one.label).join('|');
  let entry = drawn.get(host.id);
  if (entry && (entry.host !== host || entry.shape !== shape)) {
    sizes.unobserve(entry.host);
    entry.plot.destroy();
    entry = undefined;
    host.replaceChildren();
  }
  if (!entry) {
    entry = { host, shape, marks, spans };
    entry.plot = new uPlot(options(entry, series, format, host, top), data, host);
    drawn.set(host.id, entry);
    sizes.observe(host);
  } else {
    entry.marks = marks;
    entry.spans = spans;
    entry.plot.setData(data);
  }
  // Without a pointer the legend tells the newest values.
  if (entry.plot.cursor.left < 0 && data[0].length > 0) entry.plot.setLegend({ idxs: data.map((column) => column.findLastIndex((value) => value !== undefined && value !== null)) });
}

/** One column of times for all series. What is a level stays until it changes; what is a sample is only where it was taken. */
function join(series) {
  const times = [...new Set(series.flatMap((one) => one.times))].sort((one, other) => one - other);
  const columns = series.map((one) => {
    const at = new Map(one.times.map((time, index) => [time, one.values[index]]));
    let last = null;
    return times.map((time) => {
      if (at.has(time)) last = at.get(time);
      else if (!one.stepped) return undefined;
      return last;
    });
  });
  return [times.map((time) => time / 1000), ...columns];
}

function options(entry, series, format, host, top) {
  const dose = series.some((one) => one.axis === 'dose');
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1 }, font: '12px system-ui, sans-serif' };
  return {
    width: Math.max(240, host.clientWidth),
    height: HEIGHT,
    legend: { live: true },
    cursor: { drag: { x: true, y: false }, sync: { key: 'andon' } },
    scales: { x: { range: (plot, low, high) => (high - low < 10 ? [low - 30, high + 30] : [low, high]) }, y: { range: (plot, low, high) => [0, Math.max(top, high ?? 0) * HEADROOM] }, dose: { range: [0, HEADROOM] } },
    axes: [
      { ...axis, space: 70, values: (plot, ticks) => ticks.map((tick) => clock(tick * 1000, now())) },
      { ...axis, scale: 'y', size: 62, space: 34, values: (plot, ticks) => ticks.map((tick) => (top === 1 && tick > 1 ? '' : format(tick))) },
      ...(dose ? [{ ...axis, scale: 'dose', side: 1, size: 58, space: 40, grid: { show: false }, values: (plot, ticks) => ticks.map((tick) => (tick > 1 ? '' : percent(tick))) }] : []),
    ],
    series: [
      { label: 'time', value: (plot, value) => (value === null || value === undefined ? '–' : clock(value * 1000, now())) },
      ...series.map((one) => ({
        label: one.label,
        scale: one.axis,
        stroke: one.stroke,
        fill: one.fill,
        width: one.fill ? 1 : 1.75,
        dash: one.dash,
        spanGaps: true,
        points: { show: false },
        paths: one.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        value: (plot, value) => (value === null || value === undefined ? '–' : one.axis === 'dose' ? percent(value) : format(value)),
      })),
    ],
    hooks: { drawClear: [(plot) => shade(plot, entry.spans)], draw: [(plot) => upright(plot, entry.marks)] },
  };
}

function shade(plot, spans) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = colour('onset');
  for (const { from, to } of spans) {
    const left = plot.valToPos(from / 1000, 'x', true);
    const right = Math.max(left + 2, plot.valToPos(to / 1000, 'x', true));
    const x = Math.max(bbox.left, left);
    const end = Math.min(bbox.left + bbox.width, right);
    if (end > x) ctx.fillRect(x, bbox.top, end - x, bbox.height);
  }
  ctx.restore();
}

function upright(plot, marks) {
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  ctx.save();
  ctx.font = `600 ${11 * unit}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  // The axis that was drawn last leaves its own.
  ctx.textAlign = 'left';
  const seen = [...marks].sort((one, other) => one.time - other.time)
    .map((mark) => ({ ...mark, x: plot.valToPos(mark.time / 1000, 'x', true) }))
    .filter(({ x }) => x >= bbox.left - 1 && x <= bbox.left + bbox.width + 1);
  for (const { x, tone } of seen) {
    ctx.strokeStyle = colour(tone);
    ctx.lineWidth = 1.5 * unit;
    ctx.setLineDash(tone === 'onset-ink' ? [3 * unit, 3 * unit] : []);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * unit;
  ctx.strokeStyle = colour('sheet');
  const taken = [];
  for (const { x, label, tone } of seen) {
    const place = placeOf(x, ctx.measureText(label).width, bbox, taken, unit);
    if (!place) continue;
    taken.push(place);
    const y = bbox.top + (3 + place.row * LABEL_HEIGHT) * unit;
    // With an edge in the colour of the sheet it can be read on top of lines.
    ctx.strokeText(label, place.from, y);
    ctx.fillStyle = colour(tone);
    ctx.fillText(label, place.from, y);
  }
  ctx.restore();
}

/** Labels that would cover one another stand one below the other; one for which there is no room is left out, its line is not. */
function placeOf(x, width, bbox, taken, unit) {
  const gap = 4 * unit;
  const from = x + width + 2 * gap > bbox.left + bbox.width ? x - width - gap : x + gap;
  for (let row = 0; (row + 1) * LABEL_HEIGHT * unit < bbox.height; row++) {
    if (taken.every((other) => other.row !== row || from > other.to + gap || from + width + gap < other.from)) return { row, from, to: from + width };
  }
  return undefined;
}

export const SIGNAL_TONES = { HALT: 'stop', ALARM: 'stop', HOLD: 'wait', CLEAR: 'fine' };

/** Upright lines of what was said; one is enough for the same word within a few seconds. */
export function marksOf(signals) {
  const marks = [];
  for (const signal of signals) {
    const at = Date.parse(signal.time);
    if (marks.some((mark) => mark.label === signal.action && Math.abs(mark.time - at) < 2000)) continue;
    marks.push({ time: at, label: signal.action, tone: SIGNAL_TONES[signal.action] });
  }
  return marks;
}

const spansOf = (changes) => changes.filter((change) => !change.ended)
  .map((change) => ({ from: Date.parse(change.onsetEarliest), to: Date.parse(change.onsetLatest) }));

function onsetsOf(changes) {
  const onsets = [...new Set(changes.filter((change) => !change.ended).map((change) => Date.parse(change.onset)))].sort((one, other) => one - other);
  return onsets.filter((onset, index) => index === 0 || onset - onsets[index - 1] > 2000).slice(0, 4)
    .map((time) => ({ time, label: 'onset', tone: 'onset-ink' }));
}

function band(course) {
  return course ? [{
    label: 'coverage',
    axis: 'dose',
    times: course.timesMillis,
    values: course.updated.map((updated, index) => (course.total[index] ? updated / course.total[index] : 0)),
    stroke: colour('band-ink'),
    fill: colour('band'),
    stepped: true,
  }] : [];
}

function sentence(label, values, changes, format) {
  const last = values.at(-1);
  if (last === undefined) return 'No sample is remembered.';
  const open = changes.filter((change) => !change.ended);
  const worst = open.length ? ` ${open.length === 1 ? 'One change point' : `${open.length} change points`}, the first at ${clock(open[0].onset, now())}.` : ' No change point.';
  return `${label} is ${format(last)}, at most ${format(Math.max(...values))}.${worst}`;
}

export function latencyChart(id, levels, { course, changes = [], marks = [] }) {
  const of = changes.filter((change) => change.unit === 's' || change.series.startsWith('apiserver'));
  const { timesMillis: times, meanSeconds, p99Seconds } = levels.apiserverSeries;
  draw(id, {
    series: [
      ...band(course),
      { label: 'P99', axis: 'y', times, values: p99Seconds, stroke: colour('line-1') },
      { label: 'mean', axis: 'y', times, values: meanSeconds, stroke: colour('line-2') },
    ],
    format: seconds,
    top: 0.01,
    spans: spansOf(of),
    marks: [...onsetsOf(of), ...marks],
    said: sentence('P99', p99Seconds, of, seconds),
  });
}

export function dnsChart(id, levels, { course, changes = [], marks = [] }) {
  const of = changes.filter((change) => change.series.startsWith('dns'));
  const { timesMillis: times, errorRatio, staleRatio } = levels.dnsSeries;
  draw(id, {
    series: [
      ...band(course),
      { label: 'errors', axis: 'y', times, values: errorRatio, stroke: colour('line-1') },
      { label: 'stale answers', axis: 'y', times, values: staleRatio, stroke: colour('line-2') },
    ],
    format: percent,
    top: 0.05,
    spans: spansOf(of),
    marks: [...onsetsOf(of), ...marks],
    said: sentence('The share of errors', errorRatio, of, percent),
  });
}

/** How far the rollout was in each cluster. */
export function coverageChart(id, courses, marks) {
  const shown = courses.slice(0, MOST_LINES);
  draw(id, {
    series: shown.map((course, index) => ({
      label: course.cluster.length > 24 ? `${course.cluster.slice(0, 23)}…` : course.cluster,
      axis: 'y',
      times: course.timesMillis,
      values: course.updated.map((updated, step) => (course.total[step] ? updated / course.total[step] : 0)),
      stroke: colour(`line-${(index % 5) + 1}`),
      dash: index < 5 ? undefined : [4, 3],
      stepped: true,
    })),
    format: percent,
    top: 1,
    marks,
    said: shown.map((course) => `${course.cluster}: ${percent(course.updated.at(-1) / Math.max(1, course.total.at(-1)))}`).join(', ')
      + (courses.length > MOST_LINES ? `, and ${courses.length - MOST_LINES} clusters more` : ''),
  });
}
