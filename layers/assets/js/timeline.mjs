// One bar for all layers of a map: the day, how much before it, playing, and how many incidents there were when.

import { calm, dayText, el, number } from "./dom.mjs";
import { countBy, histogram, windowRows } from "./filters.mjs";
import { formatFragment, parseFragment, stateOf } from "./state.mjs";
import { DAY_S } from "./table.mjs";

const WINDOWS = [[1, "this day"], [3, "3 days"], [7, "7 days"], [30, "30 days"], [365, "1 year"], [0, "all so far"]];
const HOURS = [[1 / 24, "this hour"], [0.25, "6 hours"]]; // offered when incidents have hours
const SPEEDS = [[1, "slow"], [4, "normal"], [12, "fast"], [60, "fastest"]];
const ICONS = { play: "M6 4l14 8-14 8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z", back: "M18 5v14l-9-7zM5 5h3v14H5z", forward: "M6 5v14l9-7zM16 5h3v14h-3z" };

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function choice(name, options, value, change) {
  const select = el("select", { attrs: { "aria-label": name, title: name }, on: { change: () => change(Number(select.value)) } },
    options.map(([v, text]) => el("option", { text, attrs: { value: v } })));
  select.value = String(value);
  return select;
}

export class Timeline {
  constructor(map, options = {}) {
    this.map = map;
    this.options = options;
    this.state = stateOf(map);
    this.speed = options.speed ?? 4;
    this.scale = L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl?.setPrefix('<a href="https://leafletjs.com">Leaflet</a>'); // without a flag: no side here
    if (options.window !== undefined) this.state.window = options.window;
    if (options.fragment) this.state.wanted = parseFragment(globalThis.location?.hash ?? "");
    if (options.day !== undefined && this.state.wanted?.time === undefined) {
      this.state.wanted = { ...this.state.wanted, time: Date.parse(options.day) / 1000 };
    }
    if (this.state.wanted) this.state.apply(this.state.wanted);
    this.build();
    this.unlisten = this.state.listen((kind) => this.heard(kind));
    if (options.fragment) this.follow();
    this.heard("span");
  }

  build() {
    const { state } = this;
    const button = (name, label, click) => el("button", { attrs: { type: "button", "aria-label": label, title: label }, on: { click } }, [icon(name)]);
    this.playButton = button("play", "Play", () => this.toggle());
    const step = (by) => () => { this.stop(); this.touch({ index: state.index + by }); this.release(); };
    this.slider = el("input", { attrs: { type: "range", min: 0, max: 0, step: 1, "aria-label": "Day" }, on: {
      input: () => { this.stop(); this.touch({ index: Number(this.slider.value) }); },
      change: () => this.release(),
    } });
    this.bars = el("canvas", { className: "cl-bars", attrs: { "aria-hidden": "true" } });
    this.day = el("output", { className: "cl-day" });
    this.count = el("span", { className: "cl-count", attrs: { role: "status" } });
    this.windowSelect = choice("How much before the day is shown", WINDOWS, state.window, (window) => { this.touch({ window }); this.release(); });
    this.known = el("input", { attrs: { type: "checkbox" }, on: { change: () => { this.touch({ known: this.known.checked }); this.release(); } } });
    const about = { className: "cl-known", attrs: { title: "Show only what had been reported by that day" } };
    const known = el("label", about, [this.known, el("span", { text: "as known then" })]);
    this.ticks = el("div", { className: "cl-ticks", attrs: { "aria-hidden": "true" } });
    this.bar = el("section", { className: "cl-timeline", attrs: { "aria-label": "Time" } }, [
      el("div", { className: "cl-buttons" }, [button("back", "One step back", step(-1)), this.playButton, button("forward", "One step on", step(1))]),
      el("div", { className: "cl-when-now" }, [this.day, this.count]),
      el("div", { className: "cl-track" }, [this.bars, this.slider, this.ticks]),
      el("div", { className: "cl-choices" }, [this.windowSelect, choice("Speed of playing", SPEEDS, this.speed, (v) => { this.speed = v; }), known]),
    ]);
    const container = this.map.getContainer();
    if (!container.hasAttribute("aria-label")) container.setAttribute("aria-label", "Map of incidents; the button List gives them in words");
    container.classList.add("cl-timed");
    this.map.on("popupopen popupclose", ({ type }) => container.classList.toggle("cl-reading", type === "popupopen"));
    container.append(this.bar);
    L.DomEvent.disableClickPropagation(this.bar);
    L.DomEvent.disableScrollPropagation(this.bar);
  }

