// Seals a bid in the browser: no price leaves it. Without this the form works, and the server seals what it is sent.

import { aBase64, aHex, deBase64, huella, sabe, sellar } from "./hpke.js";

const MAXIMO = 10n ** 15n; // centavos
const BLOQUE = 262_144;
const ARCHIVO_MAXIMO = 8 * 1024 * 1024;
const caja = document.querySelector("[data-sellar]");
const formulario = caja?.closest("form");
const mensajes = caja && JSON.parse(caja.dataset.mensajes);

// What the server refused of a document, in its words.
class Rechazo extends Error {}

const loQueDijo = (dijo) => dijo.detalle ?? dijo.detail ?? dijo.title ?? mensajes.caida;

// As the server reads what people write: composed, and without what nobody sees.
const limpiar = (escrito) => escrito.normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u034f\u115f\u1160\u2800\u3164\ufe00-\ufe0f\uffa0\ufffd]/gu, (letra) => (/\s/.test(letra) ? " " : "")).trim();

// As the server reads prices, and stricter: three numbers after one point or comma could be thousands.
function leerPrecio(escrito) {
  const limpio = escrito.replace(/^Bs\.?\s*/i, "");
  const conMiles = /^\d{1,3}(\.\d{3})+,\d{1,4}$/.test(limpio);
  if (!conMiles && !/^\d{1,12}([.,](\d{1,2}|\d{4}))?$/.test(limpio)) return null;
  const plano = (conMiles ? limpio.replaceAll(".", "") : limpio).replace(",", ".").replace(/^0+(?=\d)/, "");
  return Number(plano) > 0 ? plano : null;
}

// Exact: quantity and price have at most four decimals; half a centavo goes up.
function totalDe(cantidad, precio) {
  const diezmilesimos = (texto) => {
    const [entero, decimales = ""] = texto.split(".");
    return BigInt(entero + decimales.padEnd(4, "0"));
  };
  return (diezmilesimos(cantidad) * diezmilesimos(precio) + 500_000n) / 1_000_000n;
}

function enBolivianos(centavos) {
  const texto = centavos.toString().padStart(3, "0");
  return `Bs ${texto.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${texto.slice(-2)}`;
}

const campoDe = (item, nombre) => formulario.elements[`lineas.${item.dataset.numero}.${nombre}`];

// The lines, and what is wrong with which field.
function leerLineas() {
  const lineas = [];
  const malos = [];
  const items = [...formulario.querySelectorAll("[data-item]")];
  for (const item of items) {
    const campo = (nombre) => campoDe(item, nombre);
    const [escrito, marca, dias, detalle] = ["precio_unitario", "marca", "plazo_dias", "detalle"].map((n) => limpiar(campo(n).value));
    if (!escrito && !marca && !dias && !detalle) continue;
    const precio = leerPrecio(escrito);
    const plazo = Number(dias || caja.dataset.plazo);
    const total = precio ? totalDe(item.dataset.cantidad, precio) : 0n;
    if (total < 1n || total > MAXIMO) malos.push([campo("precio_unitario"), mensajes.precio_unitario]);
    if (!marca) malos.push([campo("marca"), mensajes.marca]);
    if (!Number.isInteger(plazo) || plazo < 1 || plazo > Number(caja.dataset.plazo)) malos.push([campo("plazo_dias"), mensajes.plazo_dias]);
    const linea = { item_id: item.dataset.item, precio_unitario: { monto: precio, moneda: "BOB" }, marca, detalle, plazo_dias: plazo };
    lineas.push({ linea, total, item });
  }
  if (!lineas.length) malos.push([campoDe(items[0], "precio_unitario"), mensajes.vacia]);
  const ofertados = new Set(lineas.map(({ item }) => item));
  const grupos = new Set(lineas.map(({ item }) => item.dataset.grupo)); // what is awarded at once is offered whole
  for (const item of items) {
    if (grupos.has(item.dataset.grupo) && !ofertados.has(item)) malos.push([campoDe(item, "precio_unitario"), mensajes.grupo]);
  }
  return { lineas, malos };
}

