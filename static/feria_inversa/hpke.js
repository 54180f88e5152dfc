// HPKE (RFC 9180), base mode: X25519, HKDF-SHA256, AES-128-GCM, with WebCrypto. As feria_inversa/llaves/hpke.py.

const KEM = suite("KEM", 0x20);
const HPKE = suite("HPKE", 0x20, 0x01, 0x01);
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32]); // RFC 8410
const X25519 = { name: "X25519" };
const VACIO = new Uint8Array();

function bytes(texto) {
  return new TextEncoder().encode(texto);
}

function suite(nombre, ...numeros) {
  return unir(bytes(nombre), ...numeros.map(dos));
}

function dos(numero) {
  return Uint8Array.of(numero >> 8, numero & 255);
}

function unir(...partes) {
  const todo = new Uint8Array(partes.reduce((suma, parte) => suma + parte.length, 0));
  let en = 0;
  for (const parte of partes) {
    todo.set(parte, en);
    en += parte.length;
  }
  return todo;
}

async function hmac(clave, mensaje) {
  const algoritmo = { name: "HMAC", hash: "SHA-256" };
  const usada = await crypto.subtle.importKey("raw", clave.length ? clave : new Uint8Array(32), algoritmo, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", usada, mensaje));
}

const extraer = (id, sal, etiqueta, que) => hmac(sal, unir(bytes("HPKE-v1"), id, bytes(etiqueta), que));

// Never more than one block of 32 bytes.
async function expandir(id, prk, etiqueta, info, largo) {
  const todo = await hmac(prk, unir(dos(largo), bytes("HPKE-v1"), id, bytes(etiqueta), info, Uint8Array.of(1)));
  return todo.slice(0, largo);
}

async function clavePrivada(privada) {
  return crypto.subtle.importKey("pkcs8", unir(PKCS8, privada), X25519, true, ["deriveBits"]);
}

async function acordar(privada, publica) {
  const otra = await crypto.subtle.importKey("raw", publica, X25519, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: otra }, privada, 256));
}

async function publicaDe(clave) {
  const { x } = await crypto.subtle.exportKey("jwk", clave);
  return deBase64(x.replaceAll("-", "+").replaceAll("_", "/"));
}

async function contexto(acuerdo, enc, publica, info, aad) {
  const eae = await extraer(KEM, VACIO, "eae_prk", acuerdo);
  const secreto = await expandir(KEM, eae, "shared_secret", unir(enc, publica), 32);
  const huellas = [await extraer(HPKE, VACIO, "psk_id_hash", VACIO), await extraer(HPKE, VACIO, "info_hash", info)];
  const programa = unir(Uint8Array.of(0), ...huellas);
  const prk = await extraer(HPKE, secreto, "secret", VACIO);
  const nonce = await expandir(HPKE, prk, "base_nonce", programa, 12);
  const clave = await crypto.subtle.importKey("raw", await expandir(HPKE, prk, "key", programa, 16), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { clave, algoritmo: { name: "AES-GCM", iv: nonce, additionalData: aad } };
}

// What comes after `claro`, and `aad`: only for the vectors of the RFC.
export async function sellar(publica, info, claro, efimera = null, aad = VACIO) {
  const privada = efimera ? await clavePrivada(efimera) : (await crypto.subtle.generateKey(X25519, true, ["deriveBits"])).privateKey;
  const enc = await publicaDe(privada);
  const { clave, algoritmo } = await contexto(await acordar(privada, publica), enc, publica, bytesDe(info), aad);
  return unir(enc, new Uint8Array(await crypto.subtle.encrypt(algoritmo, clave, claro)));
}

// Rejects when the key does not open it.
export async function abrir(privada, info, sobre, aad = VACIO) {
  const mia = await clavePrivada(privada);
  const enc = sobre.slice(0, 32);
  const { clave, algoritmo } = await contexto(await acordar(mia, enc), enc, await publicaDe(mia), bytesDe(info), aad);
  return new Uint8Array(await crypto.subtle.decrypt(algoritmo, clave, sobre.slice(32)));
}

export async function parDe(secreto) {
  const prk = await extraer(KEM, VACIO, "dkp_prk", secreto);
  const privada = await expandir(KEM, prk, "sk", VACIO, 32);
  return { privada, publica: await publicaDe(await clavePrivada(privada)) };
}

function bytesDe(que) {
  return typeof que === "string" ? bytes(que) : que;
}

export function deBase64(texto) {
  return Uint8Array.from(atob(texto), (letra) => letra.charCodeAt(0));
}

export function aBase64(dicho) {
  let letras = "";
  for (const b of dicho) letras += String.fromCharCode(b);
  return btoa(letras);
}

export function aHex(dicho) {
  return Array.from(dicho, (b) => b.toString(16).padStart(2, "0")).join("");
}

export async function huella(dicho) {
  return aHex(new Uint8Array(await crypto.subtle.digest("SHA-256", dicho)));
}

// A telephone of before has no X25519: the page then works as it does without JavaScript, and says so.
export async function sabe() {
  if (!globalThis.crypto?.subtle) return false;
  return crypto.subtle.generateKey(X25519, true, ["deriveBits"]).then(() => true, () => false);
}
