"""Notices: who learns what, once, and nothing about the recipient to the sender."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

import envios.seguimiento.manejadores  # noqa: F401 - subscribes
from ciudadania.modelos import Notificacion
from envios.eventos import (
    Correccion,
    MotivoCorreccion,
    autorizar_remitente,
    corregir,
    pedir_anulacion,
    responder_anulacion,
)
from envios.eventos.derivar import QuienRecibe
from envios.eventos.motivos import AccionIntento, Motivo
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_eventos
from envios.eventos.tareas import revisar_vencidos
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
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
        " vuelve a quien lo envió",
        " fue devuelto",
    ]
    assert asuntos(sesion, envio, persona_id=reparto.ana.id) == [
        "Su envío N vuelve al remitente",
        "Su envío N volvió al remitente",
    ]


def asuntos(sesion: Session, envio: Any, **quien: Any) -> list[str]:
    return [a.asunto.replace(envio.numero, "N") for a in avisos(sesion, **quien)]


def test_lo_que_llega_junto_es_un_aviso_del_ultimo_estado(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    cuando = ahora() - timedelta(hours=9)
    tarde = [
        EventoNuevo(c, envio.id, ocurrido_en=cuando + timedelta(hours=n))
        for n, c in enumerate(("EMA", "EMB", "EMC", "EMD", "EDG"))
    ]
    for nuevo in reversed(tarde):  # each in an upload of its own, told together
        with transaccion() as propia:
            registrar_eventos(
                propia, reparto.actor(reparto.cartero), reparto.correos_id, [nuevo], Fuente.LOTE
            )
    entregar_pendientes()
    assert asuntos(sesion, envio, persona_id=reparto.ana.id) == ["Su envío N salió a reparto"]
    assert asuntos(sesion, envio, unidad_id=reparto.tienda_id) == ["El envío N salió a reparto"]
    # what is older than what was told is no news, and what is told is not told again
    registrar(reparto, EventoNuevo("EMJ", envio.id, ocurrido_en=cuando + timedelta(minutes=90)))
    registrar(reparto, tarde[0])
    assert len(avisos(sesion, persona_id=reparto.ana.id)) == 1


def test_sin_noticias_se_dice_a_los_dos_una_vez(sesion: Session, reparto: Reparto, reloj: Any) -> None:
    envio = reparto.enviar()
    registrar(reparto, EventoNuevo("EMA", envio.id))
    reloj.adelantar(timedelta(days=31))
    revisar_vencidos()
    entregar_pendientes()
    assert asuntos(sesion, envio, persona_id=reparto.ana.id)[-1] == "No hay noticias de su envío N"
    assert asuntos(sesion, envio, unidad_id=reparto.tienda_id)[-1] == "No hay noticias del envío N"
    revisar_vencidos()
    entregar_pendientes()
    assert len(avisos(sesion, unidad_id=reparto.tienda_id)) == 2


def test_una_entrega_corregida_se_dice_y_la_de_verdad_tambien(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    registrar(
        reparto, EventoNuevo("EMI", envio.id, evento_cliente_id="e1", codigo_entrega=envio.codigo_entrega)
    )
    with transaccion() as propia:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, evento_cliente_id="e1")
        corregir(propia, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.API)
    entregar_pendientes()
    registrar(
        reparto, EventoNuevo("EMI", envio.id, evento_cliente_id="e2", codigo_entrega=envio.codigo_entrega)
    )
    assert asuntos(sesion, envio, persona_id=reparto.ana.id) == [
        "Su envío N fue entregado",
        "Se corrigió lo anotado del envío N",
        "Su envío N fue entregado",
    ]


def test_la_anulacion_se_pide_al_operador_y_se_responde_a_quien_envia(
    sesion: Session, reparto: Reparto
) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    for envio, confirma in ((uno, True), (otro, False)):
        with transaccion() as propia:
            actor = reparto.actor(reparto.vendedora)
            pedir_anulacion(propia, autorizar_remitente(propia, actor, envio), envio.id)
        entregar_pendientes()
        with transaccion() as propia:
            responder_anulacion(propia, reparto.actor(reparto.cartero), envio.id, confirma, "Ya lo tengo.")
        entregar_pendientes()
    del_operador = avisos(sesion, unidad_id=reparto.correos_id)
    assert [(a.asunto, a.enlace) for a in del_operador] == [
        (f"Piden anular el envío {e.numero}", f"/envios/operador/{e.id}") for e in (uno, otro)
    ]
    de_la_tienda = avisos(sesion, unidad_id=reparto.tienda_id)
    assert [(a.asunto, a.cuerpo) for a in de_la_tienda] == [
        (f"El envío {uno.numero} quedó anulado", "No viajará: el paquete sigue con usted."),
        (f"No se anuló el envío {otro.numero}", "El operador rechazó la anulación. Ya lo tengo."),
    ]
