// A map that fills its page also fills the sheet when it is printed, drawn anew at that size, and comes back after.

const SHEET = { width: 1047, height: 718 }; // A4 landscape less 10 mm on each side, in CSS pixels; see print.css

export function definePrinting(L) {
  L.Map.addInitHook(function printing() {
    let before = null;
    this.on("unload", () => {
      removeEventListener("beforeprint", lay);
      removeEventListener("afterprint", restore);
    });
    const lay = () => {
      const size = this.getSize();
      if (before || size.x < 0.9 * innerWidth) return; // a map inside another page is laid out by that page
      const container = this.getContainer();
      before = { center: this.getCenter(), zoom: this.getZoom(), style: container.getAttribute("style") ?? "" };
      Object.assign(container.style, { width: `${SHEET.width}px`, height: `${SHEET.height}px` });
      const closer = Math.log2(Math.min(SHEET.width / size.x, SHEET.height / size.y));
      this.invalidateSize({ animate: false, pan: false });
      this.setView(before.center, sheetZoom(before.zoom + closer), { animate: false });
      settle(container);
    };
    const restore = () => {
      if (!before) return;
      this.getContainer().setAttribute("style", before.style);
      this.invalidateSize({ animate: false, pan: false });
      this.setView(before.center, before.zoom, { animate: false });
      before = null;
    };
    addEventListener("beforeprint", lay);
    addEventListener("afterprint", restore);
  });
}

// Chromium prints what a canvas draws during "beforeprint" as strokes, and then a canvas that was cleared clears all that
// lies under it on the sheet. Pixels that are put back are printed as they are.
function settle(container) {
  for (const canvas of container.querySelectorAll(".cl-canvas-layer canvas")) {
    const g = canvas.getContext("2d");
    g.setTransform(1, 0, 0, 1, 0, 0);
    if (canvas.width && canvas.height) g.putImageData(g.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
  }
}

// Quarter steps, as the map's own are too coarse for a sheet of a given size.
export const sheetZoom = (zoom) => Math.floor(zoom * 4) / 4;
