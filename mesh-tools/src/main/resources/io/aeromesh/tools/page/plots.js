// Times as percentile plots: a tenth of the times more to the right is one step, so that the tail has room.

import {svg, html, set, say, sync} from './draw.js';
import * as words from './words.js';

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 52;
const RIGHT = 14;
const TOP = 10;
const BOTTOM = 26;
const NINES_MAX = 5;
const TITLES = {
  'duty-cycle': 'Duty cycle: how long one worked',
  acknowledged: 'Acknowledged: accepted until consumed, by proxy',
  hop: 'Hop: half a round trip to a neighbour'
};

const nines = percentile => Math.min(NINES_MAX + 0.4, -Math.log10(1 - percentile / 100));
const x = percentile => LEFT + (WIDTH - LEFT - RIGHT) * nines(percentile) / (NINES_MAX + 0.4);

/** The percentiles that so many times tell something about: of 20 the 99.9th is just the largest. */
function points(percentiles, curve) {
  const last = percentiles.length - 1;
  const shown = percentiles.map((percentile, i) => ({percentile, value: curve.values[i]}))
    .filter((point, i) => i === last || curve.count * (1 - point.percentile / 100) >= 1);
  if (shown.length > 1) {
    shown[shown.length - 1] = {...shown[shown.length - 1],
      percentile: Math.min(100 * (1 - 1 / (curve.count + 1)), 100 * (1 - 10 ** -(NINES_MAX + 0.4)))};
  }
  return curve.count === 0 ? [] : shown;
}

export function showPlots(parent, picture, selected) {
  const times = picture.times.find(of => of.node === selected) ?? null;
  sync(parent, times ? times.spread : [], spread => spread.label, makePlot,
    (figure, spread) => updatePlot(figure, spread, picture.percentiles));
}

function makePlot(spread) {
  const plot = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img'},
    svg('g', {class: 'grid'}), svg('path', {class: 'all'}), svg('path', {class: 'recent'}),
    svg('text', {class: 'none', x: WIDTH / 2, y: HEIGHT / 2}));
  return html('figure', {}, html('figcaption', {}, TITLES[spread.label] ?? spread.label), plot,
    html('p', {class: 'figures'}));
}

function updatePlot(figure, spread, percentiles) {
  const [, plot, figures] = figure.children;
  const [grid, all, recent, none] = plot.children;
  const allPoints = points(percentiles, spread.all);
  const recentPoints = points(percentiles, spread.recent);
  const values = [...allPoints, ...recentPoints].map(point => Math.max(1, point.value));
  const lowest = values.length ? Math.floor(Math.log10(Math.min(...values))) : 0;
  const highest = values.length ? Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values)))) : 1;
  const y = value => HEIGHT - BOTTOM -
    (HEIGHT - TOP - BOTTOM) * (Math.log10(Math.max(1, value)) - lowest) / (highest - lowest);
  drawGrid(grid, lowest, highest, y);
  set(all, {d: path(allPoints, y)});
  set(recent, {d: path(recentPoints, y)});
  say(none, values.length ? '' : 'no times yet');
  const at = (curve, percentile) => curve.count ? words.nanoseconds(curve.values[percentiles.indexOf(percentile)]) : '\u2013';
  const text = `half ${at(spread.all, 50)} \u00b7 99 % ${at(spread.all, 99)} \u00b7 99.9 % ${at(spread.all, 99.9)}` +
    ` \u00b7 largest ${at(spread.all, 100)} of ${words.count(spread.all.count)}`;
  say(figures, text);
  set(plot, {'aria-label': `${TITLES[spread.label] ?? spread.label}; ${text}`});
}

function drawGrid(grid, lowest, highest, y) {
  const lines = [];
  for (let power = lowest; power <= highest; power++) {
    lines.push({key: 'y' + power, d: `M${LEFT} ${y(10 ** power)}H${WIDTH - RIGHT}`, x: LEFT - 6, y: y(10 ** power) + 4,
      anchor: 'end', text: words.nanoseconds(10 ** power)});
  }
  [0, 50, 90, 99, 99.9, 99.99, 99.999].forEach(percentile => lines.push({key: 'x' + percentile,
    d: `M${x(percentile)} ${TOP}V${HEIGHT - BOTTOM}`, x: x(percentile), y: HEIGHT - 8, anchor: 'middle',
    text: percentile === 0 ? '' : percentile + ' %'}));
  sync(grid, lines, line => line.key, () => svg('g', {}, svg('path'), svg('text')), (group, line) => {
    set(group.firstChild, {d: line.d});
    set(group.lastChild, {x: line.x, y: line.y, 'text-anchor': line.anchor});
    say(group.lastChild, line.text);
  });
}

const path = (shown, y) => shown.map((point, i) =>
  `${i ? 'L' : 'M'}${x(point.percentile).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
