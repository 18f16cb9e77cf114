/* The map on which a pin is put right: the pin with its radius, and the other candidates as ghosts. textContent only. */
const STATIC = new URL("app/static/", document.baseURI).href;
/* Names of cities are drawn for so many of the largest in view. */
const NAMED = 30;
let ready = null;

function script(file) {
  return new Promise((done, failed) => {
    const node = document.createElement("script");
    node.src = STATIC + file;
    node.onload = done;
    node.onerror = () => failed(new Error(file + " could not be loaded"));
    document.head.append(node);
  });
}

function style() {
  const node = document.createElement("link");
  node.rel = "stylesheet";
  node.href = STATIC + "leaflet.css";
  document.head.append(node);
}

/* Leaflet, the outlines and the names of cities, loaded once a page. */
function loaded() {
  if (!ready) {
    style();
    const json = (file) => fetch(STATIC + file).then((answer) => answer.json());
    ready = Promise.all([script("leaflet.js"), script("topojson-client.min.js"), json("countries-50m.json"), json("cities.json")]);
  }
  return ready;
}

function mark(className, text) {
  const node = document.createElement("span");
  node.className = className;
  node.textContent = text;
  return window.L.divIcon({ html: node, className: "", iconSize: [28, 28], iconAnchor: [14, 14] });
}

/* A ring over the 180th meridian goes on beyond it instead of crossing the whole map. */
function unrolled(feature) {
  const ring = (points) => {
    let shift = 0;
    return points.map(([lon, lat], i) => {
      if (i && Math.abs(lon - points[i - 1][0]) > 180) shift += lon < 0 ? 360 : -360;
      return [lon + shift, lat];
    });
  };
  const { type, coordinates } = feature.geometry;
  const parts = type === "Polygon" ? [coordinates] : coordinates;
  return { ...feature, geometry: { type: "MultiPolygon", coordinates: parts.map((part) => part.map(ring)) } };
}

function begun(root, world) {
  const L = window.L, map = L.map(root, { minZoom: 2, maxZoom: 18, worldCopyJump: true }).setView([25, 30], 2);
  map.attributionControl.setPrefix(false).addAttribution("Leaflet | Natural Earth, GeoNames");
  const outlines = window.topojson.feature(world, world.objects.countries);
  outlines.features = outlines.features.map(unrolled);
  L.geoJSON(outlines, { renderer: L.canvas(), interactive: false, style: { className: "land", weight: 1, color: "#8a8778", fillColor: "#8a8778", fillOpacity: 0.12 } }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

function names(held, cities) {
  held.names.clearLayers();
  const L = window.L, box = held.map.getBounds(), taken = [];
  for (const [name, lon, lat] of cities.filter(([, lon, lat]) => box.contains([lat, lon])).slice(0, NAMED)) {
    const at = held.map.latLngToContainerPoint([lat, lon]), wide = name.length * 6 + 24;
    if (taken.some(([x, y, w]) => Math.abs(at.y - y) < 13 && at.x < x + w && x < at.x + wide)) continue;
    taken.push([at.x, at.y, wide]);
    const icon = mark("city", name);
    L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(held.names);
  }
}

/* A button that brings every candidate into view. */
function wide(held, points) {
  const L = window.L;
  if (held.wide) held.wide.remove();
  held.wide = null;
  if (points.length < 2) return;
  held.wide = L.control({ position: "topright" });
  held.wide.onAdd = () => {
    const button = L.DomUtil.create("button", "all");
    button.type = "button";
    button.textContent = "Show all candidates";
    L.DomEvent.disableClickPropagation(button);
    button.onclick = () => held.map.fitBounds(points, { maxZoom: 11, padding: [30, 30], animate: false });
    return button;
  };
  held.wide.addTo(held.map);
}

function draw(held, data, tell) {
  const L = window.L;
  held.marks.clearLayers();
  const points = [];
  for (const ghost of data.ghosts) {
    const title = ghost.label, at = [ghost.lat, ghost.lon];
    points.push(at);
    const one = L.marker(at, { icon: mark("ghost", String(ghost.n)), title, alt: title }).addTo(held.marks);
    one.on("click", () => tell({ ghost: ghost.n, lat: ghost.lat, lon: ghost.lon }));
  }
  if (data.pin) {
    const at = [data.pin.lat, data.pin.lon];
    points.push(at);
    const ring = L.circle(at, { radius: data.pin.radius_km * 1000, interactive: false, className: "ring" }).addTo(held.marks);
    const pin = L.marker(at, { icon: mark("pin", ""), draggable: true, title: "Drag to move", alt: "The pin", zIndexOffset: 500 }).addTo(held.marks);
    pin.on("drag", () => ring.setLatLng(pin.getLatLng()));
    pin.on("dragend", () => tell(place(pin.getLatLng())));
    const box = L.latLng(at).toBounds(data.pin.radius_km * 2000);
    wide(held, data.ghosts.length ? [...points] : []);
    points.push(box.getSouthWest(), box.getNorthEast());
  }
  if (held.id !== data.id || (data.pin && !held.map.getBounds().contains([data.pin.lat, data.pin.lon]))) {
    const near = data.pin && held.id !== data.id ? points.slice(data.ghosts.length) : points;
    if (near.length) held.map.fitBounds(near, { maxZoom: 11, padding: [30, 30], animate: false });
    held.id = data.id;
  }
}

function place(at) {
  const { lat, lng } = at.wrap();
  return { lat: Math.round(lat * 1e5) / 1e5, lon: Math.round(lng * 1e5) / 1e5 };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pinmap");
  root.dataset.theme = data.theme;
  let gone = false;
  const tell = (value) => setTriggerValue("placed", value);
  loaded()
    .then(([, , world, { cities }]) => {
      if (gone) return;
      if (!root.held) {
        const map = begun(root, world);
        root.held = { map, marks: window.L.layerGroup().addTo(map), names: window.L.layerGroup().addTo(map), id: null };
        map.on("moveend", () => names(root.held, cities));
        map.on("click", (event) => root.tell(place(event.latlng)));
      }
      root.tell = tell;
      draw(root.held, data, tell);
      names(root.held, cities);
    })
    .catch((error) => (root.textContent = error.message));
  return () => {
    gone = true;
    if (root.held) root.held.map.remove();
    root.held = null;
  };
}
