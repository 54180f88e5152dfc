// Reads the label with the camera where the browser can. The form works without it, and with any bar code reader
// that types and presses Enter.

import { Camara, hayLector } from "./escaner/camara.js";
import { deEtiqueta } from "./escaner/s10.js";

const caja = document.querySelector("[data-camara]");
const numero = document.querySelector("#numero");
if (numero && document.querySelector("#codigo")?.value) numero.focus();

if (caja && (await hayLector())) {
  const estado = caja.querySelector("[data-camara-estado]");
  const camara = new Camara(caja.querySelector("[data-camara-video]"), (texto) => {
    camara.cerrar();
    numero.value = deEtiqueta(texto);
    numero.focus();
    estado.textContent = `Leído ${numero.value}. Pulse Registrar.`;
    navigator.vibrate?.(80);
  });
  caja.hidden = false;
  caja.querySelector("[data-camara-abrir]").addEventListener("click", async () => {
    if (await camara.abrir()) return;
    estado.textContent = "No se pudo abrir la cámara. Escriba el número.";
    estado.classList.remove("sr");
  });
  addEventListener("pagehide", () => camara.cerrar());
}