  remove() {
    this.stop();
    this.unlisten();
    this.scale.remove();
    this.bar.remove();
    this.map.getContainer().classList.remove("cl-timed");
  }

  touch(change) {
    this.state.untouched = false;
    this.state.set(change);
  }

  heard(kind) {
    const { state } = this;
    if (kind === "counted") return; // our own word
    if (state.first === null) return void (this.bar.hidden = true);
    this.bar.hidden = false;
    this.slider.max = String(state.steps - 1);
    this.slider.value = String(state.index);
    this.showWindow(state.window);
    this.known.checked = state.known;
    const text = dayText(state.time, { hours: state.step % DAY_S !== 0 });
    this.day.textContent = text;
    this.slider.setAttribute("aria-valuetext", text);
    if (kind === "span" || kind === "mask") this.later("drawBars", 60);
    else this.paintBars();
    this.later("counted", kind === "time" && this.playing ? 250 : 40);
    if (this.options.fragment && kind !== "span") this.later("writeFragment", 300);
  }

  // A window that someone asked for from outside gets an entry of its own.
  showWindow(days) {
    const select = this.windowSelect;
    if (this.state.step < DAY_S && Number(select.options[0].value) >= 1) {
      select.prepend(...HOURS.map(([value, text]) => el("option", { text, attrs: { value } })));
      select.options[HOURS.length].textContent = "24 hours";
    }
    if (![...select.options].some((option) => Number(option.value) === days)) select.append(el("option", { text: `${number(days)} days`, attrs: { value: days } }));
    select.value = String(days);
  }

