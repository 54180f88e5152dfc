// Service worker: static files from the device first, pages always from the network, and a page that says
// so when there is no network. No page of the site is ever stored, so nothing personal stays on the device.

const ALMACEN = "qhatu-__VERSION__";
const SIN_CONEXION = "/sin-conexion";
const ESTATICO = /^\/(estatico\/|hoja\.css)/;

self.addEventListener("install", (evento) => {
  evento.waitUntil(
    caches.open(ALMACEN).then((almacen) => almacen.addAll([SIN_CONEXION, "__HOJA__"])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (evento) => {
  evento.waitUntil(
    caches.keys()
      .then((nombres) => Promise.all(nombres.filter((n) => n.startsWith("qhatu-") && n !== ALMACEN).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

async function desdeElAlmacen(solicitud) {
  const guardada = await caches.match(solicitud, { cacheName: ALMACEN });
  if (guardada) return guardada;
  const respuesta = await fetch(solicitud);
  if (respuesta.ok) (await caches.open(ALMACEN)).put(solicitud, respuesta.clone());
  return respuesta;
}

self.addEventListener("fetch", (evento) => {
  const { request: solicitud } = evento;
  const url = new URL(solicitud.url);
  if (solicitud.method !== "GET" || url.origin !== location.origin) return;
  if (ESTATICO.test(url.pathname) && url.search) { // what has no fingerprint may change under its name
    evento.respondWith(desdeElAlmacen(solicitud));
  } else if (solicitud.mode === "navigate") {
    evento.respondWith(fetch(solicitud).catch(() => caches.match(SIN_CONEXION)));
  }
});
