// Dose and response: how much slower a cluster answered, against how far the rollout had come in it.

import { h } from './dom.js';
import { percent, seconds } from './format.js';

const WIDTH = 560;
const HEIGHT = 230;
const LEFT = 56;
const BOTTOM = 34;
const MOST_POINTS = 400;

/**
 * Pairs what was measured with what had been reached then, until the rollout was stopped: afterwards it shrinks, and queues
 * drain later than coverage does.
 */
function points(course, levels, until) {
  const { timesMillis, meanSeconds } = levels.apiserverSeries;
  const begun = course.timesMillis[0];
  const before = meanSeconds.filter((_, index) => timesMillis[index] < begun);
  const all = [];
  for (let index = 0; index < timesMillis.length; index++) {
    const time = timesMillis[index];
    if (time < begun || time > until) continue;
    let step = course.timesMillis.length - 1;
    while (step > 0 && course.timesMillis[step] > time) step--;
    if (course.total[step] > 0) all.push([course.updated[step] / course.total[step], meanSeconds[index]]);
  }
  return { cluster: course.cluster, base: median(before), points: all };
}

function median(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/** A straight line from the level before, by least squares. Undefined when there is too little to draw one through. */
function slope({ base, points: all }) {
  const dosed = all.filter(([dose]) => dose > 0);
  if (base === undefined || dosed.length < 5 || Math.max(...dosed.map(([dose]) => dose)) < 0.01) return undefined;
  let above = 0;
  let below = 0;
  for (const [dose, value] of dosed) {
    above += dose * (value - base);
    below += dose * dose;
  }
  return above / below;
}

export function dosePlot(pairs, until) {
  const clusters = pairs.map(([course, levels]) => points(course, levels, until)).filter((one) => one.points.length > 1);
  if (clusters.length === 0) return undefined;
  const lines = clusters.map((one) => ({ ...one, slope: slope(one) }));
  const highest = Math.max(...lines.flatMap((one) => [...one.points.map((point) => point[1]), forecast(one) ?? 0]), 0.01) * 1.05;
  const x = (dose) => LEFT + dose * (WIDTH - LEFT - 16);
  const y = (value) => HEIGHT - BOTTOM - (Math.min(value, highest) / highest) * (HEIGHT - BOTTOM - 12);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return h('figure', { key: 'dose' },
    h('h3', { id: 'dose-title' }, 'Dose and response'),
    h('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'dose', role: 'img', 'aria-labelledby': 'dose-title', 'aria-describedby': 'dose-said' },
      ticks.map((tick) => h('line', { x1: LEFT, x2: WIDTH - 16, y1: y(tick * highest), y2: y(tick * highest), class: 'grid' })),
      ticks.map((tick) => h('text', { x: LEFT - 6, y: y(tick * highest) + 4, 'text-anchor': 'end' }, seconds(tick * highest))),
      ticks.map((tick) => h('text', { x: x(tick), y: HEIGHT - 12, 'text-anchor': 'middle' }, percent(tick))),
      lines.map((one, index) => [
        thin(one.points).map(([dose, value]) => h('circle', { cx: x(dose).toFixed(1), cy: y(value).toFixed(1), r: 3, class: `c${(index % 5) + 1}` })),
        one.slope === undefined ? undefined
          : h('line', { x1: x(0), y1: y(one.base), x2: x(1), y2: y(Math.max(0, forecast(one))), class: `forecast c${(index % 5) + 1}` }),
      ])),
    h('figcaption', null, 'Mean latency against coverage until it was stopped. ',
      h('span', { id: 'dose-said' }, lines.map((one, index) => [h('span', { class: `key c${(index % 5) + 1}` }), h('bdi', null, one.cluster),
        one.slope === undefined ? ': too little for a forecast. ' : `: ${seconds(one.base)} before, ${seconds(Math.max(0, forecast(one)))} at 100 % if it went on in a straight line. `])),
      'The lines are for the eye; no decision is based on them.'));
}

const forecast = (one) => (one.slope === undefined ? undefined : one.base + one.slope);

const thin = (all) => all.filter((_, index) => index % Math.ceil(all.length / MOST_POINTS) === 0);
