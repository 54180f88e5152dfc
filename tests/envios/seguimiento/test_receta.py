"""The recipe for shops says the truth: its code is run as it stands in the document."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from envios.eventos import AccionIntento, EventoNuevo, Fuente, Motivo, registrar_eventos
from envios.seguimiento.tareas import revisar_rastreadores
from nucleo.bd import transaccion
from nucleo.modelos import MensajeWebhook
from nucleo.webhooks import firmar, suscribir
from tests.envios.conftest import Reparto

RECETAS = Path(__file__).parents[3] / "docs" / "recetas.md"


def test_la_receta_de_una_tienda(
    reparto: Reparto, cliente: Any, token_de_cliente: Any, sesion: Session
) -> None:
    texto = RECETAS.read_text(encoding="utf-8").partition("## Seguir envíos desde una tienda")[2]
    codigo = re.search(r"```python\n(.*?)```", texto, re.DOTALL)
    assert codigo is not None
    receta: dict[str, Any] = {}
    exec(codigo[1], receta)
    envio = reparto.enviar()
    with transaccion() as propia:
        _suscripcion, secreto = suscribir(propia, reparto.tienda_id, "https://tienda.example/avisos", [])
    cliente.headers["Authorization"] = f"Bearer {token_de_cliente(reparto.tienda_id, 'envios', 'productos')}"
    pedidos: dict[str, dict[str, Any]] = {envio.numero: {}}
    seguido = receta["seguir"](cliente, str(reparto.tienda_id), envio.numero)
    assert receta["seguir"](cliente, str(reparto.tienda_id), envio.numero) == seguido

    def llegan() -> None:
        """What was queued comes to the shop's address, signed as it leaves."""
        sesion.rollback()
        for m in sesion.exec(select(MensajeWebhook).order_by(MensajeWebhook.id)):
            instante = int(datetime.now(UTC).timestamp())
            cabeceras = {
                "webhook-id": m.id,
                "webhook-timestamp": str(instante),
                "webhook-signature": firmar(secreto, m.id, instante, bytes(m.cuerpo)),
            }
            receta["recibir"](secreto, bytes(m.cuerpo), cabeceras, pedidos)

    llegan()
    assert pedidos[envio.numero] == {
        "atender": False,
        "estado": "Anunciado",
        "llega": None,
        "sigue": "El remitente lo entregará al operador.",
    }
    fallo = EventoNuevo(
        "EMH", envio.id, motivo=Motivo.DESTINATARIO_AUSENTE, accion=AccionIntento.NUEVO_INTENTO
    )
    with transaccion() as propia:
        registrar_eventos(propia, reparto.actor(reparto.cartero), reparto.correos_id, [fallo], Fuente.API)
    revisar_rastreadores()
    llegan()
    assert (pedidos[envio.numero]["atender"], pedidos[envio.numero]["estado"]) == (
        True,
        "No se pudo entregar",
    )

    donde, marca = receta["donde_estan"](cliente, [envio.numero, "NADIE-1"])
    assert (donde[envio.numero]["estado"], donde["NADIE-1"]) == ("intento_fallido", None)
    assert receta["donde_estan"](cliente, [envio.numero, "NADIE-1"], marca) == (None, marca)