// As the server's page says what is wrong: beside its field, which says where that is.
function marcar(malos) {
  for (const puesta of formulario.querySelectorAll("[data-mal]")) puesta.remove();
  for (const control of formulario.querySelectorAll("[data-antes]")) {
    control.removeAttribute("aria-invalid");
    control.setAttribute("aria-describedby", control.dataset.antes);
    if (!control.dataset.antes) control.removeAttribute("aria-describedby");
    control.closest(".campo").classList.remove("campo--error");
  }
  for (const [control, texto] of malos) {
    const nota = document.createElement("p");
    nota.className = "campo__error";
    nota.id = `${control.id}-mal`;
    nota.dataset.mal = "";
    nota.textContent = texto;
    const campo = control.closest(".campo");
    campo.classList.add("campo--error");
    campo.querySelector("label").after(nota);
    control.dataset.antes ??= control.getAttribute("aria-describedby") ?? "";
    control.setAttribute("aria-describedby", `${control.dataset.antes} ${nota.id}`.trim());
    control.setAttribute("aria-invalid", "true");
  }
  if (malos.length) hojear(malos[0][0].closest("[data-lineas]"));
  malos[0]?.[0].focus();
}

// ISO/IEC 7816-4, to the length that all the bids of this process have.
function rellenar(dicho) {
  const largo = Number(caja.dataset.largo);
  if (dicho.length >= largo) throw new RangeError("too long");
  const relleno = new Uint8Array(largo);
  relleno.set(dicho);
  relleno[dicho.length] = 0x80;
  return relleno;
}

function mostrar(cual, dicho = "") {
  for (const parte of caja.querySelectorAll("[data-dicho]")) parte.hidden = parte.dataset.dicho !== cual;
  caja.querySelector("[data-voz]").textContent = dicho;
  delete formulario.dataset.enviado;
}

// What one has on sale goes into the item here: which product it is would tell the server the price.
function llenar({ name, value, dataset }) {
  if (name !== "llenar") return false;
  const [numero] = value.split(":");
  for (const [nombre, dicho] of Object.entries(JSON.parse(dataset.llenar))) formulario.elements[`lineas.${numero}.${nombre}`].value = dicho;
  formulario.elements[`lineas.${numero}.precio_unitario`].focus();
  formulario.dispatchEvent(new Event("input"));
  delete formulario.dataset.enviado;
  return true;
}

// A long list comes in pages. Here the others are brought, since to turn one would tell the server what was
// written: their items empty, and in them what an earlier sending wrote.
async function traer() {
  const esta = { lineas: formulario.querySelector("[data-lineas]"), pie: formulario.querySelector("[data-paginas]") };
  if (!esta.pie) return;
  const unidad = new FormData(formulario).get("unidad_id");
  const halladas = [];
  for (let desde = 0; desde < Number(esta.pie.dataset.paginas); desde += Number(halladas.at(-1).pie.dataset.cuantos)) {
    halladas.push(desde === Number(esta.pie.dataset.desde) ? esta : await traerUna(desde, unidad));
  }
  const dichos = [...esta.pie.querySelectorAll('input[name^="resto."]')].flatMap(({ value }) => value.split(";"));
  esta.lineas.before(...halladas.slice(0, halladas.indexOf(esta)).flatMap(({ lineas, pie }) => [lineas, pie]));
  esta.pie.after(...halladas.slice(halladas.indexOf(esta) + 1).flatMap(({ lineas, pie }) => [lineas, pie]));
  for (const fila of dichos) {
    const [numero, ...campos] = fila.split("|");
    ["precio_unitario", "marca", "plazo_dias", "detalle"].forEach((nombre, n) => {
      const campo = formulario.elements[`lineas.${numero}.${nombre}`];
      if (campo && campos[n]) campo.value = decodeURIComponent(campos[n]);
    });
  }
  for (const resto of formulario.querySelectorAll('input[name^="resto."]')) resto.remove();
  paginas = halladas;
  hojear(esta.lineas);
}

async function traerUna(desde, unidad) {
  const direccion = new URL(formulario.action);
  direccion.searchParams.set("desde", desde);
  if (unidad) direccion.searchParams.set("unidad_id", unidad);
  const respuesta = await fetch(direccion, { headers: { Accept: "text/html" } });
  const otra = respuesta.ok && new DOMParser().parseFromString(await respuesta.text(), "text/html");
  const [lineas, pie] = ["[data-lineas]", "[data-paginas]"].map((cual) => otra && otra.querySelector(cual));
  if (!lineas || Number(pie?.dataset.desde) !== desde) throw new Rechazo(mensajes.caida);
  return { lineas: document.adoptNode(lineas), pie: document.adoptNode(pie) };
}

