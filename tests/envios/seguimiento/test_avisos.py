"""Notices: who learns what, once, and nothing about the recipient to the sender."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, select

import envios.seguimiento.manejadores  # noqa: F401 - subscribes
from ciudadania.modelos import Notificacion
from envios.eventos.derivar import QuienRecibe
from envios.eventos.motivos import AccionIntento, Motivo
from envios.eventos.registrar_eventos import EventoNuevo, Fuente, registrar_eventos
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.envios.conftest import Reparto


def registrar(reparto: Reparto, *nuevos: EventoNuevo) -> None:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        for resultado in registrar_eventos(sesion, actor, reparto.correos_id, nuevos, Fuente.API):
            assert resultado.error is None
    entregar_pendientes()


def avisos(sesion: Session, *, persona_id: UUID | None = None, unidad_id: UUID | None = None) -> list[Any]:
    sesion.rollback()
    todos = sesion.exec(select(Notificacion)).all()
    propios = [
        n for n in todos if (n.persona_id, n.unidad_id) == (persona_id, unidad_id) and "envío" in n.asunto
    ]
    return sorted(propios, key=lambda n: n.id)


def test_avisos_de_una_entrega(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    registrar(reparto, EventoNuevo("EMA", envio.id))
    registrar(reparto, EventoNuevo("EDG", envio.id))
    registrar(
        reparto,
        EventoNuevo(
            "EMH", envio.id, motivo=Motivo.DESTINATARIO_AUSENTE, accion=AccionIntento.RETENER_EN_AGENCIA
        ),
    )
    registrar(reparto, EventoNuevo("EMI", envio.id, codigo_entrega=envio.codigo_entrega))
    n = envio.numero
    de_ana = avisos(sesion, persona_id=reparto.ana.id)
    assert [a.asunto for a in de_ana] == [
        f"El operador recibió su envío {n}",
        f"Su envío {n} salió a reparto",
        f"No se pudo entregar su envío {n}",
        f"Su envío {n} fue entregado",
    ]
    assert {a.enlace for a in de_ana} == {f"/seguimiento/{n}"}
    assert "Queda en la agencia para que lo retiren" in de_ana[2].cuerpo
    de_la_tienda = avisos(sesion, unidad_id=reparto.tienda_id)
    assert [a.asunto for a in de_la_tienda] == [
        f"El operador recibió el envío {n}",
        f"El envío {n} salió a reparto",
        f"No se pudo entregar el envío {n}",
        f"El envío {n} fue entregado",
    ]
    textos = " ".join(a.asunto + a.cuerpo for a in de_la_tienda)
    for dato in ("Ana", "70000001", "Casa azul", "Sorata", "había nadie", envio.codigo_entrega):
        assert dato not in textos
    assert envio.codigo_entrega not in " ".join(a.asunto + a.cuerpo for a in de_ana)  # never by message
    entregar_pendientes()
    assert len(avisos(sesion, persona_id=reparto.ana.id)) == 4  # once each


def test_avisos_de_una_devolucion(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    rechazo = EventoNuevo("EMH", envio.id, motivo=Motivo.DESTINATARIO_RECHAZO, accion=AccionIntento.DEVOLVER)
    registrar(reparto, EventoNuevo("EMA", envio.id), rechazo)
    registrar(reparto, EventoNuevo("EMI", envio.id, entregado_a=QuienRecibe.REMITENTE))
    assert [a.asunto.split(envio.numero)[-1] for a in avisos(sesion, unidad_id=reparto.tienda_id)][-2:] == [
        " vuelve a su unidad",
        " fue devuelto",
    ]
    assert (
        avisos(sesion, persona_id=reparto.ana.id)[-1].asunto == f"Su envío {envio.numero} vuelve al remitente"
    )
