// The print button exists only where it works.
const boton = document.querySelector("[data-imprimir]");
if (boton) {
  boton.hidden = false;
  boton.addEventListener("click", () => print());
}