// Only one page of the list is seen.
function hojear(cual) {
  for (const { lineas, pie } of paginas) lineas.hidden = pie.hidden = lineas !== cual;
}

async function revisar(evento) {
  evento.preventDefault();
  if (evento.submitter && llenar(evento.submitter)) return;
  if (hecha !== null && evento.submitter?.name !== "ver") return mostrar("sellada");
  try {
    await traidas;
  } catch {
    traidas = traer();
    return mostrar("aqui", mensajes.caida);
  }
  if (evento.submitter?.name === "ver") {
    const otra = paginas.find(({ pie }) => pie.dataset.desde === evento.submitter.value);
    hojear(otra.lineas);
    otra.lineas.scrollIntoView();
    delete formulario.dataset.enviado;
    return;
  }
  const { lineas, malos } = leerLineas();
  marcar(malos);
  if (malos.length) return mostrar("aqui");
  revisada = lineas.map(({ linea }) => linea);
  const queda = {}; // what is awarded at once is compared with its reference as a whole
  for (const { item, total } of lineas) queda[item.dataset.grupo] = (queda[item.dataset.grupo] ?? 0n) + BigInt(item.dataset.referencia) - total;
  const filas = lineas.map(({ item, total }) => {
    const fila = document.createElement("li");
    fila.textContent = `${item.querySelector("h2, h3").textContent}: ${enBolivianos(total)} `;
    if (queda[item.dataset.grupo] < 0n) fila.append(caja.querySelector("[data-sobre-la-referencia]").content.cloneNode(true));
    return fila;
  });
  caja.querySelector("[data-resumen]").replaceChildren(...filas);
  caja.querySelector("[data-total]").textContent = enBolivianos(lineas.reduce((suma, { total }) => suma + total, 0n));
  mostrar("revise");
  caja.querySelector("[data-sellar-ya]").focus();
}

// What the bidder keeps: with it anybody can check the receipt, and the act of opening.
function ofrecer(copia) {
  const enlaces = caja.querySelectorAll("[data-copia]");
  URL.revokeObjectURL(enlaces[0].href);
  const direccion = URL.createObjectURL(new Blob([JSON.stringify(copia, null, 2)], { type: "application/json" }));
  for (const enlace of enlaces) {
    enlace.href = direccion;
    enlace.download = `oferta-${copia.huella.slice(0, 8)}.json`;
  }
}

// What was reviewed, and what is sealed of it. Made once: whatever becomes of the sending, what is sent again are
// the same bytes, and the bidder has them.
let revisada = null;
let hecha = null;
let traidas = null;
let paginas = [];

// As feria_inversa/llaves/cifrado.py: whole blocks, and one key for all, which only the envelope says.
async function cifrar(llave, info, claro) {
  const relleno = new Uint8Array((Math.floor(claro.length / BLOQUE) + 1) * BLOQUE);
  relleno.set(claro);
  relleno[claro.length] = 0x80;
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const como = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(info) };
  const cifrado = new Uint8Array(await crypto.subtle.encrypt(como, llave, relleno));
  const todo = new Uint8Array(nonce.length + cifrado.length);
  todo.set(nonce);
  todo.set(cifrado, nonce.length);
  return todo;
}

// The documents go first, encrypted; what the envelope says of them.
async function subirArchivos(convocatoria, unidad, id) {
  const puestos = [...caja.querySelectorAll('input[type="file"]')].filter(({ files }) => files.length);
  if (!puestos.length) return {};
  const clave = crypto.getRandomValues(new Uint8Array(32));
  const llave = await crypto.subtle.importKey("raw", clave, "AES-GCM", false, ["encrypt"]);
  const archivos = [];
  for (const { name, files } of puestos) {
    if (files[0].size > ARCHIVO_MAXIMO) throw new Rechazo(mensajes.archivo);
    const numero = Number(name.replace("archivo_", ""));
    const claro = new Uint8Array(await files[0].arrayBuffer());
    const cifrado = await cifrar(llave, `qhatu-archivo-v1|${id}|${numero}`, claro);
    const cuerpo = new FormData();
    cuerpo.set("unidad_id", unidad);
    cuerpo.set("archivo", new Blob([cifrado]), "cifrado");
    const ruta = `/api/v1/convocatorias/${convocatoria}/ofertas/${id}/archivos/${numero}`;
    const respuesta = await fetch(ruta, { method: "PUT", headers: { Accept: "application/json" }, body: cuerpo });
    if (!respuesta.ok) throw new Rechazo(loQueDijo(await respuesta.json()));
    archivos.push({ numero, huella: await huella(claro), cifrado: await huella(cifrado) });
  }
  return { clave: aHex(clave), archivos };
}