  // Work that need not be done for every step while the slider moves.
  later(name, wait) {
    this.timers ??= {};
    if (name === "counted" && this.timers[name]) return;
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => { this.timers[name] = 0; this[name](); }, wait);
  }

  counted() {
    let shown = 0;
    let unplaced = 0;
    for (const layer of this.state.sources) {
      const window = windowRows(layer.asked());
      const count = ({ range, rows }) => countBy(layer.table, null, { pass: layer._pass, keep: window.keep, ranges: [range], rows })[0];
      shown += count(window.placed);
      unplaced += count(window.unplaced);
    }
    this.count.textContent = `${number(shown)} on the map${unplaced ? ` · ${number(unplaced)} without a place` : ""}`;
    this.state.tell("counted");
  }

  drawBars() {
    const { state, bars } = this;
    const width = Math.max(1, bars.clientWidth);
    const bin = Math.max(1, Math.ceil(state.steps / (width / 3)));
    this.sums = new Float64Array(Math.ceil(state.steps / bin));
    for (const { table, _pass: pass } of state.sources) {
      const found = histogram(table, { first: state.first / table.unit, bins: this.sums.length, bin: (bin * state.step) / table.unit, pass });
      found.forEach((n, k) => { this.sums[k] += n; });
    }
    this.bin = bin * state.step;
    this.paintBars();
    this.drawTicks(width);
  }

  // What is on show stands out among what is not.
  paintBars() {
    const { state, bars, sums, bin } = this;
    if (!sums) return;
    const { clientWidth: width, clientHeight: height } = bars;
    const scale = Math.min(globalThis.devicePixelRatio || 1, 2);
    if (bars.width !== width * scale || bars.height !== height * scale) Object.assign(bars, { width: width * scale, height: height * scale });
    const context = bars.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const top = sums.reduce((a, b) => Math.max(a, b), 1);
    const { from, to } = state.range;
    const each = width / sums.length;
    sums.forEach((n, k) => {
      const tall = n ? Math.max(1.5, (n / top) * height) : 0;
      const begin = state.first + k * bin;
      context.fillStyle = begin + bin > from && begin < to ? "#4f7ea8" : "#c3c8cd";
      context.fillRect(k * each, height - tall, each > 4 ? each - 1 : each + 0.3, tall);
    });
  }

  // First days of months, or of years, as far as there is room for their names.
  drawTicks(width) {
    const { state } = this;
    const days = (state.last - state.first) / DAY_S;
    const marks = [];
    const at = new Date(state.first * 1000);
    const years = days > 900;
    const short = days <= 62;
    const cursor = new Date(Date.UTC(at.getUTCFullYear(), years ? 0 : at.getUTCMonth(), 1));
    if (short) cursor.setTime(state.first * 1000);
    while (cursor.getTime() / 1000 < state.last && marks.length < 2000) {
      const place = (cursor.getTime() / 1000 - state.first) / Math.max(state.step, state.last - state.first - state.step);
      if (place >= 0 && place <= 1) marks.push([place, years ? String(cursor.getUTCFullYear()) : dayText(cursor.getTime() / 1000, { year: false })]);
      if (short) cursor.setUTCDate(cursor.getUTCDate() + (days <= 16 ? 1 : 7));
      else if (years) cursor.setUTCFullYear(cursor.getUTCFullYear() + 1);
      else cursor.setUTCMonth(cursor.getUTCMonth() + 1);
    }
    const every = Math.max(1, Math.ceil((marks.length * 58) / width));
    this.ticks.replaceChildren(...marks.filter((_, k) => k % every === 0).map(([place, text]) => {
      const tick = el("span", { text });
      tick.style.left = `${(place * 100).toFixed(2)}%`;
      return tick;
    }));
  }

  toggle() {
    if (this.playing) return this.stop();
    if (this.state.index >= this.state.steps - 1) this.touch({ index: 0 });
    this.playing = true;
    this.face("pause", "Pause");
    let due = performance.now();
    const tick = (now) => {
      if (!this.playing) return;
      const pause = 1000 / (calm() ? Math.min(this.speed, 2) : this.speed);
      if (now >= due) {
        due = Math.max(due + pause, now);
        this.touch({ index: this.state.index + 1 });
        if (this.state.index >= this.state.steps - 1) return this.stop();
      }
      this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.face("play", "Play");
    this.release();
  }

  face(name, label) {
    this.playButton.replaceChildren(icon(name));
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = label;
  }

  // Tell those who listen outside (the dashboard) once the reader has let go.
  release() {
    const { time, range, window, known, step } = this.state;
    this.map.fire("contactline:time", { time, from: range.from, to: range.to, window, known, step });
  }

  follow() {
    const { view } = this.state.wanted ?? {};
    // After the page's own script, which may fit the map to its data.
    if (view) setTimeout(() => this.map.setView([view.lat, view.lng], view.zoom, { animate: false }));
    this.map.on("moveend", () => this.later("writeFragment", 300));
    globalThis.addEventListener("hashchange", () => {
      const wanted = parseFragment(location.hash);
      this.state.masks = {};
      this.state.untouched = false;
      this.state.apply({ window: 0, known: false, ...wanted });
      if (wanted.view) this.map.setView([wanted.view.lat, wanted.view.lng], wanted.view.zoom);
      for (const kind of ["color", "mask", "time"]) this.state.tell(kind);
    });
  }

  writeFragment() {
    const center = this.map.getCenter();
    const text = formatFragment(this.state, { zoom: this.map.getZoom(), lat: center.lat, lng: center.lng });
    try {
      history.replaceState(history.state, "", `#${text}`);
    } catch {
      this.options.fragment = false; // a page without an address of its own (srcdoc) keeps its state to itself
    }
  }
}
