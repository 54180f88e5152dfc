"""A unit that closes and a parcel that begins: one waits for the other and sees what it did."""

import threading
from typing import Any

from sqlmodel import Session, select

from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    SinHabilitacion,
    exigir_facultad,
    inscripcion,
    unidad_por_id,
)
from empresa_digital.registro.inscripcion.errores import ObligacionesVivas
from envios.eventos.anular import anular_envio, autorizar_remitente
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from nucleo.actor import Actor
from nucleo.bd import transaccion
from tests.ayudas.carreras import cruzar, hasta_que_esperen
from tests.envios.conftest import Reparto
from tests.envios.test_api import como, cuerpo_de_envio  # noqa: F401  (a fixture)


def test_anunciar_y_cerrar_al_operador_no_se_cruzan(reparto: Reparto, reguladora: Actor) -> None:
    def anunciar(sesion: Session) -> None:
        vende = exigir_facultad(sesion, reparto.actor(reparto.vendedora), reparto.tienda_id, Facultad.VENDER)
        crear_envio(sesion, vende, **reparto.datos(sesion))

    def cerrar(sesion: Session) -> None:
        inscripcion.cancelar(sesion, reguladora, reparto.correos_id, "Se disuelve")

    def anular(sesion: Session) -> None:
        for envio in sesion.exec(select(Envio)):
            quien = autorizar_remitente(sesion, reparto.actor(reparto.vendedora), envio)
            anular_envio(sesion, quien, envio.id)

    assert isinstance(cruzar(anunciar, cerrar), ObligacionesVivas)
    with transaccion() as sesion:
        assert unidad_por_id(sesion, reparto.correos_id).estado == EstadoUnidad.INSCRITA
        anular(sesion)
    assert isinstance(cruzar(cerrar, anunciar), SinHabilitacion)
    with transaccion() as sesion:
        assert [e.estado for e in sesion.exec(select(Envio))] == ["anulado"]


def test_el_cierre_del_remitente_que_empezo_antes_gana_al_envio(
    reparto: Reparto,
    reguladora: Actor,
    como: Any,  # noqa: F811
) -> None:
    respuestas: list[Any] = []

    def anunciar() -> None:
        respuestas.append(como(reparto.vendedora, "POST", "/api/v1/envios", cuerpo_de_envio(reparto)))

    hilo = threading.Thread(target=anunciar)
    with transaccion() as sesion:
        inscripcion.cancelar(sesion, reguladora, reparto.tienda_id, "Se disuelve")
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert (respuestas[0].status_code, respuestas[0].json()["habilitacion"]) == (409, "VENDEDOR")
    with transaccion() as sesion:
        assert sesion.exec(select(Envio)).all() == []
