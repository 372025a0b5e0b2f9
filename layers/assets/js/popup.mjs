// What a reader sees of one incident: who says what happened where, who denies it, and the sentence itself.

import { dayText, el, number } from "./dom.mjs";
import { valueLabel, valueStyle } from "./styles.mjs";
import { symbolSwatch } from "./swatch.mjs";
import { DAY_S } from "./table.mjs";

const DATE_PREC = { 2: "within a few days", 3: "within the week", 4: "within the month", 5: "within the year" };

export function whenText(record, unit) {
  if (record.start === null || record.start === undefined) return "date unknown";
  const hours = unit < DAY_S;
  const from = dayText(record.start * unit, { hours });
  const about = DATE_PREC[record.date_prec] ? `, ${DATE_PREC[record.date_prec]}` : "";
  return record.length ? `${from} – ${dayText((record.start + record.length) * unit, { hours })}${about}` : from + about;
}

export function tooltipLine(layer, rows) {
  const { table, styles } = layer;
  const [row] = rows;
  const [field, value] = kindOf({ event_type: table.value("event_type", row), role: table.value("role", row) });
  const type = value === null ? "Incident" : valueLabel(styles, field, value);
  const side = table.value("claimant_side", row);
  const day = dayText(table.time(row) * table.unit, { hours: table.unit < DAY_S });
  const who = side ? ` · says ${valueLabel(styles, "claimant_side", side)}` : "";
  return `${type} · ${day}${who}${rows.length > 1 ? ` · and ${number(rows.length - 1)} more here` : ""}`;
}

// The sentence with the place name as written marked in it; plain text in plain nodes.
export function sentence(text, marked, lang) {
  const quote = el("blockquote", { className: "cl-quote", attrs: { lang, dir: "auto" } });
  const at = marked ? text.indexOf(marked) : -1;
  if (at < 0) quote.append(text);
  else quote.append(text.slice(0, at), el("mark", { text: marked }), text.slice(at + marked.length));
  return quote;
}

function range(low, best, high) {
  const known = [low, best, high].filter((v) => v !== null && v !== undefined);
  if (!known.length) return null;
  const from = Math.min(...known);
  const to = Math.max(...known);
  return from === to ? number(from) : `${number(from)}–${number(to)}`;
}

function casualties(record, styles) {
  const deaths = range(record.deaths_low, record.deaths_best, record.deaths_high);
  const injured = range(record.injured_low, null, record.injured_high);
  if (!deaths && !injured) return null;
  const parts = [deaths && `${deaths} killed`, injured && `${injured} injured`].filter(Boolean);
  if (record.deaths_civilians) parts.push(`${number(record.deaths_civilians)} of the dead civilians`);
  const scope = record.scope && record.scope !== "incident" ? ` (${valueLabel(styles, "scope", record.scope)})` : "";
  return parts.join(", ") + scope;
}

const faint = (parts) => el("div", { className: "cl-faint", text: parts.filter(Boolean).join(" · "), attrs: { dir: "auto" } });

function row(label, value) {
  if (value === null || value === undefined || value === "") return null;
  const content = value instanceof Node ? value : el("span", { text: value, attrs: { dir: "auto" } });
  return el("div", { className: "cl-row" }, [el("dt", { text: label }), el("dd", {}, [content])]);
}

// Ids of actors, "; " between, as names; what has no name is shown as it stands.
function names(styles, field, text) {
  return text ? String(text).split("; ").map((id) => valueLabel(styles, field, id)).join(", ") : null;
}

function claim(record, styles) {
  const side = names(styles, "claimant_side", record.claimant_side);
  const actor = names(styles, "claimant", record.claimant);
  const who = [actor, side && side !== actor ? side : null].filter(Boolean).join(" – ");
  if (!who && !record.claim_status) return null;
  // What another side denies is still claimed by this one; the denial has a line of its own.
  const status = record.claim_status === "denied" ? "claimed" : record.claim_status;
  const between = !status || status === "claimed" ? " by " : " – said by ";
  return el("span", {}, [
    status && el("span", { className: `cl-status cl-status-${/^[a-z]+$/.test(status) ? status : "other"}`, text: valueLabel(styles, "claim_status", status) }),
    el("span", { text: who ? (status ? between : "") + who : "", attrs: { dir: "auto" } }),
  ]);
}

function place(record, styles) {
  const names = record.place_names ?? record.place_name;
  const lines = [el("strong", { text: names ?? "no named place", attrs: { dir: "auto" } })];
  const written = record.place_name && !String(names).includes(record.place_name) ? `as written: ${record.place_name}` : null;
  const radius = record.radius_km ? `± ${record.radius_km < 1 ? `${Math.round(record.radius_km * 1000)} m` : `${Math.round(record.radius_km * 10) / 10} km`}` : null;
  const precision = record.where_prec ? valueLabel(styles, "where_prec", record.where_prec).toLowerCase() : null;
  const region = [record.admin2, record.admin1, record.country].filter(Boolean).join(", ");
  const more = [written, region, [precision, radius].filter(Boolean).join(", ")].filter(Boolean).join(" · ");
  if (more) lines.push(faint([more]));
  return el("span", {}, lines);
}

