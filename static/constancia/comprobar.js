// Checks the file of a proof here, with WebCrypto: nothing is sent anywhere, and once loaded it works without
// network. Three kinds: a leaf of the public log (Ed25519 and SHA-256), a payment in its closing (SHA-256), and what
// the fair proves of its acts and sealed bids, as feria_inversa/pruebas/comprobar.py does.

const HEX32 = /^[0-9a-f]{64}$/;
const HEX64 = /^[0-9a-f]{128}$/;
const INSTANTE = /^[2-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ASCII = /^[\x20-\x7e]*$/;
const TIPO = /^[a-z]+(_[a-z]+)*$/;
const OBJETO = /^[\x20-\x7b\x7d\x7e]+$/; // no bar: of a text, one reading
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

// Other spellings of an instant (30 February, 24:00) are read by some browsers.
const esInstante = (texto) => !Number.isNaN(Date.parse(texto)) && new Date(texto).toISOString() === texto;

function esCabeza(c) {
  return c !== null && typeof c === "object" && esNumero(c.tamano, 1) && esTexto(c.instante, INSTANTE) &&
    esInstante(c.instante) && esTexto(c.raiz, HEX32) && esTexto(c.clave, HEX32) && esTexto(c.firma, HEX64);
}

const esHoja = (h) => esTexto(h?.tipo, TIPO) && esTexto(h.objeto, OBJETO) && esTexto(h.contenido, ASCII);

function esConstancia(p) {
  return esTexto(p.texto, ASCII) && esTexto(p.hash, HEX32) && esNumero(p.indice, 0) && esRuta(p.ruta) && esHoja(p.hoja) &&
    esTexto(p.clave_publica, HEX32) && typeof p.como_verificar === "string" && esCabeza(p.cabeza);
}

function esComprobante(p) {
  return esTexto(p.hoja, ASCII) && esTexto(p.hash, HEX32) && esNumero(p.indice, 0) && esNumero(p.tamano, 1) &&
    esRuta(p.ruta) && CAMPOS.every((campo) => esTexto(p.transferencia?.[campo], ASCII)) &&
    esTexto(p.cierre?.raiz, HEX32) && esNumero(p.cierre?.cantidad, 1) && esTexto(p.cierre?.dia, ASCII);
}

const textoDe = (h) => ["qhatu-hoja-v1", h.tipo, h.objeto, h.contenido].join("|");

// What is wrong with the leaves and the head that signs them.
async function deLaFirma({ hojas, cabeza, clave_publica }, claves) {
  const publica = bytesDe(clave_publica);
  const raices = await Promise.all(hojas.map(async (h) => raizPorCamino(await hoja(textoDe(h)), h.indice, cabeza.tamano, h.ruta)));
  return {
    ruta: raices.every((raiz) => raiz === cabeza.raiz),
    clave: hexDe(await sha256(SPKI, publica)) === cabeza.clave,
    firma: await firmaValida(publica, bytesDe(cabeza.firma), bytesDeCabeza(cabeza)),
    publicada: claves.includes(cabeza.clave),
  };
}

const queFalla = (seCumple) => Object.keys(seCumple).filter((que) => !seCumple[que]);

async function fallasDeConstancia(p, claves) {
  const seCumple = {
    datos: p.texto === textoDe(p.hoja),
    hash: hexDe(await hoja(p.texto)) === p.hash,
  };
  const firmada = { ...p, hojas: [{ ...p.hoja, indice: p.indice, ruta: p.ruta }] };
  return queFalla({ ...seCumple, ...(await deLaFirma(firmada, claves)) });
}

async function fallasDeComprobante(p) {
  const hash = await hoja(p.hoja);
  const seCumple = {
    datos: p.hoja === ["qhatu-transferencia-v1", ...CAMPOS.map((campo) => p.transferencia[campo])].join("|"),
    hash: hexDe(hash) === p.hash,
    tamano: p.tamano === p.cierre.cantidad,
    ruta: (await raizPorCamino(hash, p.indice, p.tamano, p.ruta)) === p.cierre.raiz,
  };
  return queFalla(seCumple);
}

// The fair.

const HOJAS_DE = { acta: ["acta_de_proceso"], oferta: ["oferta_sellada"], apertura: ["ofertas_recibidas", "acta_de_proceso"] };
const DE_FERIA = "acta,cabeza,clase,clave_publica,como_verificar,hojas,recibidas,textos,version";
const DE_HOJA = "contenido,indice,objeto,ruta,tipo";
const campos = (o) => Object.keys(o).sort().join();
const huellaDe = async (texto) => hexDe(await sha256(new TextEncoder().encode(texto)));
const sonTextos = (valor) => Array.isArray(valor) && valor.every((t) => typeof t === "string");
const sinRepetir = (lista) => new Set(lista).size === lista.length;
const iguales = (unos, otros) => JSON.stringify([...unos].sort()) === JSON.stringify([...otros].sort());

function esDeFeria(p) {
  return campos(p) === DE_FERIA && Object.hasOwn(HOJAS_DE, p.clase) && Array.isArray(p.hojas) &&
    p.hojas.every((h) => esHoja(h) && campos(h) === DE_HOJA && esNumero(h.indice, 0) && esRuta(h.ruta)) &&
    p.hojas.map((h) => h.tipo).join() === HOJAS_DE[p.clase].join() && esCabeza(p.cabeza) && esTexto(p.clave_publica, HEX32) &&
    (p.clase === "oferta" ? p.acta === null : typeof p.acta === "string") && typeof p.como_verificar === "string" &&
    sonTextos(p.textos) && (p.clase === "oferta" || p.textos.length === 0) &&
    sonTextos(p.recibidas) && (p.clase === "apertura" || p.recibidas.length === 0);
}

async function fallasDeFeria(p, claves) {
  return queFalla({ ...(await deLaFirma(p, claves)), ...(await (p.clase === "oferta" ? deLaOferta(p) : delActa(p))) });
}

async function deLaOferta(p) {
  const dichas = p.hojas[0].contenido.split("|").slice(0, -1);
  const huellas = await Promise.all(p.textos.map(huellaDe));
  return { texto: dichas.length > 0 && sinRepetir(huellas) && huellas.every((huella) => dichas.includes(huella)) };
}

async function delActa(p) {
  const dicho = JSON.parse(p.acta);
  const suya = p.hojas.at(-1);
  const acta = suya.contenido === `${dicho.numero}|${dicho.clase}|${await huellaDe(p.acta)}` &&
    (dicho.clase !== "adjudicacion" || dicho.proceso === suya.objeto);
  if (p.clase === "acta") return { acta };
  const { objeto, contenido } = p.hojas[0];
  return {
    acta,
    proceso: objeto === suya.objeto,
    recibidas: contenido === await recibidasEnHoja(objeto, p.recibidas),
    cuentas: dicho.clase === "apertura" && await daCuenta(dicho, p.recibidas),
  };
}

// How many, and the digest of the hashes of their leaves; null if they are not in order.
async function recibidasEnHoja(objeto, recibidas) {
  const hashes = await Promise.all(recibidas.map((contenido) => hoja(textoDe({ tipo: "oferta_sellada", objeto, contenido }))));
  const enHex = hashes.map(hexDe);
  if (enHex.join() !== [...enHex].sort().join()) return null;
  return `${hashes.length}|${hexDe(await sha256(...hashes))}`;
}

async function daCuenta(dicho, recibidas) {
  const llegaron = recibidas.map((contenido) => contenido.split("|"));
  const hojas = new Map(llegaron.map((partes) => [partes[0], partes]));
  const abiertas = Object.keys(dicho.textos);
  const contadas = [...abiertas, ...dicho.invalidas.map((i) => i.huella), ...Object.values(dicho.cerradas).flat()];
  const como = (estado) => dicho.cerradas[estado] ?? [];
  return sinRepetir(contadas) && contadas.length === llegaron.length && iguales(contadas, llegaron.map(([huella]) => huella)) &&
    iguales(abiertas, dicho.ofertas.map((o) => o.huella)) &&
    ["reemplazada", "retirada"].every((e) => iguales(como(e), llegaron.filter((partes) => partes.at(-1) === e).map(([huella]) => huella))) &&
    (await Promise.all(abiertas.map(async (huella) => huella === await huellaDe(dicho.textos[huella])))).every(Boolean) &&
    (await Promise.all(dicho.invalidas.map((i) => esLaQueLlego(i, hojas.get(i.huella))))).every(Boolean);
}

// By what it said; of what could not be read, by its envelope, whose fingerprint is the second one of the leaf.
async function esLaQueLlego({ huella, texto, sobre, huella_sobre }, partes) {
  if (texto) return huella === await huellaDe(texto);
  const suya = hexDe(await sha256(Uint8Array.from(atob(sobre), (letra) => letra.charCodeAt(0))));
  return suya === huella_sobre && (partes.length === 2 || suya === partes[1]);
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
  try {
    if (prueba?.version === "qhatu-feria-v1" && esDeFeria(prueba)) return await fallasDeFeria(prueba, claves);
  } catch {
    // an act without its parts
  }
  return ["forma"];
}

// The page.

const caja = document.querySelector("[data-comprobar]");

// What each kind is called where the page says what it proves.
function claseDe(p) {
  if (p.version === "qhatu-feria-v1") return p.acta && JSON.parse(p.acta).clase === "adjudicacion" ? "adjudicacion" : p.clase;
  return p.version === "qhatu-prueba-v1" ? p.version : p.hoja.tipo;
}

const EN_BOLIVIA = { timeZone: "America/La_Paz" };
const enBolivia = (instante) => [
  new Date(instante).toLocaleDateString("es-BO", { ...EN_BOLIVIA, dateStyle: "long" }),
  new Date(instante).toLocaleTimeString("es-BO", { ...EN_BOLIVIA, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
].join(", ");
const enBolivianos = (total) => {
  const [enteros, centavos] = Number(total).toFixed(2).split(".");
  return `${enteros.replace(/\B(?=(\d{3})+$)/g, ".")},${centavos}`;
};
const llenar = (plantilla, valores) => plantilla.replace(/\{(\w+)\}/g, (todo, campo) => valores[campo] ?? todo);

// In words, what a proof of the fair says; `decir` are the words of the page.
function lineasDe(p, decir) {
  const suya = p.hojas.at(-1);
  if (p.clase === "oferta") {
    const partes = suya.contenido.split("|");
    return [llenar(decir.oferta, { huella: partes[0], estado: partes.at(-1) }), ...p.textos.map((texto) => llenar(decir.decia, { texto }))];
  }
  const dicho = JSON.parse(p.acta);
  const cabeza = ["cuce", "titulo", "entidad"].map((campo) => dicho[campo]).filter(Boolean).join(" · ");
  if (p.clase === "apertura") {
    const abiertas = Object.keys(dicho.textos).length;
    const cerradas = Object.values(dicho.cerradas).flat().length;
    const invalidas = dicho.invalidas.length;
    return [cabeza, llenar(decir.recibidas, { n: p.recibidas.length }),
      llenar(decir.cuentas, { numero: dicho.numero, abiertas, cerradas, invalidas }),
      p.hojas[0].indice < suya.indice ? decir.antes : decir.junto];
  }
  const acta = llenar(decir.acta, { numero: dicho.numero, clase: decir[`acta_${dicho.clase}`] ?? dicho.clase.replaceAll("_", " "), huella: suya.contenido.split("|")[2] });
  if (dicho.clase !== "adjudicacion") return [cabeza, acta];
  const decision = (d) => llenar(d.proveedor ? decir.decision : decir.desierto, {
    item: d.item, que: d.descripcion, quien: d.proveedor, registro: d.registro, motivo: d.motivo,
    total: enBolivianos(d.total),
  });
  return [cabeza, acta, ...dicho.decisiones.map(decision)];
}

function mostrar(fallas, texto) {
  for (const parte of caja.querySelectorAll("[data-falla]")) parte.hidden = !fallas.includes(parte.dataset.falla);
  caja.querySelector("[data-mal]").hidden = fallas.length === 0;
  const bien = fallas.length === 0 ? JSON.parse(texto) : null;
  for (const parte of caja.querySelectorAll("[data-bien]")) parte.hidden = parte.dataset.bien !== bien?.version;
  const frases = [...caja.querySelectorAll("[data-frase]")];
  const frase = bien && (frases.find((parte) => parte.dataset.frase === claseDe(bien)) ?? frases.find((parte) => !parte.dataset.frase));
  for (const parte of frases) parte.hidden = parte !== frase;
  if (!bien) return;
  const raiz = bien.cabeza?.raiz ?? bien.cierre.raiz;
  const datos = { texto: bien.texto ?? bien.hoja, raiz, clave: bien.cabeza?.clave, dia: bien.cierre?.dia,
    instante: bien.cabeza && enBolivia(bien.cabeza.instante), objeto: bien.hojas?.[0].objeto };
  for (const parte of caja.querySelectorAll("[data-dato]")) parte.textContent = datos[parte.dataset.dato] ?? "";
  const lista = caja.querySelector("[data-lineas]");
  lista.replaceChildren(...(bien.hojas ? lineasDe(bien, lista.dataset) : []).map((linea) => {
    const renglon = document.createElement("li");
    renglon.textContent = linea;
    return renglon;
  }));
}

async function alElegir(evento) {
  const archivo = evento.target.files[0];
  for (const parte of caja.querySelectorAll("[data-bien], [data-mal], [data-frase]")) parte.hidden = true; // of another file
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
