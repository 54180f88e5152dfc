// «Usar dónde estoy»: nobody knows their coordinates, their telephone does. The form works without it.
const boton = document.querySelector("[data-ubicar]");
const estado = document.querySelector("[data-ubicar-estado]");
if (boton && navigator.geolocation) {
  const enGrados = (n) => n.toFixed(6).replace(".", ",");
  boton.hidden = false;
  boton.addEventListener("click", () => {
    boton.disabled = true;
    estado.textContent = estado.dataset.buscando;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.querySelector("#latitud").value = enGrados(coords.latitude);
        document.querySelector("#longitud").value = enGrados(coords.longitude);
        estado.textContent = estado.dataset.hallado;
        boton.disabled = false;
      },
      () => {
        estado.textContent = estado.dataset.sin;
        boton.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