// Claims of other reports about the same event: a JSON list in the column `versions`.
export function readVersions(text) {
  try {
    const list = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list.filter((v) => v && typeof v === "object") : [];
  } catch {
    return [];
  }
}

function versions(record, styles, knownUntil) {
  const list = readVersions(record.versions).filter((v) => !knownUntil || !v.reported_at || Date.parse(v.reported_at) < knownUntil * 1000);
  if (list.length < 2) return null;
  const items = list.map((v) => el("li", {}, [
    el("strong", { text: names(styles, "claimant", v.claimant) ?? "nobody named", attrs: { dir: "auto" } }),
    v.denied_by && el("span", { className: "cl-status-denied", text: ` – denied by ${names(styles, "claimant", v.denied_by)}`, attrs: { dir: "auto" } }),
    v.text && sentence(String(v.text), null, v.lang),
    faint([v.source, v.reported_at && String(v.reported_at).slice(0, 16).replace("T", " ")]),
  ]));
  return el("details", {}, [el("summary", { text: `${list.length} versions` }), el("ul", { className: "cl-versions" }, items)]);
}

// What a row is: an event, or the part that a name plays in a report.
function kindOf(record) {
  const field = ["event_type", "role"].find((name) => record[name]);
  return field ? [field, record[field]] : ["event_type", null];
}

export function incidentBody(record, { styles, unit, knownUntil }) {
  const [field, value] = kindOf(record);
  const type = value === null ? "Incident" : valueLabel(styles, field, value);
  const actors = [record.perpetrator, record.target].map((v) => names(styles, "perpetrator", v));
  const swatch = symbolSwatch(valueStyle(styles, field, value), { hollow: record.claim_status === "denied" });
  const denial = record.denied_by && el("span", {}, [
    el("span", { className: "cl-status cl-status-denied", text: "Denied" }),
    el("span", { text: ` by ${names(styles, "claimant", record.denied_by)}`, attrs: { dir: "auto" } }),
    record.denial_text ? sentence(record.denial_text, null, record.lang) : null,
  ]);
  const facts = [
    row("Place", place(record, styles)),
    row("Claim", claim(record, styles)),
    row("Denial", denial),
    row("Actors", actors[0] && actors[1] ? `${actors[0]} → ${actors[1]}` : (actors[0] ?? (actors[1] ? `against ${actors[1]}` : null))),
    row("People", casualties(record, styles)),
    row("Sources", record.sources),
    row("Reported", record.reported_at ? dayText(record.reported_at, { hours: true }) : null),
  ];
  return el("div", { className: "cl-incident" }, [
    el("header", {}, [swatch, el("strong", { text: type }), el("span", { className: "cl-when", text: whenText(record, unit) })]),
    record.text ? sentence(record.text, record.place_name, record.lang) : null,
    el("dl", {}, facts.filter(Boolean)),
    versions(record, styles, knownUntil),
    el("footer", {}, [faint([record.incident_id, Number.isFinite(record.confidence) && `confidence ${record.confidence.toFixed(2)}`])]),
  ]);
}

// One incident, or several of one place with buttons to go through them.
export async function incidentPopup({ rows, show, styles, state, unit }) {
  const box = el("div", { className: "cl-popup-body" });
  const body = el("div");
  let place = 0;
  const turn = async (step) => {
    place = (place + step + rows.length) % rows.length;
    const record = await show(place);
    body.replaceChildren(incidentBody(record, { styles, unit, knownUntil: state.known ? state.range.to : null }));
    label.textContent = `${place + 1} of ${number(rows.length)} at this place`;
  };
  const button = (text, name, step) => el("button", { text, attrs: { type: "button", "aria-label": name }, on: { click: () => turn(step) } });
  const label = el("span", { attrs: { "aria-live": "polite" } });
  if (rows.length > 1) box.append(el("nav", { className: "cl-pager" }, [button("‹", "Previous incident", -1), label, button("›", "Next incident", 1)]));
  box.append(body);
  await turn(0);
  return box;
}

// The part of the map that neither legend nor timeline covers, as options of a popup.
export function popupRoom({ clientWidth: width, clientHeight: height }) {
  const wide = width > 720;
  const [top, below] = wide ? [12, 84] : [76, 150];
  return {
    minWidth: Math.min(260, width - 60),
    maxWidth: Math.min(380, width - 60),
    maxHeight: Math.max(160, Math.min(440, height - top - below - 50)),
    autoPanPaddingTopLeft: [12, top],
    autoPanPaddingBottomRight: [width > 1000 ? 280 : 12, below],
  };
}
