// Numbers of items, with the same vectors as envios/s10: S10 (UPU: two letters, eight digits, a check digit, a country)
// and the house's own.

import { damm } from "./damm.js";

const PESOS = [8, 6, 4, 2, 3, 5, 9, 7];

export function normalizar(texto) {
  return texto.normalize("NFKC").replace(/[\p{Z}\p{C}\p{Pd}]/gu, "").toUpperCase();
}

export function digito(serie) {
  const resto = 11 - (PESOS.reduce((suma, peso, i) => suma + peso * Number(serie[i]), 0) % 11);
  return { 10: 0, 11: 5 }[resto] ?? resto;
}

const S10 = /^[A-Z]{2}[0-9]{9}[A-Z]{2}$/;
const CASA = /^QH[0-9]{9}$/; // the house's own, with Damm's digit
const PROPIO = /^[A-Z0-9][A-Z0-9/._#:]{2,39}$/; // what an operator may call an item
const MAL_COPIADO = "El dígito verificador no coincide: algún dígito está mal copiado. Revise los 9 dígitos.";

// What is wrong with a number already normalised; "" when nothing is, or when it may be an operator's own.
export function falta(numero) {
  if (S10.test(numero)) return digito(numero.slice(2, 10)) === Number(numero[10]) ? "" : MAL_COPIADO;
  if (CASA.test(numero)) return damm(numero.slice(2)) === 0 ? "" : MAL_COPIADO;
  if (numero.startsWith("QH")) return "Un número que empieza con QH lleva después 9 dígitos, como QH000010054.";
  if (/^[A-Z]{2}[0-9]{6,}[A-Z]{0,2}$/.test(numero)) return "El número debe tener 13 caracteres, como RR473124829BO.";
  return PROPIO.test(numero) ? "" : "Eso no parece un número de envío. Léalo de la etiqueta.";
}

export const entero = (numero) => (S10.test(numero) || CASA.test(numero)) && !falta(numero);

// The number of a label: its bars hold it, its QR the address of its tracking page.
export function deEtiqueta(texto) {
  const limpio = normalizar(texto);
  return /([A-Z]{2}[0-9]{9}[A-Z]{2}|QH[0-9]{9})\/?$/.exec(limpio)?.[1] ?? limpio;
}
