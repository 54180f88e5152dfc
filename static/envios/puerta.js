// At the door, on line: a signature on the glass, and where it is if whoever delivers says so. The form does without.

import { Firma } from "./escaner/firma.js";

const caja = document.querySelector("[data-puerta]");
const formulario = caja?.closest("form");
const en = (marca) => caja.querySelector(`[data-${marca}]`);

function firmar() {
  const firma = new Firma(en("firma"));
  en("borrar-firma").addEventListener("click", () => firma.borrar());
  // The picture of a signature on paper is for whoever has no glass to sign on.
  formulario.elements.firma.closest(".campo").hidden = true;
  formulario.addEventListener("formdata", ({ formData }) => {
    if (!firma.vacia) formData.set("firma", firma.archivo());
  });
}

function anotarLugar(coords) {
  const { latitud, longitud, precision_m: precision } = formulario.elements;
  latitud.value = coords ? coords.latitude.toFixed(6) : "";
  longitud.value = coords ? coords.longitude.toFixed(6) : "";
  precision.value = coords ? Math.round(coords.accuracy) : "";
  en("quitar-posicion").hidden = !coords;
}

function ubicar() {
  const estado = en("posicion-estado");
  estado.textContent = "Buscando la posición…";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      anotarLugar(coords);
      estado.textContent = `Posición anotada, con ${Math.round(coords.accuracy)} metros de margen.`;
    },
    () => (estado.textContent = "El teléfono no dio su posición. La entrega vale igual sin ella."),
    { timeout: 15_000, maximumAge: 60_000, enableHighAccuracy: true },
  );
}

if (caja) {
  caja.hidden = false;
  firmar();
  en("posicion-campo").hidden = !navigator.geolocation;
  en("posicion").addEventListener("click", ubicar);
  en("quitar-posicion").addEventListener("click", () => {
    anotarLugar(null);
    en("posicion-estado").textContent = "Sin posición.";
  });
}
