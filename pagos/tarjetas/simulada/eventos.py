"""What the simulated gateway tells: each event, and its webhook when and as often as it will be sent."""

from datetime import timedelta

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json
from pagos.tarjetas.simulada.fallas import Falla, falla_duradera

DEMORA = timedelta(seconds=30)  # of a bank that decides later, and of a cardholder who disputes
DEMORA_TARDIA = timedelta(hours=1)


def epoca() -> int:
    return int(ahora().timestamp())


def propio_de(objeto: Json) -> str | None:
    """Our own id that an object carries: what its faults hang on."""
    metadatos = objeto.get("metadata") or {}
    return metadatos.get("intento_id") or metadatos.get("reembolso_id") or objeto.get("client_reference_id")


def emitir(almacen: Almacen, tipo: str, objeto: Json, propio: str | None = None) -> None:
    propio = propio or propio_de(objeto)
    evento = objetos.evento(tipo, objeto, creado=epoca())
    almacen.guardar("event", evento["id"], evento)
    falla = falla_duradera(almacen, propio)
    if falla == Falla.AVISO_PERDIDO:
        return
    vence = ahora()
    if falla == Falla.AVISO_TARDIO:
        vence += DEMORA_TARDIA
    elif falla == Falla.AVISOS_EN_DESORDEN and tipo in (
        "payment_intent.created",
        "payment_intent.processing",
    ):
        vence += DEMORA * 3  # what happened first arrives last
    for n in range(2 if falla == Falla.AVISO_DOBLE else 1):
        almacen.guardar("aviso", f"{evento['id']}#{n}", {"evento": evento, "intentos": 0}, vence)
