// Background Sync: the network is back. Whoever is open sends; with nobody open, the service worker does, by the same
// upload. Its cookie says who it is, and the server refuses the queue of anybody else.

import * as cola from "./cola.js";
import { Envio } from "./red.js";
import { Reloj } from "./reloj.js";

// Written after sending: until a page opens, what waits is what the server asks about when somebody signs out.
async function decirCuantas(persona) {
  const esperan = (await cola.todas()).filter((l) => l.persona === persona && cola.ESPERAN.has(l.estado)).length;
  await self.cookieStore?.set({
    name: "qhatu_cola", value: esperan ? `${persona}.${esperan}` : "", path: "/", sameSite: "lax",
    expires: esperan ? Date.now() + 31_536_000_000 : 1,
  });
}

export async function sincronizar() {
  const abiertas = await self.clients.matchAll({ type: "window" });
  if (abiertas.length) return abiertas.forEach((c) => c.postMessage("enviar"));
  const quien = await cola.dato("quien");
  if (!quien) return;
  try {
    await new Envio(new Reloj(), () => {}).enviarTodo(quien.persona_id); // what fails, the browser asks again later
  } finally {
    await decirCuantas(quien.persona_id);
  }
}

self.addEventListener("sync", (evento) => evento.waitUntil(sincronizar()));
