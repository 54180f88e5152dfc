// Who holds a part of a key: their secret is made here and opens here; it never leaves. The forms work without it.

import { abrir, aHex, deBase64, huella, parDe, sabe } from "./hpke.js";

const ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const IGUALES = { O: "0", I: "1", L: "1" };

const letrasDe = (escrito) =>
  escrito.toUpperCase().replaceAll(/[^0-9A-Z]/g, "").replaceAll(/[OIL]/g, (letra) => IGUALES[letra]);
const parDel = (escrito) => parDe(new TextEncoder().encode(letrasDe(escrito)));

function mostrar(formulario) {
  for (const parte of formulario.querySelectorAll("[data-con-navegador]")) parte.hidden = false;
  for (const parte of formulario.querySelectorAll("[data-sin-navegador]")) parte.hidden = true;
}

async function hacerClave(caja) {
  const formulario = caja.closest("form");
  const letras = Array.from(crypto.getRandomValues(new Uint8Array(28)), (b) => ALFABETO[b & 31]).join("");
  caja.querySelector("[data-secreto]").textContent = letras.match(/.{4}/g).join("-");
  formulario.elements.publica.value = aHex((await parDel(letras)).publica);
  caja.hidden = false;
  mostrar(formulario);
}

async function abrirParte(caja, escrito) {
  const { privada } = await parDel(escrito);
  const dicho = await abrir(privada, caja.dataset.info, deBase64(caja.dataset.parte));
  if ((await huella(dicho)) !== caja.dataset.huella) throw new Error("not this part");
  return new TextDecoder().decode(dicho);
}

function abrirAqui(caja) {
  const formulario = caja.closest("form");
  const { clave, palabras } = formulario.elements;
  mostrar(formulario);
  formulario.addEventListener("submit", async (evento) => {
    evento.preventDefault();
    const mala = caja.querySelector("[data-mala]");
    try {
      palabras.value = await abrirParte(caja, clave.value);
    } catch {
      mala.hidden = false;
      delete formulario.dataset.enviado;
      clave.focus();
      return;
    }
    clave.value = "";
    formulario.submit();
  });
}

if (await sabe()) {
  const nueva = document.querySelector("[data-clave-nueva]");
  if (nueva) await hacerClave(nueva);
  for (const caja of document.querySelectorAll("[data-parte]")) abrirAqui(caja);
}
