"""Questions before buying: answered once for everybody, closed by time, without contact data."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from comercio.mensajes import manejadores, preguntas
from comercio.mensajes.consultas import preguntas_de
from comercio.mensajes.errores import ConContacto, PreguntaPropia, PreguntaTerminada
from comercio.mensajes.tareas import cerrar_preguntas
from comercio.mensajes.verificar import verificar_preguntas
from nucleo.bd import transaccion
from nucleo.errores import LimiteExcedido
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]
QUE_HAY = "SELECT estado FROM comercio_pregunta ORDER BY id"


def _preguntar(mercado: Mercado, producto_id: Any, dice: str = "¿Hay en talla M?") -> Any:
    with transaccion() as sesion:
        return preguntas.preguntar(sesion, mercado.actor, producto_id, dice)


def test_se_publica_con_su_respuesta_y_se_avisa(
    mercado: Mercado, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    producto = mercado.publicar()
    pagina = f"/productos/{producto.id}"
    pregunta, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    con_telefono = pregunta.post(f"{pagina}/preguntas", data={"texto": "Al siete uno dos tres 4567 ¿hay M?"})
    assert con_telefono.status_code == 422
    assert "que parece un teléfono" in con_telefono.text
    assert "¿hay M?" in con_telefono.text
    assert leer(QUE_HAY) == []
    pregunta.post(f"{pagina}/preguntas", data={"texto": "¿Hay en talla M?"})
    suya_en_la_ficha = pregunta.get(pagina).text
    assert "Su pregunta espera respuesta hasta el" in suya_en_la_ficha
    assert "Nadie preguntó todavía" not in suya_en_la_ficha
    assert "¿Hay en talla M?" not in vende.get(pagina).text
    assert "Responder preguntas" in vende.get("/panel").text
    por_responder = vende.get("/vender/preguntas").text
    assert "¿Hay en talla M?" in por_responder
    (suya,) = leer("SELECT id FROM comercio_pregunta")
    vende.post(f"/vender/preguntas/{suya[0]}/respuesta", data={"texto": "Sí, y en L"})
    for quien in (pregunta, vende):
        assert "Sí, y en L" in quien.get(pagina).text
    assert "Sí, y en L" in vende.get(f"/preguntas/{producto.id}").text
    api = vende.get(f"/api/v1{pagina}/preguntas").json()["datos"]
    assert [(p["texto"], p["respuesta"], p["estado"]) for p in api] == [
        ("¿Hay en talla M?", "Sí, y en L", "respondida")
    ]
    entregar_pendientes()
    avisos = {a for (a,) in leer("SELECT asunto FROM ciudadania_notificacion")}
    assert {
        "Preguntan por «Chompa de alpaca»",
        "Respondieron su pregunta por «Chompa de alpaca»",
    } <= avisos


def test_sin_respuesta_se_cierra_y_no_se_publica(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar()
    pregunta = _preguntar(mercado, producto.id)
    mercado.reloj.adelantar(timedelta(days=6))
    assert cerrar_preguntas() == 0
    mercado.reloj.adelantar(timedelta(days=2))
    assert (cerrar_preguntas(), cerrar_preguntas()) == (1, 0)
    assert leer(QUE_HAY) == [("cerrada",)]
    with pytest.raises(PreguntaTerminada), transaccion() as sesion:
        preguntas.responder(sesion, mercado.actor_vendedor, pregunta.id, "Sí hay")
    assert leer("SELECT count(*) FROM comercio_pregunta_respuesta") == [(0,)]
    with transaccion() as sesion:
        assert preguntas_de(sesion, producto.id) == ([], None)
        assert verificar_preguntas(sesion) == []
    entregar_pendientes()
    asuntos = {a for (a,) in leer("SELECT asunto FROM ciudadania_notificacion")}
    assert "Nadie respondió por «Chompa de alpaca»" in asuntos


def test_no_pregunta_quien_vende_ni_sin_limite_ni_con_contactos(
    mercado: Mercado, bd: Engine, leer: Leer
) -> None:
    mercado.reloj.situar((mercado.reloj.ahora() + timedelta(days=1)).replace(hour=16, minute=0))
    producto = mercado.publicar()
    with pytest.raises(PreguntaPropia), transaccion() as sesion:
        preguntas.preguntar(sesion, mercado.actor_vendedor, producto.id, "¿Hay en talla M?")
    for dice in ("Mi correo es ana arroba gmail punto com", "vea tejidos.com/ofertas", "7 1 2 3 4 5 6 7"):
        with pytest.raises(ConContacto):
            _preguntar(mercado, producto.id, dice)
    assert leer(QUE_HAY) == []
    pregunta = _preguntar(mercado, producto.id)
    with pytest.raises(ConContacto), transaccion() as sesion:
        preguntas.responder(sesion, mercado.actor_vendedor, pregunta.id, "Escríbame al 71234567")
    for _n in range(preguntas.POR_DIA - 1):
        _preguntar(mercado, producto.id)
    with pytest.raises(LimiteExcedido):
        _preguntar(mercado, producto.id)
    assert leer("SELECT count(*) FROM comercio_pregunta WHERE estado = 'abierta'") == [(preguntas.POR_DIA,)]

    de_quien_vende = text(
        "INSERT INTO comercio_pregunta SELECT gen_random_uuid(), producto_id, vendedor_id, :vende, texto,"
        " estado, hecha_en, vence_en, NULL FROM comercio_pregunta LIMIT 1"
    )
    with pytest.raises(IntegrityError, match="no puede vender"), bd.begin() as conexion:
        conexion.execute(de_quien_vende, {"vende": mercado.vendedor.id})
    sin_respuesta = "UPDATE comercio_pregunta SET estado = 'respondida', terminada_en = now()"
    with pytest.raises(IntegrityError, match="tiene su respuesta"), bd.begin() as conexion:
        conexion.execute(text(sin_respuesta))
    with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_pregunta SET texto = 'otra'"))
