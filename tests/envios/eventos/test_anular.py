"""An annulment is asked for; whoever holds the item refuses or confirms it, or time does."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from empresa_digital.registro import SinFacultad
from envios.eventos.anular import (
    anulacion_pedida,
    autorizar_remitente,
    pedir_anulacion,
    responder_anulacion,
    vencer_anulacion,
)
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.errores import AnulacionPedida, SinAnulacion, YaEnManos
from envios.eventos.modelos import AnulacionDeEnvio
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.eventos.tareas import revisar_vencidos, vencer_anulaciones
from envios.eventos.verificar import items
from envios.items.consultas import envio_por_id
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto


def pedir(reparto: Reparto, envio: Envio) -> None:
    with transaccion() as sesion:
        quien = autorizar_remitente(sesion, reparto.actor(reparto.vendedora), envio)
        pedir_anulacion(sesion, quien, envio.id)


def responder(sesion: Session, reparto: Reparto, envio_id: UUID, confirma: bool, nota: str = "") -> None:
    responder_anulacion(sesion, reparto.actor(reparto.cartero), envio_id, confirma, nota)


def admitir(sesion: Session, reparto: Reparto, envio_id: UUID) -> None:
    hecho = registrar_evento(
        sesion, reparto.actor(reparto.cartero), envio_id, EventoNuevo("EMA", envio_id), Fuente.API
    )
    assert hecho.error is None, hecho.error


def peticiones(sesion: Session, envio_id: UUID) -> list[tuple[str, str | None, str]]:
    sesion.rollback()
    consulta = select(AnulacionDeEnvio).where(col(AnulacionDeEnvio.envio_id) == envio_id)
    filas = sesion.exec(consulta.order_by(col(AnulacionDeEnvio.pedida_en))).all()
    return [(f.estado, f.resuelta_por, f.nota) for f in filas]


def test_la_rechazada_deja_el_envio_y_se_puede_pedir_otra(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    with transaccion() as otra, pytest.raises(SinAnulacion):
        responder(otra, reparto, envio.id, confirma=False)
    pedir(reparto, envio)
    with transaccion() as otra, pytest.raises(SinFacultad):
        responder_anulacion(otra, reparto.actor(reparto.vendedora), envio.id, confirma=True)
    with pytest.raises(AnulacionPedida):
        pedir(reparto, envio)
    with transaccion() as otra:
        responder(otra, reparto, envio.id, confirma=False, nota="  Ya salió a recogerlo  ")
    quien = reparto.actor(reparto.cartero).clave
    assert peticiones(sesion, envio.id) == [("rechazada", quien, "Ya salió a recogerlo")]
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ANUNCIADO
    assert eventos_de(sesion, envio.id) == []
    pedir(reparto, envio)
    assert [estado for estado, _quien, _nota in peticiones(sesion, envio.id)] == ["rechazada", "pedida"]
    assert items(sesion) == []


@pytest.mark.parametrize("admitido", [False, True])
def test_si_el_operador_calla_responde_el_plazo(
    sesion: Session, reparto: Reparto, reloj: Any, admitido: bool
) -> None:
    """Confirmed if nobody scanned the parcel; refused if somebody did meanwhile."""
    envio = reparto.enviar()
    pedir(reparto, envio)
    if admitido:
        with transaccion() as otra:
            admitir(otra, reparto, envio.id)
        with transaccion() as otra, pytest.raises(YaEnManos):
            responder(otra, reparto, envio.id, confirma=True)
    reloj.adelantar(timedelta(hours=48) - timedelta(minutes=1))
    assert vencer_anulaciones() == 0
    assert anulacion_pedida(sesion, envio.id) is not None
    reloj.adelantar(timedelta(minutes=2))
    assert vencer_anulaciones() == 1
    assert vencer_anulaciones() == 0
    (una,) = peticiones(sesion, envio.id)
    assert una == (
        "rechazada" if admitido else "confirmada",
        "sistema:plazo de anulación",
        "El operador no respondió a tiempo.",
    )
    leido = envio_por_id(sesion, envio.id)
    assert leido.estado is (EstadoEnvio.ADMITIDO if admitido else EstadoEnvio.ANULADO)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == (["EMA"] if admitido else ["QHAC"])
    assert items(sesion) == []


def test_el_plazo_y_el_operador_a_la_vez(sesion: Session, reparto: Reparto, reloj: Any) -> None:
    """Who comes second finds nothing to answer: it is annulled once."""
    envio = reparto.enviar()
    pedir(reparto, envio)
    reloj.adelantar(timedelta(hours=48) + timedelta(minutes=1))
    falla = cruzar(
        lambda una: vencer_anulacion(una, envio.id),
        lambda otra: responder(otra, reparto, envio.id, confirma=False),
    )
    assert isinstance(falla, SinAnulacion)
    assert [estado for estado, _quien, _nota in peticiones(sesion, envio.id)] == ["confirmada"]
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ANULADO


def test_se_admite_mientras_se_confirma(sesion: Session, reparto: Reparto) -> None:
    """The scan is kept: a parcel that moves after its annulment is an incident, never lost."""
    envio = reparto.enviar()
    pedir(reparto, envio)
    falla = cruzar(
        lambda una: admitir(una, reparto, envio.id),
        lambda otra: responder(otra, reparto, envio.id, confirma=True),
    )
    assert isinstance(falla, YaEnManos)
    sesion.rollback()
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ADMITIDO
    assert anulacion_pedida(sesion, envio.id) is not None


@pytest.mark.parametrize("codigo", ["QHAC", "EMA"])
def test_lo_que_se_corrige_pasado_el_mes_tambien_termina(
    sesion: Session, reparto: Reparto, reloj: Any, codigo: str
) -> None:
    """Its annulment, or its admission, was declared wrong: two days to be received, and it is annulled."""
    envio = reparto.enviar()
    if codigo == "EMA":
        with transaccion() as otra:
            admitir(otra, reparto, envio.id)
    reloj.adelantar(timedelta(days=30, minutes=1))
    assert revisar_vencidos() == 1
    (evento,) = eventos_de(sesion, envio.id)
    assert evento.codigo == codigo
    with transaccion() as otra:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, evento.id)
        corregir(otra, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.API)
    for dias, queda in ((1.9, EstadoEnvio.ANUNCIADO), (0.2, EstadoEnvio.ANULADO)):
        reloj.adelantar(timedelta(days=dias))
        revisar_vencidos()
        sesion.rollback()
        assert envio_por_id(sesion, envio.id).estado is queda
    assert items(sesion) == []
