// Numbers and times as people read them.

const COUNTS = ['', ' k', ' M', ' G', ' T'];
const BYTES = [' B', ' KiB', ' MiB', ' GiB', ' TiB'];
const TIMES = [' ns', ' \u00b5s', ' ms', ' s'];
const UNKNOWN = '\u2013';

function scaled(value, step, units) {
  let rest = value;
  let unit = 0;
  while (Math.abs(rest) >= step && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  const digits = Number.isInteger(rest) || Math.abs(rest) >= 100 ? 0 : Math.abs(rest) >= 10 ? 1 : 2;
  return rest.toFixed(digits) + units[unit];
}

export const count = value => value < 0 ? UNKNOWN : scaled(value, 1000, COUNTS);
export const rate = value => value < 0 ? UNKNOWN : scaled(Math.round(value), 1000, COUNTS) + '/s';
export const bytes = value => value < 0 ? UNKNOWN : scaled(Math.round(value), 1024, BYTES);
export const byteRate = value => value < 0 ? UNKNOWN : bytes(value) + '/s';
export const nanoseconds = value => value < 0 ? UNKNOWN : scaled(value, 1000, TIMES);

const clock = new Intl.DateTimeFormat(undefined,
  {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hour12: false});
const day = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});

export const timeOfDay = ms => clock.format(new Date(ms));
export const date = ms => day.format(new Date(ms));

/** The two largest units that there are: 1 d 2 h. */
export function duration(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([length]) => s >= length);
  if (first < 0) {
    return '0 s';
  }
  const words = [];
  let rest = s;
  for (const [length, unit] of parts.slice(first, first + 2)) {
    words.push(Math.floor(rest / length) + ' ' + unit);
    rest %= length;
  }
  return words.join(' ');
}

/** With its verb: 1 node, 2 nodes. */
export const plural = (number, word) => `${number} ${word}${number === 1 ? '' : word.endsWith('sh') ? 'es' : 's'}`;
