// The queue of the telephone, in IndexedDB: it survives closing and restart. Each reading belongs to a person;
// what waits is never thrown away, what was acknowledged is kept for the list of the day.

const UN_DIA_MS = 86_400_000;
export const ESPERAN = new Set(["espera", "por_deshacer"]);

let base = null;

function pedir(solicitud) {
  return new Promise((bien, mal) => {
    solicitud.onsuccess = () => bien(solicitud.result);
    solicitud.onerror = () => mal(solicitud.error);
  });
}

function abrir() {
  base ??= new Promise((bien, mal) => {
    const solicitud = indexedDB.open("qhatu-escaner", 1);
    solicitud.onupgradeneeded = () => {
      solicitud.result.createObjectStore("lecturas", { keyPath: "id" });
      solicitud.result.createObjectStore("datos");
    };
    solicitud.onsuccess = () => {
      // Closed by the browser, or another tab wants another version: the next order opens it again.
      solicitud.result.onclose = () => (base = null);
      solicitud.result.onversionchange = () => {
        solicitud.result.close();
        base = null;
      };
      bien(solicitud.result);
    };
    solicitud.onerror = () => mal(solicitud.error);
  }).catch((error) => {
    base = null;
    throw error;
  });
  return base;
}

// Written to the disk before it is told as kept: a telephone may run out of battery right after the beep.
async function escribir(almacen, orden) {
  const transaccion = (await abrir()).transaction(almacen, "readwrite", { durability: "strict" });
  orden(transaccion.objectStore(almacen));
  await new Promise((bien, mal) => {
    transaccion.oncomplete = bien;
    transaccion.onerror = transaccion.onabort = () => mal(transaccion.error);
  });
}

async function leer(almacen, orden) {
  return pedir(orden((await abrir()).transaction(almacen).objectStore(almacen)));
}

export const dato = (clave) => leer("datos", (a) => a.get(clave));
export const anotar = (clave, valor) => escribir("datos", (a) => a.put(valor, clave));
export const olvidar = (clave) => escribir("datos", (a) => a.delete(clave));

export const una = (id) => leer("lecturas", (a) => a.get(id));
export const quitar = (id) => escribir("lecturas", (a) => a.delete(id));

// In a telephone that is full, what was acknowledged makes room for what was not.
export async function poner(...lecturas) {
  const guardar = () => escribir("lecturas", (a) => lecturas.forEach((l) => a.put(l)));
  try {
    await guardar();
  } catch (error) {
    if (!estaLleno(error)) throw error;
    await limpiar(Infinity);
    await guardar();
  }
}

// Read and written in one transaction: what was sent or taken back meanwhile does not come back.
export const cambiar = (como) =>
  escribir("lecturas", (a) => {
    a.getAll().onsuccess = ({ target }) => target.result.map(como).filter(Boolean).forEach((l) => a.put(l));
  });

export const estaLleno = (error) => error?.name === "QuotaExceededError";

export async function todas() {
  const lecturas = await leer("lecturas", (a) => a.getAll());
  return lecturas.sort((a, b) => a.orden - b.orden);
}

// In one transaction: two that are read one right after the other do not get the same.
export async function ordenSiguiente() {
  let siguiente;
  await escribir("datos", (a) => {
    a.get("orden").onsuccess = ({ target }) => a.put((siguiente = (target.result ?? 0) + 1), "orden");
  });
  return siguiente;
}

export async function dispositivo() {
  let id = await dato("dispositivo");
  if (!id) await anotar("dispositivo", (id = crypto.randomUUID()));
  return id;
}

// The list is of one day; what was sent before is in the tracking pages.
export async function limpiar(ahoraMs) {
  for (const l of await todas()) {
    if (["hecha", "deshecha"].includes(l.estado) && ahoraMs - l.creada_ms > UN_DIA_MS) await quitar(l.id);
  }
}
