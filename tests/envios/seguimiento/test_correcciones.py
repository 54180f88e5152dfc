"""An event noted wrong, and what did not fit: told and ended by page and by program."""

from typing import Any

import pytest
from sqlmodel import Session, select

from envios.eventos.modelos import CorreccionDeEvento, EventoEnvio, IncidenciaDeEnvio
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from nucleo.auditoria import Auditoria
from nucleo.ids import nuevo_id
from tests.envios.conftest import Reparto


@pytest.fixture
def como(cliente: Any, token_de: Any) -> Any:
    def pedir(persona: Any, metodo: str, ruta: str, cuerpo: Any = None) -> Any:
        quien = {"Authorization": f"Bearer {token_de(persona)}"}
        return cliente.request(metodo, f"/api/v1{ruta}", json=cuerpo, headers=quien)

    return pedir


@pytest.fixture
def entregado(reparto: Reparto, sesion_web: Any) -> Envio:
    """Delivered at the door, as the page notes it."""
    envio = reparto.enviar()
    cartero = sesion_web(reparto.cartero)
    cartero.post(f"/envios/operador/{envio.id}/evento", data={"codigo": "EMA", "_id": str(nuevo_id())})
    cartero.post(f"/envios/operador/{envio.id}/entregar", data={"codigo_entrega": envio.codigo_entrega})
    return envio


def _estado(sesion: Session, envio: Envio) -> tuple[str, int]:
    sesion.rollback()  # read anew
    fila = envio_por_id(sesion, envio.id)
    return fila.estado.value, fila.correcciones


def _uno(sesion: Session, envio: Envio, codigo: str) -> EventoEnvio:
    return sesion.exec(
        select(EventoEnvio).where(EventoEnvio.envio_id == envio.id, EventoEnvio.codigo == codigo)
    ).one()


def test_una_entrega_que_no_ocurrio_se_corrige_y_su_incidencia_se_resuelve(
    reparto: Reparto, entregado: Envio, sesion_web: Any, sesion: Session
) -> None:
    cartero, ruta = sesion_web(reparto.cartero), f"/envios/operador/{entregado.id}"
    assert _estado(sesion, entregado) == ("entregado", 0)
    entrega = _uno(sesion, entregado, "EMI")
    sin_motivo = cartero.post(f"{ruta}/correccion", data={"evento": str(entrega.id), "_id": str(nuevo_id())})
    assert (sin_motivo.status_code, "Indique qué tiene de malo" in sin_motivo.text) == (422, True)
    assert _estado(sesion, entregado) == ("entregado", 0)

    datos = {"evento": str(entrega.id), "motivo": "no_ocurrio", "detalle": "Puerta equivocada"}
    for _vez in range(2):  # the second press says the same
        hecha = cartero.post(f"{ruta}/correccion", data=datos | {"_id": str(nuevo_id())})
        assert (hecha.status_code, hecha.headers["location"]) == (303, ruta)
    assert _estado(sesion, entregado) == ("admitido", 1)
    (correccion,) = sesion.exec(select(CorreccionDeEvento)).all()
    assert (correccion.motivo, correccion.detalle) == ("no_ocurrio", "Puerta equivocada")

    pagina = cartero.get(ruta).text
    assert "Corregido" in pagina
    assert "Se corrigió una entrega" in pagina
    (incidencia,) = sesion.exec(select(IncidenciaDeEnvio)).all()
    datos = {"incidencia": str(incidencia.id), "como": "aclarada", "nota": "Se entregará mañana"}
    sin_nota = cartero.post(f"{ruta}/incidencia", data=datos | {"nota": "", "_id": str(nuevo_id())})
    assert (sin_nota.status_code, "Escriba qué se hizo" in sin_nota.text) == (422, True)
    assert cartero.post(f"{ruta}/incidencia", data=datos | {"_id": str(nuevo_id())}).status_code == 303
    otra_vez = cartero.post(f"{ruta}/incidencia", data=datos | {"_id": str(nuevo_id())})
    assert otra_vez.status_code == 409
    sesion.rollback()
    sesion.refresh(incidencia)
    assert (incidencia.estado, incidencia.resolucion, incidencia.nota) == (
        "resuelta",
        "aclarada",
        "Se entregará mañana",
    )
    assert "Se corrigió una entrega" not in cartero.get(ruta).text
    acciones = [a.accion for a in sesion.exec(select(Auditoria).where(Auditoria.objeto_id == entregado.id))]
    assert (acciones.count("envio.corregir"), acciones.count("envio.resolver_incidencia")) == (1, 1)


