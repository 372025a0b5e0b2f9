// A Leaflet layer that owns canvases the size of the view plus a margin, and redraws them when the view changes.

import { el } from "./dom.mjs";

const PAD = 24; // CSS pixels around the view, so that symbols at the rim are drawn whole

export function defineCanvasLayer(L) {
  return L.Layer.extend({
    options: { pane: "overlayPane", zIndex: 400, canvases: 1 },

    onAdd(map) {
      const { pane, zIndex } = this.options;
      if (!map.getPane(pane)) map.createPane(pane).style.zIndex = zIndex;
      const animated = map.options.zoomAnimation && L.Browser.any3d;
      this._box = L.DomUtil.create("div", `cl-canvas-layer ${animated ? "leaflet-zoom-animated" : "leaflet-zoom-hide"}`);
      this._canvases = Array.from({ length: this.options.canvases }, () => L.DomUtil.create("canvas", "", this._box));
      this.getPane().appendChild(this._box);
      this.attached?.(map);
      this._place();
    },

    onRemove(map) {
      cancelAnimationFrame(this._frame);
      this._frame = 0;
      this.detached?.(map);
      this._box.remove();
      this._box = null;
    },

    getEvents() {
      const events = { viewreset: this._place, moveend: this._place, resize: this._place, move: this._moved };
      if (this._map.options.zoomAnimation) events.zoomanim = this._zooming;
      return { ...events, ...this.moreEvents?.() };
    },

    _moved() {
      if (!this._map._animatingZoom) this.later("view");
    },

    _zooming(event) {
      const scale = this._map.getZoomScale(event.zoom, this._zoom);
      const offset = this._map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
      L.DomUtil.setTransform(this._box, offset, scale);
    },

    // Fit the canvases to the view and draw at once.
    _place() {
      if (!this._box) return;
      const map = this._map;
      const size = map.getSize();
      const dpr = Math.min(globalThis.devicePixelRatio || 1, 2);
      const width = Math.round((size.x + 2 * PAD) * dpr);
      const height = Math.round((size.y + 2 * PAD) * dpr);
      for (const canvas of this._canvases) {
        if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
        canvas.style.width = `${width / dpr}px`;
        canvas.style.height = `${height / dpr}px`;
      }
      this._zoom = map.getZoom();
      this._corner = map.containerPointToLatLng([-PAD, -PAD]);
      L.DomUtil.setTransform(this._box, map.containerPointToLayerPoint([-PAD, -PAD]), 1);
      const origin = map.getPixelBounds().min;
      this.view = { width, height, dpr, world: 256 * 2 ** this._zoom * dpr, left: (origin.x - PAD) * dpr, top: (origin.y - PAD) * dpr };
      this.redraw("view");
    },

    // Draw in the next frame, once, however often it is asked for; "view" outranks "time".
    later(kind) {
      this._due = kind === "view" || this._due === "view" ? "view" : kind;
      this._frame ||= requestAnimationFrame(() => {
        const due = this._due;
        this._frame = 0;
        this._due = null;
        if (!this._box) return;
        if (due === "view") this._place();
        else this.redraw(due);
      });
    },

    // Data that cannot be read must not look like a map without incidents.
    complain(map, error) {
      map.getContainer().append(el("p", { className: "cl-fault", attrs: { role: "alert" }, text: `The data of this map cannot be read: ${error.message}` }));
    },

    // Device pixels of the canvas for a point of the map's container, in CSS pixels.
    pixelOf(point) {
      return [Math.round((point.x + PAD) * this.view.dpr), Math.round((point.y + PAD) * this.view.dpr)];
    },
  });
}
