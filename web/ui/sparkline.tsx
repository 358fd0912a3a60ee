import classes from './sparkline.module.css';

const width = 160;
const height = 24;
const pad = 2;

/** The shape of a series and nothing else; gaps stay gaps. It says nothing to a screen reader: the number beside it does. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  // A flat series is a line in the middle, not noise blown up to the full height.
  const span = Math.max(high - low, Math.abs(high) * 0.02, Number.EPSILON);
  const middle = (high + low) / 2;
  const x = (index: number) => (index / (values.length - 1)) * width;
  const y = (value: number) => height / 2 - ((value - middle) / span) * (height - 2 * pad);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const isStart = index === 0 || values[index - 1] === null;
      return `${isStart ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  return (
    <svg className={classes.line} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