def test_por_programa(reparto: Reparto, entregado: Envio, como: Any, sesion: Session) -> None:
    entrega = _uno(sesion, entregado, "EMI")
    cuerpo = {
        "operador_unidad_id": str(reparto.correos_id),
        "evento_id": str(entrega.id),
        "motivo": "otro_envio",
    }
    primera = como(reparto.cartero, "POST", "/correcciones-de-evento", cuerpo)
    assert (primera.status_code, primera.json()) == (
        201,
        {"resultado": "registrado", "numero": entregado.numero, "estado": "admitido"},
    )
    repetida = como(reparto.cartero, "POST", "/correcciones-de-evento", cuerpo)
    assert (repetida.status_code, repetida.json()["resultado"]) == (200, "repetido")
    historia = como(reparto.ana, "GET", f"/envios/{entregado.id}/eventos").json()["datos"]
    assert [(e["codigo"], e["cuenta"], e["corregido"]) for e in historia] == [
        ("EMA", True, None),
        ("EMI", False, "otro_envio"),
    ]
    (incidencia,) = como(reparto.cartero, "GET", f"/envios/{entregado.id}/incidencias").json()["datos"]
    assert (incidencia["clase"], incidencia["estado"]) == ("entrega_corregida", "abierta")
    ruta = f"/incidencias-de-envio/{incidencia['id']}/resolucion"
    assert como(reparto.cartero, "POST", ruta, {"como": "sin_causa", "nota": "x"}).status_code == 422
    resuelta = como(reparto.cartero, "POST", ruta, {"como": "compensada", "nota": "Se pagó a Ana"}).json()
    assert (resuelta["estado"], resuelta["resolucion"]) == ("resuelta", "compensada")


def test_una_que_se_adelanta_espera_a_su_evento(reparto: Reparto, como: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    cuerpo = {"operador_unidad_id": str(reparto.correos_id), "evento_cliente_id": "c-1", "motivo": "repetido"}
    antes = como(reparto.cartero, "POST", "/correcciones-de-evento", cuerpo)
    assert antes.json() == {"resultado": "registrado", "numero": None, "estado": None}
    evento = {"codigo": "EMA", "evento_cliente_id": "c-1"}
    assert como(reparto.cartero, "POST", f"/envios/{envio.id}/eventos", evento).status_code == 201
    assert _estado(sesion, envio) == ("anunciado", 1)


def test_lo_de_otros_no_existe(reparto: Reparto, entregado: Envio, como: Any, sesion: Session) -> None:
    entrega = _uno(sesion, entregado, "EMI")
    propia = {"operador_unidad_id": str(reparto.correos_id), "motivo": "no_ocurrio"}
    for quien, estado in ((reparto.ajeno, 404), (reparto.ana, 403)):
        assert como(quien, "GET", f"/envios/{entregado.id}/incidencias").status_code == estado
    for cuerpo, estado in (
        (propia | {"evento_id": str(nuevo_id())}, 404),
        (propia, 422),
        (propia | {"evento_id": str(entrega.id), "evento_cliente_id": "c-1"}, 422),
        (propia | {"evento_id": str(entrega.id), "motivo": "porque_si"}, 422),
    ):
        assert como(reparto.cartero, "POST", "/correcciones-de-evento", cuerpo).status_code == estado, cuerpo
    ajena = como(reparto.ana, "POST", "/correcciones-de-evento", propia | {"evento_id": str(entrega.id)})
    assert ajena.status_code in (403, 404)
    assert _estado(sesion, entregado) == ("entregado", 0)
    assert sesion.exec(select(CorreccionDeEvento)).all() == []
    cuerpo = {"como": "aclarada", "nota": "x"}
    ruta = f"/incidencias-de-envio/{nuevo_id()}/resolucion"
    assert como(reparto.cartero, "POST", ruta, cuerpo).status_code == 404
