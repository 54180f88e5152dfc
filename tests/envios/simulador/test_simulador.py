"""The simulator tells stories with the same rules as everybody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from envios.eventos.consultas import eventos_de, incidencias_por_envio
from envios.eventos.verificar import items
from envios.items.consultas import envio_por_id
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.simulador import HISTORIAS, avanzar_demo, duracion_h
from nucleo.bd import transaccion
from nucleo.configuracion import Ajustes, ajustes
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.reloj import ahora
from plataforma.cli import comandos
from plataforma.servidores import ErrorDeArranque
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
        ("perdida", EstadoEnvio.RETENIDO),
        ("danio", EstadoEnvio.DEVUELTO),
        ("sin_red", EstadoEnvio.ENTREGADO),
        ("desordenada", EstadoEnvio.ENTREGADO),
        ("corregida", EstadoEnvio.EN_REPARTO),
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
    assert [e.codigo for e in eventos] == [p.codigo for p in HISTORIAS[historia].pasos]
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


# --- Two operators, program and command ---------------------------------------------------------------------


@pytest.fixture
def rapidos(reparto: Reparto, crear_unidad: Any) -> Any:
    return crear_unidad(
        "Rápidos de prueba",
        tipo="OPERADOR_POSTAL",
        representante=reparto.ajeno,
        habilitaciones=["OPERADOR_POSTAL"],
    )


def test_un_traspaso_lo_cuentan_los_dos(sesion: Session, reparto: Reparto, rapidos: Any) -> None:
    envio = reparto.enviar()
    for mal in (None, reparto.correos_id):
        with pytest.raises(DatosInvalidos):
            avanzar(envio, "fin", historia="traspaso", otro_operador_id=mal)
    with pytest.raises(DatosInvalidos):
        avanzar(envio, "fin", historia="entrega", otro_operador_id=rapidos.id)
    assert eventos_de(sesion, envio.id) == []
    avanzar(envio, "fin", historia="traspaso", otro_operador_id=rapidos.id)
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.custodio_unidad_id) == (EstadoEnvio.ENTREGADO, rapidos.id)
    dicen = {e.operador_unidad_id for e in eventos_de(sesion, envio.id)}
    assert dicen == {reparto.correos_id, rapidos.id}
    assert incidencias_por_envio(sesion, [envio.id])[envio.id] == []


def test_lo_corregido_abre_su_incidencia_y_repetir_no_cambia(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    for _vez in range(2):
        avanzar(envio, "fin", historia="corregida")
        sesion.rollback()
        (incidencia,) = incidencias_por_envio(sesion, [envio.id])[envio.id]
        assert incidencia.clase == "entrega_corregida"
        assert envio_por_id(sesion, envio.id).correcciones == 1
        sesion.rollback()
    assert items(sesion) == []


def test_por_programa(reparto: Reparto, rapidos: Any, nuevo_cliente: Any, token_de_cliente: Any) -> None:
    """The shop that sends and the operator that carries; for anybody else the item does not exist."""
    envio = reparto.enviar()
    ruta = f"/api/v1/simulador-de-envios/{envio.id}"

    def pedir(unidad_id: UUID, cuerpo: dict[str, Any]) -> Any:
        token = token_de_cliente(unidad_id, "envios")
        return nuevo_cliente().post(ruta, json=cuerpo, headers={"Authorization": f"Bearer {token}"})

    assert pedir(rapidos.id, {"historia": "entrega"}).status_code == 404
    admitido = pedir(reparto.tienda_id, {"historia": "entrega", "hasta": "EMA"})
    assert admitido.json().get("estado") == "admitido", admitido.text
    hecho = pedir(reparto.correos_id, {"historia": "sin_red"})
    assert (hecho.status_code, hecho.json()["estado"]) == (200, "entregado")
    mal = pedir(reparto.correos_id, {"historia": "agencia", "hasta": "EMI"})
    assert (mal.status_code, mal.json()["detail"]) == (422, "Esa historia no pasa por EMI.")
    assert pedir(reparto.correos_id, {"historia": "otra"}).status_code == 422


def test_en_produccion_no_existe(
    sesion: Session,
    reparto: Reparto,
    nuevo_cliente: Any,
    token_de_cliente: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    envio = reparto.enviar()
    de_veras: Ajustes = ajustes().model_copy(update={"modo": "produccion"})
    monkeypatch.setattr("envios.simulador.api.ajustes", lambda: de_veras)
    monkeypatch.setattr("plataforma.cli_envios.conectar", lambda _datos: de_veras)
    respuesta = nuevo_cliente().post(
        f"/api/v1/simulador-de-envios/{envio.id}",
        json={"historia": "entrega"},
        headers={"Authorization": f"Bearer {token_de_cliente(reparto.correos_id, 'envios')}"},
    )
    assert respuesta.status_code == 404
    negado = CliRunner().invoke(comandos, ["simular-envio", envio.numero])
    assert isinstance(negado.exception, ErrorDeArranque)
    assert "modo demostracion" in str(negado.exception)
    assert eventos_de(sesion, envio.id) == []


def test_por_comando(
    sesion: Session, reparto: Reparto, rapidos: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    envio = reparto.enviar()
    monkeypatch.setattr("plataforma.cli_envios.conectar", lambda _datos: ajustes())

    def correr(*argumentos: str) -> Any:
        return CliRunner().invoke(comandos, ["simular-envio", envio.numero, *argumentos])

    assert "No hay una historia «otra»" in str(correr("--historia", "otra").exception)
    assert "no pasa por EDH" in str(correr("--hasta", "EDH").exception)
    assert eventos_de(sesion, envio.id) == []
    hecho = correr("--historia", "traspaso", "--otro-operador", rapidos.numero)
    assert (hecho.exit_code, hecho.stdout) == (0, f"{envio.numero}: Entregado\n"), hecho.output
