// Colours, shapes and labels: what styles.toml says, and a palette for what it does not name.

const plain = (value) => String(value).replaceAll("_", " ");

export function fieldLabel(styles, field) {
  return styles.fields[field]?.label ?? plain(field);
}

// What the styles say of a value; only their own entries count, whatever a value is called.
function namedStyle(styles, field, value) {
  const { values, sides } = (Object.hasOwn(styles.fields, field) && styles.fields[field]) || {};
  if (values && Object.hasOwn(values, value)) return values[value];
  return sides && Object.hasOwn(styles.sides, value) ? styles.sides[value] : null;
}

export function valueLabel(styles, field, value) {
  if (value === null || value === "") return styles.fields[field]?.missing ?? "not stated";
  return namedStyle(styles, field, value)?.label ?? plain(value);
}

export function valueStyle(styles, field, value, place = 0) {
  if (value === null || value === "") return { color: styles.missing.color, shape: styles.missing.shape };
  const known = namedStyle(styles, field, value);
  return {
    color: known?.color ?? styles.palette[place % styles.palette.length],
    shape: known?.shape ?? styles.shapes[place % styles.shapes.length],
  };
}

// Styles for values in this order; those without one of their own get colours that no other value here has, if any is left.
export function valueStyles(styles, field, values) {
  const taken = new Set(values.map((v) => v && namedStyle(styles, field, v)?.color));
  const free = styles.palette.filter((color) => !taken.has(color));
  const palette = free.length ? free : styles.palette;
  let place = 0;
  return values.map((value) => {
    const given = value === null || namedStyle(styles, field, value)?.color;
    return valueStyle({ ...styles, palette }, field, value, given ? 0 : place++);
  });
}

export function sideColor(styles, side) {
  return styles.sides[side]?.color ?? styles.missing.color;
}
