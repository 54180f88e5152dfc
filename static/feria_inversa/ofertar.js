// Seals a bid in the browser: no price leaves it. Without this the form works, and the server seals what it is sent.

import { aBase64, aHex, deBase64, huella, sabe, sellar } from "./hpke.js";

const MINIMO = 2048;
const POR_ITEM = 384;
const MAXIMO = 10n ** 15n; // centavos
const caja = document.querySelector("[data-sellar]");
const formulario = caja?.closest("form");
const aviso = (nombre) => caja.querySelector(`[data-dicho="${nombre}"]`);

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

function leerLineas() {
  const lineas = [];
  const grupos = new Set(); // what is awarded at once is offered whole
  for (const item of formulario.querySelectorAll("[data-item]")) {
    const campo = (nombre) => formulario.elements[`lineas.${item.dataset.numero}.${nombre}`];
    const [escrito, marca, dias, detalle] = ["precio_unitario", "marca", "plazo_dias", "detalle"].map((n) => limpiar(campo(n).value));
    if (!escrito && !marca && !dias && !detalle) continue;
    const precio = leerPrecio(escrito);
    const plazo = Number(dias || caja.dataset.plazo);
    const total = precio ? totalDe(item.dataset.cantidad, precio) : 0n;
    const mal = total < 1n || total > MAXIMO ? "precio_unitario" : !marca ? "marca" : !Number.isInteger(plazo) || plazo < 1 || plazo > Number(caja.dataset.plazo) ? "plazo_dias" : null;
    if (mal) {
      campo(mal).focus();
      throw new Error(mal);
    }
    const linea = { item_id: item.dataset.item, precio_unitario: { monto: precio, moneda: "BOB" }, marca, detalle, plazo_dias: plazo };
    lineas.push({ linea, total, que: item.querySelector("h2, h3").textContent });
    grupos.add(item.dataset.grupo);
  }
  if (!lineas.length) throw new Error("vacia");
  const debidos = [...formulario.querySelectorAll("[data-item]")].filter((item) => grupos.has(item.dataset.grupo));
  if (debidos.length > lineas.length) throw new Error("grupo");
  return lineas;
}

// ISO/IEC 7816-4, to the length that all the bids of this process have.
function rellenar(dicho, items) {
  let largo = MINIMO;
  while (largo < Math.max(items * POR_ITEM, dicho.length + 1)) largo *= 2;
  const relleno = new Uint8Array(largo);
  relleno.set(dicho);
  relleno[dicho.length] = 0x80;
  return relleno;
}

function mostrar(...cuales) {
  for (const parte of caja.querySelectorAll("[data-dicho]")) parte.hidden = !cuales.includes(parte.dataset.dicho);
  delete formulario.dataset.enviado;
}

function revisar(evento) {
  evento.preventDefault();
  if (hecha !== null) return mostrar("sellada");
  let lineas;
  try {
    lineas = leerLineas();
  } catch (error) {
    return mostrar(error.message);
  }
  const filas = lineas.map(({ que, total }) => {
    const fila = document.createElement("li");
    fila.textContent = `${que}: ${enBolivianos(total)}`;
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

// Made once: whatever becomes of the sending, what is sent again are the same bytes, and the bidder has them.
let hecha = null;

async function cerrarSobre() {
  const { convocatoria, llave, items } = caja.dataset;
  const escrito = new FormData(formulario);
  const unidad = escrito.get("unidad_id");
  const id = crypto.randomUUID();
  const version = Number(escrito.get("version"));
  const contenido = { version: 1, sal: aHex(crypto.getRandomValues(new Uint8Array(32))), lineas: leerLineas().map(({ linea }) => linea) };
  const texto = JSON.stringify(contenido);
  const dicho = new TextEncoder().encode(texto);
  const sobre = await sellar(deBase64(llave), `qhatu-sobre-v2|${convocatoria}|${unidad}|${id}|${version}`, rellenar(dicho, Number(items)));
  const cuerpo = { id, version, sobre: aBase64(sobre), huella: await huella(dicho) };
  const vigente = JSON.parse(caja.dataset.vigentes)[unidad];
  hecha = { ruta: `/api/v1/convocatorias/${convocatoria}/ofertas`, vigente, cuerpo: vigente ? cuerpo : { ...cuerpo, unidad_id: unidad } };
  hecha.copia = { convocatoria, unidad, ...cuerpo, huella_sobre: await huella(sobre), texto };
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
  if (!respuesta.ok) {
    aviso("negada").textContent = dijo.detalle ?? dijo.detail ?? dijo.title ?? aviso("caida").textContent;
    return mostrar("negada");
  }
  hecha = null;
  ofrecer({ ...copia, recibo: dijo.recibo, firma: dijo.firma, clave: dijo.clave });
  const recibo = caja.querySelector("[data-recibo]");
  recibo.href = `/ofertas/${dijo.id}`;
  formulario.querySelector(".botonera").hidden = true;
  mostrar("hecha");
  recibo.focus();
}

function alPresionar(cual, hacer, ...siCae) {
  caja.querySelector(cual).addEventListener("click", async ({ target }) => {
    target.disabled = true;
    await hacer().catch(() => mostrar("caida", ...siCae));
    target.disabled = false;
  });
}

if (caja && (await sabe())) {
  mostrar("aqui");
  formulario.addEventListener("submit", revisar);
  // What was sealed is what was reviewed: another price asks for another envelope.
  formulario.addEventListener("input", () => {
    if (hecha === null) return;
    hecha = null;
    mostrar("aqui");
  });
  alPresionar("[data-sellar-ya]", cerrarSobre);
  alPresionar("[data-presentar]", presentar, "sellada");
}
