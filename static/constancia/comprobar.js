// Checks the file of a proof here, with WebCrypto: nothing is sent anywhere, and once loaded it works without
// network. Two kinds: a leaf of the public log (Ed25519 and SHA-256), and a payment in its closing (SHA-256).

const HEX32 = /^[0-9a-f]{64}$/;
const HEX64 = /^[0-9a-f]{128}$/;
const INSTANTE = /^[2-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ASCII = /^[\x20-\x7e]*$/;
const SPKI = bytesDe("302a300506032b6570032100"); // RFC 8410: what goes before the 32 bytes of the key
const CAMPOS = ["numero", "id", "debito", "credito", "monto_centavos", "codigo", "tipo", "creada_en", "referencia", "pendiente_id"];

function bytesDe(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (par) => parseInt(par, 16));
}

function hexDe(bytes) {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

async function sha256(...partes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(partes).arrayBuffer()));
}

const hoja = (texto) => sha256(Uint8Array.of(0), new TextEncoder().encode(texto));
const nodo = (izquierda, derecha) => sha256(Uint8Array.of(1), izquierda, derecha);

// RFC 9162, 2.1.3.2, with division because the numbers may be larger than 32 bits.
async function raizPorCamino(hash, indice, tamano, ruta) {
  if (indice >= tamano) return null;
  let ultimo = tamano - 1;
  for (const hermano of ruta) {
    if (ultimo === 0) return null;
    if (indice % 2 === 1 || indice === ultimo) {
      hash = await nodo(bytesDe(hermano), hash);
      while (indice % 2 === 0 && indice !== 0) {
        indice /= 2;
        ultimo = Math.floor(ultimo / 2);
      }
    } else {
      hash = await nodo(hash, bytesDe(hermano));
    }
    indice = Math.floor(indice / 2);
    ultimo = Math.floor(ultimo / 2);
  }
  return ultimo === 0 ? hexDe(hash) : null;
}

// TreeHeadDataV2 of RFC 9162, 4.10.
function bytesDeCabeza(cabeza) {
  const bytes = new Uint8Array(51);
  const vista = new DataView(bytes.buffer);
  vista.setBigUint64(0, BigInt(Date.parse(cabeza.instante)));
  vista.setBigUint64(8, BigInt(cabeza.tamano));
  vista.setUint8(16, 32);
  bytes.set(bytesDe(cabeza.raiz), 17);
  return bytes;
}

async function firmaValida(publica, firma, mensaje) {
  try {
    const clave = await crypto.subtle.importKey("raw", publica, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, clave, firma, mensaje);
  } catch {
    return false; // not a point of the curve
  }
}

export async function sabeFirmas() {
  if (!globalThis.crypto?.subtle) return false;
  const una = bytesDe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"); // RFC 8032, 7.1
  return crypto.subtle.importKey("raw", una, { name: "Ed25519" }, false, ["verify"]).then(() => true, () => false);
}

const esTexto = (valor, forma) => typeof valor === "string" && forma.test(valor);
const esRuta = (valor) => Array.isArray(valor) && valor.every((h) => esTexto(h, HEX32));
const esNumero = (valor, minimo) => Number.isSafeInteger(valor) && valor >= minimo;

function esConstancia(p) {
  const c = p.cabeza;
  return esTexto(p.texto, ASCII) && esTexto(p.hash, HEX32) && esNumero(p.indice, 0) && esRuta(p.ruta) &&
    ["tipo", "objeto", "contenido"].every((campo) => esTexto(p.hoja?.[campo], ASCII)) &&
    esTexto(p.clave_publica, HEX32) && typeof p.como_verificar === "string" && c !== null && typeof c === "object" &&
    esNumero(c.tamano, 1) && esTexto(c.instante, INSTANTE) && !Number.isNaN(Date.parse(c.instante)) &&
    esTexto(c.raiz, HEX32) && esTexto(c.clave, HEX32) && esTexto(c.firma, HEX64);
}

