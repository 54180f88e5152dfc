// The seventh digit of the recipient's code (Damm), with the same table as envios/items/codigo_entrega.py. It
// catches typing errors; whether the code is right only the server knows.

const TABLA = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

export const damm = (digitos) => [...digitos].reduce((estado, d) => Number(TABLA[estado][Number(d)]), 0);

// What is wrong with a code as it was typed; "" when nothing is seen.
export function faltaCodigo(dicho) {
  const limpio = dicho.replace(/[\s-]/g, "");
  if (!/^[0-9]{7}$/.test(limpio)) return "Pida los 7 dígitos del código a quien recibe.";
  if (damm(limpio) !== 0) return "Algún dígito del código está mal: pida que se lo digan otra vez.";
  return "";
}
