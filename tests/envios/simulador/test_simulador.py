"""The simulator tells stories with the same rules as everybody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from envios.eventos.consultas import eventos_de
from envios.items.consultas import envio_por_id
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.simulador.simulador import HISTORIAS, avanzar_demo, duracion_h
from nucleo.bd import transaccion
from nucleo.configuracion import Ajustes, ajustes
from nucleo.errores import Prohibido
from nucleo.reloj import ahora
from tests.envios.conftest import Reparto


def avanzar(envio: Envio, *argumentos: Any, **opciones: Any) -> None:
    with transaccion() as sesion:
        avanzar_demo(sesion, envio.id, *argumentos, **opciones)


@pytest.mark.parametrize(
    ("historia", "estado"),
    [
        ("entrega", EstadoEnvio.ENTREGADO),
        ("intento_fallido", EstadoEnvio.INTENTO_FALLIDO),
        ("segundo_intento", EstadoEnvio.ENTREGADO),
        ("agencia", EstadoEnvio.LISTO_PARA_RETIRO),
        ("retenido", EstadoEnvio.RETENIDO),
        ("devolucion", EstadoEnvio.DEVUELTO),
    ],
)
def test_cada_historia_termina_donde_dice(
    sesion: Session, reparto: Reparto, historia: str, estado: EstadoEnvio
) -> None:
    envio = reparto.enviar()
    avanzar(envio, "fin", historia=historia)
    final = envio_por_id(sesion, envio.id)
    eventos = eventos_de(sesion, envio.id)
    assert final.estado is estado
    assert [e.codigo for e in eventos] == [p.codigo for p in HISTORIAS[historia]]
    assert final.creado_en < eventos[0].ocurrido_en
    assert eventos[-1].ocurrido_en < ahora()
    assert {e.fuente for e in eventos} == {"simulador"}


def test_sigue_donde_quedo_y_repetir_no_cambia_nada(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    inicio = datetime.now(UTC).replace(microsecond=0) - timedelta(days=4)
    avanzar(envio, "EMG", inicio=inicio)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA", "EMB", "EMC", "EMD", "EMG"]
    assert eventos_de(sesion, envio.id)[0].ocurrido_en == inicio
    sesion.rollback()
    avanzar(envio, "EDG")
    avanzar(envio, "EDG")
    assert [e.codigo for e in eventos_de(sesion, envio.id)][-2:] == ["EMG", "EDG"]
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.EN_REPARTO
    sesion.rollback()
    avanzar(envio, "fin", historia="segundo_intento")
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.intentos) == (EstadoEnvio.ENTREGADO, 1)


def test_una_historia_que_no_cabe_se_cuenta_mas_rapido(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    avanzar(envio, "fin", inicio=ahora() - timedelta(hours=3))
    final = envio_por_id(sesion, envio.id)
    assert final.estado is EstadoEnvio.ENTREGADO
    assert final.entregado_en is not None
    assert final.entregado_en <= ahora()


def test_solo_en_demostracion(sesion: Session, reparto: Reparto, monkeypatch: pytest.MonkeyPatch) -> None:
    envio = reparto.enviar()
    de_veras: Ajustes = ajustes().model_copy(update={"modo": "produccion"})
    monkeypatch.setattr("envios.simulador.simulador.ajustes", lambda: de_veras)
    with pytest.raises(Prohibido):
        avanzar_demo(sesion, envio.id)
    assert eventos_de(sesion, envio.id) == []
    monkeypatch.undo()
    with pytest.raises(ValueError, match="no pasa por"):
        avanzar_demo(sesion, envio.id, "EDH")


def test_cuanto_dura_cada_historia() -> None:
    assert duracion_h("entrega", "fin") == 47.5
    assert duracion_h("entrega", "EMD") == 26
    assert duracion_h("devolucion", "fin") == 120