function esComprobante(p) {
  return esTexto(p.hoja, ASCII) && esTexto(p.hash, HEX32) && esNumero(p.indice, 0) && esNumero(p.tamano, 1) &&
    esRuta(p.ruta) && CAMPOS.every((campo) => esTexto(p.transferencia?.[campo], ASCII)) &&
    esTexto(p.cierre?.raiz, HEX32) && esNumero(p.cierre?.cantidad, 1) && esTexto(p.cierre?.dia, ASCII);
}

async function fallasDeConstancia(p, claves) {
  const publica = bytesDe(p.clave_publica);
  const hash = await hoja(p.texto);
  const seCumple = {
    datos: p.texto === ["qhatu-hoja-v1", p.hoja.tipo, p.hoja.objeto, p.hoja.contenido].join("|"),
    hash: hexDe(hash) === p.hash,
    ruta: (await raizPorCamino(hash, p.indice, p.cabeza.tamano, p.ruta)) === p.cabeza.raiz,
    clave: hexDe(await sha256(SPKI, publica)) === p.cabeza.clave,
    firma: await firmaValida(publica, bytesDe(p.cabeza.firma), bytesDeCabeza(p.cabeza)),
    publicada: claves.includes(p.cabeza.clave),
  };
  return Object.keys(seCumple).filter((que) => !seCumple[que]);
}

async function fallasDeComprobante(p) {
  const hash = await hoja(p.hoja);
  const seCumple = {
    datos: p.hoja === ["qhatu-transferencia-v1", ...CAMPOS.map((campo) => p.transferencia[campo])].join("|"),
    hash: hexDe(hash) === p.hash,
    tamano: p.tamano === p.cierre.cantidad,
    ruta: (await raizPorCamino(hash, p.indice, p.tamano, p.ruta)) === p.cierre.raiz,
  };
  return Object.keys(seCumple).filter((que) => !seCumple[que]);
}

// What is wrong with the text of a file: names of faults, none when it is good. `claves`: ids of published keys.
export async function comprobar(texto, claves) {
  let prueba;
  try {
    prueba = JSON.parse(texto);
  } catch {
    return ["forma"];
  }
  if (prueba?.version === "qhatu-constancia-v1" && esConstancia(prueba)) return fallasDeConstancia(prueba, claves);
  if (prueba?.version === "qhatu-prueba-v1" && esComprobante(prueba)) return fallasDeComprobante(prueba);
  return ["forma"];
}

// The page.

const caja = document.querySelector("[data-comprobar]");

function mostrar(fallas, texto) {
  for (const parte of caja.querySelectorAll("[data-falla]")) parte.hidden = !fallas.includes(parte.dataset.falla);
  caja.querySelector("[data-mal]").hidden = fallas.length === 0;
  const bien = fallas.length === 0 ? JSON.parse(texto) : null;
  for (const parte of caja.querySelectorAll("[data-bien]")) parte.hidden = parte.dataset.bien !== bien?.version;
  if (!bien) return;
  const raiz = bien.cabeza?.raiz ?? bien.cierre.raiz;
  const datos = { texto: bien.texto ?? bien.hoja, raiz, clave: bien.cabeza?.clave, dia: bien.cierre?.dia };
  for (const parte of caja.querySelectorAll("[data-dato]")) parte.textContent = datos[parte.dataset.dato] ?? "";
}

async function alElegir(evento) {
  const archivo = evento.target.files[0];
  if (!archivo) return;
  const texto = await archivo.text();
  mostrar(await comprobar(texto, caja.dataset.claves.split(" ")), texto);
}

if (caja && (await sabeFirmas())) {
  caja.hidden = false;
  caja.querySelector("input[type=file]").addEventListener("change", alElegir);
} else if (caja) {
  document.querySelector("[data-sin-soporte]").hidden = false;
}
