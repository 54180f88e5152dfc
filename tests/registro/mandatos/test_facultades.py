"""Faculties open only what they name; what holds when, in SQL and in code; the rule for what existed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from ciudadania import contar_sin_leer
from empresa_digital.registro import (
    Facultad,
    exigir_facultad,
    facultades_de,
    notificar_unidad,
    tiene_facultad,
    unidades_de,
    unidades_representadas,
    verificar_registro,
)
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.mandatos.apartado import _aplicar
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO
from empresa_digital.registro.mandatos.facultades import vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import alcanzadas
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import atender

Crear = Callable[..., Any]
Pedir = Callable[..., Any]


@pytest.fixture
def oficina(crear_persona: Crear, crear_unidad: Crear) -> dict[str, Any]:
    """A client that lets an office prepare procedures; the office has an employee who dispatches."""
    duenia, contadora, empleado = (
        crear_persona("Duenia"),
        crear_persona("Contadora"),
        crear_persona("Empleado"),
    )
    cliente = crear_unidad("El cliente", representante=duenia, facultades=["ADMINISTRAR"])
    estudio = crear_unidad(
        "El estudio",
        tipo="EMPRESA",
        representante=contadora,
        facultades=["ADMINISTRAR"],
        mandatos=[(empleado, ["DESPACHAR"])],
    )
    dado = apoderar(cliente, ["TRAMITAR", "CONSULTAR"], unidad_id=estudio.id)
    with transaccion() as sesion:
        for persona in (contadora, empleado):
            atender(sesion, dado, persona)
    return {
        "duenia": duenia,
        "contadora": contadora,
        "empleado": empleado,
        "cliente": cliente,
        "estudio": estudio,
        "mandato": dado,
    }


def test_sin_facultad_en_comun_el_cliente_no_se_abre(
    sesion: Session, oficina: dict[str, Any], token_de: Crear, cliente: Any, actor_de: Crear
) -> None:
    """The client gave the office TRAMITAR, the office gave its employee DESPACHAR: nothing in common."""
    de_la_oficina, estudio, empleado = oficina["cliente"], oficina["estudio"], oficina["empleado"]
    with transaccion() as propia:
        aviso = notificar_unidad(propia, de_la_oficina.id, "Resolución", clase=AVISO_MANDATO)
        suyo = notificar_unidad(propia, estudio.id, "Del estudio", clase=AVISO_MANDATO)
    de = {"Authorization": f"Bearer {token_de(empleado)}"}
    for numero in (de_la_oficina.numero, estudio.numero):  # nor of the office for which they dispatch
        for parte in ("mandatos", "asientos"):
            respuesta = cliente.get(f"/api/v1/unidades-economicas/{numero}/{parte}", headers=de)
            assert (respuesta.status_code, respuesta.json()["codigo"]) == (403, "sin_facultad")
    for cual in (aviso, suyo):
        assert cliente.post(f"/api/v1/notificaciones/{cual}/lectura", headers=de).status_code == 404
    propias = cliente.get("/api/v1/notificaciones", headers=de).json()["datos"]
    assert [n["asunto"] for n in propias] == ["Tiene un mandato de El estudio"]
    actor = actor_de(empleado)
    assert facultades_de(sesion, actor) == {estudio.id: {Facultad.DESPACHAR}}
    assert [u.id for u in unidades_representadas(sesion, actor)] == [estudio.id]
    assert sesion.execute(text("SELECT count(*) FROM ciudadania_lectura")).scalar_one() == 0


def test_por_la_oficina_se_llega_con_lo_comun_y_con_su_cadena(
    sesion: Session, oficina: dict[str, Any], actor_de: Crear
) -> None:
    actor, cliente = actor_de(oficina["contadora"]), oficina["cliente"]
    assert facultades_de(sesion, actor)[cliente.id] == {Facultad.TRAMITAR, Facultad.CONSULTAR}
    (propio,) = sesion.exec(
        select(Mandato.id).where(col(Mandato.apoderado_persona_id) == oficina["contadora"].id)
    )
    autorizacion = exigir_facultad(sesion, actor, cliente.id, Facultad.TRAMITAR)
    assert autorizacion.cadena == (oficina["mandato"], propio)
    assert autorizacion.mandato_id == oficina["mandato"]
    directa = exigir_facultad(sesion, actor, oficina["estudio"].id, Facultad.BUZON)
    assert directa.cadena == (propio,)
    for facultad in (Facultad.BUZON, Facultad.PRESENTAR, Facultad.ADMINISTRAR):
        assert not tiene_facultad(sesion, actor, cliente.id, facultad)
        assert [u.id for u in unidades_de(sesion, actor, facultad)] == [oficina["estudio"].id]


@pytest.mark.parametrize("facultad", [f for f in Facultad if f not in (Facultad.ADMINISTRAR, Facultad.BUZON)])
def test_el_buzon_lo_abre_solo_su_facultad(
    facultad: Facultad, sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear
) -> None:
    luis, eva = crear_persona("Luis"), crear_persona("Eva")
    unidad = crear_unidad(mandatos=[(luis, [facultad]), (eva, ["BUZON"])])
    antes = [contar_sin_leer(sesion, actor_de(p)) for p in (luis, eva)]
    notificar_unidad(sesion, unidad.id, "Resolución", clase=AVISO_MANDATO)
    assert [contar_sin_leer(sesion, actor_de(p)) for p in (luis, eva)] == [antes[0], antes[1] + 1]


def test_administrar_alcanza_a_todas_menos_regular() -> None:
    assert alcanzadas(["ADMINISTRAR"]) == set(Facultad) - {Facultad.REGULAR}
    assert alcanzadas(["REGULAR"]) == {Facultad.REGULAR}
    assert alcanzadas(["TRAMITAR"]) == {Facultad.TRAMITAR}


def test_paginas_de_quien_actua_sin_consultar(
    crear_persona: Crear, crear_unidad: Crear, sesion_web: Crear
) -> None:
    luis = crear_persona("Luis")
    unidad = crear_unidad(
        "Tejidos Wara", representante=crear_persona("Ana"), mandatos=[(luis, ["DESPACHAR"])]
    )
    navegador = sesion_web(luis)
    lista = navegador.get("/mis-unidades").text
    assert "Tejidos Wara" in lista
    assert "Usted puede: despachar." in lista
    pagina = navegador.get(f"/mis-unidades/{unidad.numero}")
    assert pagina.status_code == 200
    assert "Usted puede: despachar." in pagina.text
    assert "Frente a la plaza" not in pagina.text
    for parte in ("mandatos", "historia", "habilitaciones", "paso/revisar", "paso/lugar", "cancelar"):
        assert navegador.get(f"/mis-unidades/{unidad.numero}/{parte}").status_code == 403


# --- What holds, and when --------------------------------------------------------------------------------

AHORA = datetime(2026, 6, 1, 12, tzinfo=UTC)
UN_SEGUNDO = timedelta(seconds=1)
ANTES, LUEGO = AHORA - UN_SEGUNDO, AHORA + UN_SEGUNDO
CASOS = list(
    product(
        (None, ANTES, AHORA, LUEGO),  # accepted
        (ANTES, AHORA, LUEGO),  # from
        (None, AHORA, LUEGO),  # until
        (None, ANTES, AHORA, LUEGO),  # revoked
        (1, 2),  # signatures: asked apart
    )
)


def _vale(aceptado: Any, desde: Any, hasta: Any, revocado: Any) -> bool:
    return (
        aceptado is not None
        and aceptado <= AHORA
        and desde <= AHORA
        and (hasta is None or hasta > AHORA)
        and (revocado is None or revocado > AHORA)
    )


def test_vigente_es_lo_mismo_en_sql_y_en_codigo(
    duenio: Engine, crear_persona: Crear, crear_unidad: Crear
) -> None:
    luis, unidad = crear_persona("Luis"), crear_unidad()
    casos = [c for c in CASOS if c[2] is None or c[2] > c[1]]
    assert len(casos) > 150
    with Session(duenio) as sesion:
        sesion.execute(text("ALTER TABLE registro_mandato DISABLE TRIGGER otorgar"))  # of its own instant
        esperadas = {}
        for aceptado, desde, hasta, revocado, firmas in casos:
            mandato = Mandato(
                id=nuevo_id(),
                unidad_id=unidad.id,
                apoderado_persona_id=luis.id,
                facultades=["VENDER"],
                valido_desde=desde,
                valido_hasta=hasta,
                aceptado_en=aceptado,
                ofrecido_hasta=LUEGO + UN_SEGUNDO,
                revocado_en=revocado,
                revocado_motivo=None if revocado is None else "Prueba",
                firmas_requeridas=firmas,
                grupo_firma=nuevo_id() if firmas > 1 else None,
                creado_en=ANTES,
            )
            sesion.add(mandato)
            esperadas[mandato.id] = _vale(aceptado, desde, hasta, revocado)
        sesion.flush()
        en_codigo = set(sesion.exec(select(Mandato.id).where(vigente(Mandato, AHORA))))
        en_sql = sesion.execute(
            text("SELECT m.id, registro_mandato_vigente(m, :ahora) FROM registro_mandato m"), {"ahora": AHORA}
        )
        assert dict(list(map(tuple, en_sql))) == esperadas
        assert en_codigo == {i for i, vale in esperadas.items() if vale}
        sesion.rollback()


# --- What existed ----------------------------------------------------------------------------------------

REGLA = [
    (["ADMINISTRAR"], ["ADMINISTRAR"]),
    (["ADMINISTRAR", "VENDER"], ["ADMINISTRAR", "VENDER"]),
    (["DESPACHAR"], ["DESPACHAR"]),
    (["VENDER", "DESPACHAR"], ["VENDER", "DESPACHAR", "CONSULTAR", "BUZON"]),
    (["TRAMITAR"], ["TRAMITAR", "CONSULTAR", "BUZON"]),
    (["PAGAR"], ["PAGAR", "CONSULTAR", "BUZON"]),
    (["REGULAR"], ["REGULAR", "CONSULTAR", "BUZON"]),
]


@pytest.mark.parametrize(("antes", "ahora"), REGLA)
def test_un_asiento_de_antes_se_lee_con_la_regla_escrita(antes: list[str], ahora: list[str]) -> None:
    from empresa_digital.registro.asientos import Operacion

    ficha: dict[str, Any] = {}
    datos = {"mandato": "m", "facultades": antes}
    _aplicar(ficha, Operacion.OTORGAR_MANDATO, datos, "2026-01-02T00:00:00+00:00")
    assert ficha["m"]["facultades"] == ahora
    assert ficha["m"]["aceptado_en"] == "2026-01-02T00:00:00+00:00"


def test_otorgar_dice_en_el_asiento_cuando_se_acepto(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear
) -> None:
    unidad = crear_unidad(mandatos=[(crear_persona("Luis"), ["TRAMITAR"])])
    asientos = sesion.exec(select(Asiento).where(col(Asiento.unidad_id) == unidad.id)).all()
    (otorgado,) = (a for a in asientos if a.operacion == "otorgar_mandato")
    assert otorgado.datos["facultades"] == ["TRAMITAR"]
    assert otorgado.datos["aceptado_en"] == otorgado.datos["valido_desde"]
    assert verificar_registro(sesion) == []
