// Service worker of the scanner alone: its shell, kept whole under a version. Nothing of anybody is kept here. Where the
// browser wakes it when the network is back, it is asked for with what sends the queue (sincronizar.js) before it.

const ALMACEN = "escaner-__VERSION__";
const CASCARON = "/escaner";
const PIEZAS = ["__PIEZAS__"];

self.addEventListener("install", (evento) => {
  const nuevas = [CASCARON, ...PIEZAS].map((url) => new Request(url, { cache: "reload", credentials: "omit" }));
  evento.waitUntil(caches.open(ALMACEN).then((a) => a.addAll(nuevas)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (evento) => {
  const viejos = (nombres) => nombres.filter((n) => n.startsWith("escaner-") && n !== ALMACEN);
  evento.waitUntil(
    caches.keys().then((nombres) => Promise.all(viejos(nombres).map((n) => caches.delete(n)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (evento) => {
  const { request } = evento;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const pieza = url.pathname === CASCARON ? CASCARON : url.pathname + url.search;
  if (pieza !== CASCARON && !PIEZAS.includes(pieza)) return;
  evento.respondWith(caches.open(ALMACEN).then((a) => a.match(pieza)).then((guardada) => guardada ?? fetch(request)));
});
