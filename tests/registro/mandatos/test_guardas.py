"""What the application's own role may not write of mandates, and what outlives nothing: assignments, uses."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from empresa_digital.registro import Facultad, NuevoMandato, mandatos, tiene_facultad
from empresa_digital.registro.mandatos.asignar import asignados
from empresa_digital.registro.mandatos.clientes import clientes_atendidos
from empresa_digital.registro.mandatos.consultas import mandatos_de
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.ayudas.personas import nuevo_actor

Crear = Callable[..., Any]
METER = (
    "INSERT INTO registro_mandato (id, unidad_id, apoderado_persona_id, facultades, valido_desde, creado_en,"
    " aceptado_en, ofrecido_hasta, firmas_requeridas, subdelegable, otorgado_por) VALUES (gen_random_uuid(),"
    " :unidad, :quien, '{ADMINISTRAR}', nucleo_ahora(), nucleo_ahora(), %(aceptado)s, %(ofrecido)s, 1, false,"
    " %(por)s)"
)

DEJAR = text("INSERT INTO nucleo_reloj VALUES (true) ON CONFLICT DO NOTHING")


@pytest.fixture
def vuelve_el_reloj(duenio: Engine) -> Iterator[None]:
    yield
    with duenio.begin() as conexion:
        conexion.execute(DEJAR)


@pytest.mark.parametrize(
    ("forma", "dice"),
    [
        ({"aceptado": "nucleo_ahora()", "ofrecido": "NULL", "por": "'{}'"}, "con qué mandato se otorga"),
        ({"aceptado": "NULL", "ofrecido": "now() + interval '9 days'", "por": "'{}'"}, "con qué mandato se"),
        ({"aceptado": "nucleo_ahora()", "ofrecido": "NULL", "por": ":de"}, "se ofrece y se acepta"),
    ],
)
def test_un_mandato_no_sale_de_la_nada(
    forma: dict[str, str], dice: str, crear_persona: Crear, crear_unidad: Crear, bd: Engine, duenio: Engine,
    reloj: Any, vuelve_el_reloj: None,
) -> None:  # fmt: skip
    reloj.adelantar(-timedelta(days=365))
    ana, eva = crear_persona("Ana"), crear_persona("Eva")
    unidad = crear_unidad("Telar", representante=ana, facultades=["ADMINISTRAR"])
    with transaccion() as sesion:
        (fundador,) = mandatos_de(sesion, unidad.id)
    reloj.adelantar(timedelta(days=365))
    with duenio.begin() as conexion:  # the clock does not move: what the owner lets tests do, nobody may
        conexion.execute(text("DELETE FROM nucleo_reloj"))
    datos = {"unidad": unidad.id, "quien": eva.id, "de": [fundador.id]}
    with pytest.raises(IntegrityError, match=dice), bd.begin() as conexion:
        conexion.execute(text(METER % forma), datos)
    with duenio.begin() as conexion:
        conexion.execute(DEJAR)
    with transaccion() as sesion:
        assert len(mandatos_de(sesion, unidad.id)) == 1


def test_acepta_quien_tiene_esa_cedula(crear_persona: Crear, crear_unidad: Crear, bd: Engine) -> None:
    ana, eva = crear_persona("Ana", ci="4100001"), crear_persona("Eva", ci="4100002", complemento="1A")
    unidad = crear_unidad("Telar", representante=ana, facultades=["ADMINISTRAR"])
    with transaccion() as sesion:
        nuevo = NuevoMandato((Facultad.VENDER,), cedula="4100002-1A")
        ofrecido = mandatos.otorgar_mandato(sesion, nuevo_actor(ana), unidad.id, nuevo)
    aceptar = text(
        "UPDATE registro_mandato SET aceptado_en = nucleo_ahora(), apoderado_persona_id = :quien "
        "WHERE id = :id"
    )
    with pytest.raises(IntegrityError, match="con esa cédula"), bd.begin() as conexion:
        conexion.execute(aceptar, {"quien": ana.id, "id": ofrecido.id})
    with bd.begin() as conexion:
        conexion.execute(aceptar, {"quien": eva.id, "id": ofrecido.id})


@pytest.fixture
def oficina(crear_persona: Crear, crear_unidad: Crear, reloj: Any) -> dict[str, Any]:
    """Luis serves a client of Paula's office by a mandate of ten days."""
    paula, luis, ana = crear_persona("Paula"), crear_persona("Luis"), crear_persona("Ana")
    oficina = crear_unidad("Oficina", representante=paula, facultades=["ADMINISTRAR"])
    cliente = crear_unidad("Cliente", representante=ana, facultades=["ADMINISTRAR"])
    with transaccion() as sesion:
        dado = mandatos.otorgar_mandato(
            sesion, nuevo_actor(ana), cliente.id, NuevoMandato((Facultad.CONSULTAR,), unidad_id=oficina.id)
        )
        mandatos.aceptar_mandato(sesion, nuevo_actor(paula), dado.id)
    caso = {
        "paula": paula,
        "luis": luis,
        "ana": ana,
        "oficina": oficina,
        "cliente": cliente,
        "mandato": dado.id,
    }
    _contratar(caso, reloj.ahora() + timedelta(days=10))
    with transaccion() as sesion:
        mandatos.asignar_cliente(sesion, nuevo_actor(paula), dado.id, [paula.id, luis.id])
    assert _atiende(caso)
    return caso


