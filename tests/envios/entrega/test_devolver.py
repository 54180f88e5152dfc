"""Who received an item sends it back: another item, linked to the first one, once."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

import envios.entrega.manejadores  # noqa: F401 - subscribes
from ciudadania.modelos import Notificacion
from empresa_digital.registro import parte_tercera
from envios.entrega.devolver import anunciar_devolucion, devolucion_de
from envios.entrega.errores import SinDevolucionPropia, YaSeDevuelve
from envios.eventos.anular import pedir_anulacion, responder_anulacion
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.items import EnvioNoEncontrado
from envios.items.modelos import Envio
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto


def entregado(reparto: Reparto, **cambios: Any) -> Envio:
    envio = reparto.enviar(**cambios)
    with transaccion() as sesion:
        nuevo = EventoNuevo("EMI", envio.id, codigo_entrega=envio.codigo_entrega)
        hecho = registrar_evento(sesion, reparto.actor(reparto.cartero), envio.id, nuevo, Fuente.API)
        assert hecho.error is None, hecho.error
    return envio


def devuelve(reparto: Reparto, envio: Envio, quien: Any = None, **mas: Any) -> Envio:
    with transaccion() as sesion:
        return anunciar_devolucion(sesion, reparto.actor(quien or reparto.ana), envio.id, **mas)


def vueltas(sesion: Session) -> list[Envio]:
    sesion.rollback()
    return list(sesion.exec(select(Envio).where(col(Envio.devolucion_de_id).is_not(None))))


def test_vuelve_con_los_papeles_cambiados(reparto: Reparto, sesion: Session) -> None:
    envio = entregado(reparto)
    vuelta = devuelve(reparto, envio, peso_g=300)
    assert (vuelta.devolucion_de_id, vuelta.estado, vuelta.numero != envio.numero) == (
        envio.id,
        "anunciado",
        True,
    )
    assert (vuelta.remitente_parte_id, vuelta.destinatario_parte_id) == (
        envio.destinatario_parte_id,
        envio.remitente_parte_id,
    )
    assert (vuelta.destinatario_nombre, vuelta.peso_g) == ("Tejidos de prueba", 300)
    assert (vuelta.contenido, vuelta.operador_unidad_id) == ("Una chompa", reparto.correos_id)
    encontrada = devolucion_de(sesion, envio.id)
    assert encontrada is not None
    assert encontrada.id == vuelta.id
    entregar_pendientes()
    avisos = sesion.exec(select(Notificacion).where(col(Notificacion.clase) == "envios.entrega")).all()
    assert [(a.unidad_id, a.asunto) for a in avisos] == [
        (reparto.tienda_id, f"Le devuelven el envío {envio.numero}")
    ]


def test_lo_que_no_se_devuelve_asi(reparto: Reparto, sesion: Session) -> None:
    en_camino = reparto.enviar()
    with pytest.raises(SinDevolucionPropia):
        devuelve(reparto, en_camino)
    envio = entregado(reparto)
    for quien in (reparto.vendedora, reparto.cartero, reparto.ajeno):
        with pytest.raises(EnvioNoEncontrado):
            devuelve(reparto, envio, quien)
    with transaccion() as propia:
        tercero = parte_tercera(propia, "Ana Prueba", "70000001").id
    with pytest.raises(SinDevolucionPropia):
        devuelve(reparto, entregado(reparto, destinatario_parte_id=tercero), reparto.vendedora)
    assert vueltas(sesion) == []


def test_una_a_la_vez_y_otra_si_se_anulo(reparto: Reparto, sesion: Session) -> None:
    envio = entregado(reparto)
    ana = reparto.actor(reparto.ana)
    fallo = cruzar(
        lambda s: anunciar_devolucion(s, ana, envio.id), lambda s: anunciar_devolucion(s, ana, envio.id)
    )
    assert isinstance(fallo, YaSeDevuelve)
    (vuelta,) = vueltas(sesion)
    with transaccion() as propia:
        pedir_anulacion(propia, Autorizacion.propia(ana), vuelta.id)
    with transaccion() as propia:
        responder_anulacion(propia, reparto.actor(reparto.cartero), vuelta.id, confirma=True)
    devuelve(reparto, envio)
    assert len(vueltas(sesion)) == 2