// An envelope, its text with a salt of its own, and the fingerprints of both.
async function sellarUno(llave, info, lineas, mas) {
  const texto = JSON.stringify({ version: 1, sal: aHex(crypto.getRandomValues(new Uint8Array(32))), lineas, ...mas });
  const dicho = new TextEncoder().encode(texto);
  const sobre = await sellar(deBase64(llave), info, rellenar(dicho));
  return { texto, sobre: aBase64(sobre), huella: await huella(dicho), huella_sobre: await huella(sobre) };
}

async function cerrarSobre() {
  const { convocatoria, llave, llaveTecnica } = caja.dataset;
  const escrito = new FormData(formulario);
  const unidad = escrito.get("unidad_id");
  const id = crypto.randomUUID();
  const version = Number(escrito.get("version"));
  const adjuntos = await subirArchivos(convocatoria, unidad, id);
  const para = `${convocatoria}|${unidad}|${id}|${version}`;
  const uno = await sellarUno(llave, `qhatu-sobre-v2|${para}`, revisada, llaveTecnica ? {} : adjuntos);
  const archivos = (adjuntos.archivos ?? []).map(({ numero, cifrado }) => ({ numero, cifrado }));
  const cuerpo = { id, version, sobre: uno.sobre, huella: uno.huella, archivos };
  const otra = {};
  if (llaveTecnica) { // what is offered goes in an envelope of its own, without its price, and the documents with it
    const calladas = revisada.map(({ precio_unitario: _precio, ...linea }) => linea);
    const dos = await sellarUno(llaveTecnica, `qhatu-sobre-tecnico-v1|${para}`, calladas, adjuntos);
    Object.assign(cuerpo, { sobre_tecnico: dos.sobre, huella_tecnica: dos.huella });
    Object.assign(otra, { huella_sobre_tecnico: dos.huella_sobre, texto_tecnico: dos.texto });
  }
  const vigente = JSON.parse(caja.dataset.vigentes)[unidad];
  const mandado = { ...cuerpo, declaracion: Number(escrito.get("declaracion")) };
  hecha = { ruta: `/api/v1/convocatorias/${convocatoria}/ofertas`, vigente, cuerpo: vigente ? mandado : { ...mandado, unidad_id: unidad } };
  hecha.copia = { convocatoria, unidad, ...cuerpo, huella_sobre: uno.huella_sobre, texto: uno.texto, ...otra };
  ofrecer(hecha.copia);
  mostrar("sellada");
  caja.querySelector("[data-presentar]").focus();
}

async function presentar() {
  const { ruta, vigente, cuerpo, copia } = hecha;
  const respuesta = await fetch(vigente ? `${ruta}/${vigente}` : ruta, {
    method: vigente ? "PUT" : "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(cuerpo),
  });
  const dijo = await respuesta.json();
  if (!respuesta.ok) return mostrar("aqui", loQueDijo(dijo));
  hecha = null;
  ofrecer({ ...copia, recibo: dijo.recibo, firma: dijo.firma, clave: dijo.clave });
  const recibo = caja.querySelector("[data-recibo]");
  recibo.href = `/ofertas/${dijo.id}`;
  formulario.querySelector(":scope > .botonera").hidden = true;
  mostrar("hecha");
  recibo.focus();
}

function alPresionar(cual, hacer, ...siCae) {
  caja.querySelector(cual).addEventListener("click", async ({ target }) => {
    target.disabled = true;
    await hacer().catch((falla) => (falla instanceof Rechazo ? mostrar("revise", falla.message) : mostrar(...siCae)));
    target.disabled = false;
  });
}

if (caja && (await sabe())) {
  mostrar("aqui");
  traidas = traer();
  traidas.catch(() => {}); // it is told when it is asked for, and brought again
  formulario.addEventListener("submit", revisar);
  // What is sealed is what was reviewed: another price asks for another review, and another envelope.
  formulario.addEventListener("input", ({ target }) => {
    if (revisada === null || target.type === "file") return;
    revisada = hecha = null;
    mostrar("aqui");
  });
  alPresionar("[data-sellar-ya]", cerrarSobre, "aqui", mensajes.sin_sellar);
  alPresionar("[data-presentar]", presentar, "sellada", mensajes.caida);
}
