// Colours, shapes and labels: what styles.toml says, and a palette for what it does not name.

const plain = (value) => String(value).replaceAll("_", " ");

export function fieldLabel(styles, field) {
  return styles.fields[field]?.label ?? plain(field);
}

export function valueLabel(styles, field, value) {
  if (value === null || value === "") return styles.fields[field]?.missing ?? "not stated";
  const known = styles.fields[field]?.values?.[value] ?? (styles.fields[field]?.sides ? styles.sides[value] : null);
  return known?.label ?? plain(value);
}

export function valueStyle(styles, field, value, place = 0) {
  if (value === null || value === "") return { color: styles.missing.color, shape: styles.missing.shape };
  const known = styles.fields[field]?.values?.[value] ?? (styles.fields[field]?.sides ? styles.sides[value] : null);
  return {
    color: known?.color ?? styles.palette[place % styles.palette.length],
    shape: known?.shape ?? styles.shapes[place % styles.shapes.length],
  };
}

export function sideColor(styles, side) {
  return styles.sides[side]?.color ?? styles.missing.color;
}