def _contratar(caso: dict[str, Any], hasta: Any = None, desde: Any = None) -> None:
    with transaccion() as sesion:
        nuevo = NuevoMandato((Facultad.CONSULTAR,), persona_id=caso["luis"].id, hasta=hasta, desde=desde)
        dado = mandatos.otorgar_mandato(sesion, nuevo_actor(caso["paula"]), caso["oficina"].id, nuevo)
        mandatos.aceptar_mandato(sesion, nuevo_actor(caso["luis"]), dado.id)


def _atiende(caso: dict[str, Any]) -> bool:
    """Asked in each way that there is: the door, the list of clients, the list of who serves."""
    luis = nuevo_actor(caso["luis"])
    with transaccion() as sesion:
        puede = tiene_facultad(sesion, luis, caso["cliente"].id, Facultad.CONSULTAR)
        assert puede == bool(clientes_atendidos(sesion, luis))
        assert puede == (caso["luis"].id in asignados(sesion, [caso["mandato"]])[caso["mandato"]])
    return puede


def test_con_un_mandato_nuevo_no_vuelven_los_clientes(oficina: dict[str, Any], reloj: Any) -> None:
    reloj.adelantar(timedelta(days=11))
    assert [u for u in _de_luis(oficina) if u] == []
    _contratar(oficina)
    assert not _atiende(oficina)
    with transaccion() as sesion:  # told again, he does
        quienes = [oficina["paula"].id, oficina["luis"].id]
        mandatos.asignar_cliente(sesion, nuevo_actor(oficina["paula"]), oficina["mandato"], quienes)
    assert _atiende(oficina)


def _de_luis(caso: dict[str, Any]) -> list[Any]:
    with transaccion() as sesion:
        return list(clientes_atendidos(sesion, nuevo_actor(caso["luis"])))


def test_quien_renueva_a_tiempo_sigue(oficina: dict[str, Any], reloj: Any) -> None:
    reloj.adelantar(timedelta(days=5))
    _contratar(oficina)
    reloj.adelantar(timedelta(days=20))
    assert _atiende(oficina)


def test_renovar_con_un_hueco_no_es_seguir(oficina: dict[str, Any], reloj: Any) -> None:
    _contratar(oficina, desde=reloj.ahora() + timedelta(days=12))
    reloj.adelantar(timedelta(days=13))
    assert not _atiende(oficina)


def test_lo_devuelto_no_se_usa_de_nuevo_sin_contarse(
    crear_persona: Crear, crear_unidad: Crear, otorgar: Crear, bd: Engine
) -> None:
    ana, eva = crear_persona("Ana"), crear_persona("Eva")
    unidad = crear_unidad("Entidad", representante=ana, facultades=["ADMINISTRAR"])
    with transaccion() as sesion:
        nuevo = NuevoMandato((Facultad.COMPRAR,), persona_id=eva.id, limite_dia=bs(10))
        dado = mandatos.otorgar_mandato(sesion, nuevo_actor(ana), unidad.id, nuevo)
        mandatos.aceptar_mandato(sesion, nuevo_actor(eva), dado.id)
    acto = nuevo_id()
    with transaccion() as sesion:
        autorizacion = mandatos.exigir_facultad(sesion, nuevo_actor(eva), unidad.id, Facultad.COMPRAR)
        for _vez in range(2):  # the same is once
            mandatos.usar_mandato(sesion, autorizacion, mandatos.Compromiso.ORDEN_DE_COMPRA, acto, bs(10))
        mandatos.devolver_compromiso(sesion, acto)
    with pytest.raises(DBAPIError, match="ya se devolvió"), transaccion() as sesion:
        mandatos.usar_mandato(sesion, autorizacion, mandatos.Compromiso.ORDEN_DE_COMPRA, acto, bs(10))
    with transaccion() as sesion:
        mandatos.usar_mandato(sesion, autorizacion, mandatos.Compromiso.ORDEN_DE_COMPRA, nuevo_id(), bs(10))
