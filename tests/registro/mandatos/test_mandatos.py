"""Mandates: the matrix of who may do what, amounts, dates, units as grantees, granting and revoking."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from ciudadania import AVISO_GENERAL, Persona
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    MontoExcedido,
    NuevoMandato,
    SinFacultad,
    UnidadInactiva,
    exigir_facultad,
    inscripcion,
    mandatos,
    notificar_unidad,
    tiene_facultad,
    unidades_de,
    unidades_representadas,
    verificar_registro,
)
from empresa_digital.registro.mandatos import exigir_regulador
from empresa_digital.registro.mandatos.consultas import mandatos_de
from empresa_digital.registro.mandatos.errores import MandatoYaRevocado, UltimoAdministrador
from empresa_digital.registro.mandatos.modelos import Mandato
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import atender, nuevo_actor
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


def _otorgar(actor: Actor, unidad: Any, persona: Persona, *facultades: Facultad, **campos: Any) -> Mandato:
    """Granted and accepted."""
    with transaccion() as sesion:
        nuevo = NuevoMandato(facultades, persona_id=persona.id, **campos)
        otorgado = mandatos.otorgar_mandato(sesion, actor, unidad.id, nuevo)
        return mandatos.aceptar_mandato(sesion, nuevo_actor(persona), otorgado.id)


def test_matriz_de_una_venta(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    """Nobody, another owner or unit, wrong faculty, expired, revoked, over the amount: no. The right: yes."""
    duenia, nadie, otra_duenia, de_envios, vencido, revocado, limitada, vendedora, futura = (
        crear_persona(n)
        for n in [
            "Duenia",
            "Nadie",
            "Otra",
            "Envios",
            "Vencido",
            "Revocado",
            "Limitada",
            "Vendedora",
            "Futura",
        ]
    )
    unidad = crear_unidad("La unidad", representante=duenia, facultades=["ADMINISTRAR"])
    otra = crear_unidad("Otra unidad", representante=otra_duenia)
    ahora = reloj.ahora()
    administradora = actor_de(duenia)
    _otorgar(administradora, unidad, de_envios, Facultad.DESPACHAR)
    _otorgar(administradora, unidad, vencido, Facultad.VENDER, hasta=ahora + timedelta(days=1))
    _otorgar(administradora, unidad, limitada, Facultad.VENDER, monto_limite=bs("100.00"))
    _otorgar(administradora, unidad, futura, Facultad.VENDER, desde=ahora + timedelta(days=30))
    bueno = _otorgar(administradora, unidad, vendedora, Facultad.VENDER)
    malo = _otorgar(administradora, unidad, revocado, Facultad.VENDER)
    with transaccion() as propia:
        mandatos.revocar_mandato(propia, administradora, malo.id, "se fue")
    reloj.adelantar(timedelta(days=2))

    def puede(persona: Persona, monto: str | None = None, cual: Any = unidad) -> bool:
        importe = None if monto is None else bs(monto)
        return tiene_facultad(sesion, actor_de(persona), cual.id, Facultad.VENDER, importe)

    assert [puede(p) for p in (nadie, otra_duenia, de_envios, vencido, revocado, futura)] == [False] * 6
    assert puede(vendedora, cual=otra) is False
    assert puede(duenia, cual=otra) is False
    assert [puede(limitada, m) for m in (None, "99.99", "100.00", "100.01")] == [True, True, True, False]
    with pytest.raises(MontoExcedido):
        exigir_facultad(sesion, actor_de(limitada), unidad.id, Facultad.VENDER, bs("100.01"))
    assert puede(duenia, "999999.00") is True
    autorizacion = exigir_facultad(sesion, actor_de(vendedora), unidad.id, Facultad.VENDER)
    assert (autorizacion.unidad_id, autorizacion.mandato_id) == (unidad.id, bueno.id)
    assert autorizacion.actor.persona_id == vendedora.id
    assert tiene_facultad(sesion, actor_de(vendedora), nuevo_id(), Facultad.VENDER) is False
    reloj.adelantar(timedelta(days=30))
    sesion.rollback()
    assert puede(futura) is True


def test_administrar_implica_todo_menos_regular(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    tiene = {f for f in Facultad if tiene_facultad(sesion, actor_de(ana), unidad.id, f)}
    assert tiene == set(Facultad) - {Facultad.REGULAR}
    with pytest.raises(SinFacultad):
        exigir_regulador(sesion, actor_de(ana))


@pytest.mark.parametrize("facultad", [f for f in Facultad if f != Facultad.ADMINISTRAR])
def test_cada_facultad_da_solo_la_suya(
    facultad: Facultad, sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    luis = crear_persona("Luis")
    unidad = crear_unidad(representante=luis, facultades=[facultad])
    tiene = {f for f in Facultad if tiene_facultad(sesion, actor_de(luis), unidad.id, f)}
    assert tiene == {facultad}


def test_una_unidad_suspendida_no_actua(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, autoridad: Autoridad
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    inscripcion.suspender(sesion, autoridad.actor, unidad.id, "No responde")
    with pytest.raises(UnidadInactiva):
        exigir_facultad(sesion, actor_de(ana), unidad.id, Facultad.VENDER)
    assert unidades_representadas(sesion, actor_de(ana)) == []
    todas = unidades_representadas(sesion, actor_de(ana), estados=tuple(EstadoUnidad))
    assert [u.id for u in todas] == [unidad.id]


def test_unidades_de_filtra_por_facultad(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana = crear_persona("Ana")
    vende = crear_unidad("B vende", representante=ana, facultades=["VENDER"])
    administra = crear_unidad("A administra", representante=ana, facultades=["ADMINISTRAR"])
    crear_unidad("Ajena", representante=crear_persona("Luis"))
    assert [u.id for u in unidades_representadas(sesion, actor_de(ana))] == [administra.id, vende.id]
    assert [u.id for u in unidades_de(sesion, actor_de(ana), Facultad.VENDER)] == [administra.id, vende.id]
    assert [u.id for u in unidades_de(sesion, actor_de(ana), Facultad.COMPRAR)] == [administra.id]


def test_por_medio_de_otra_unidad(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, autoridad: Autoridad
) -> None:
    """The accountant: the unit grants the office, the office grants its employee; the smaller limit holds."""
    duenia, contadora, ajena = crear_persona("Duenia"), crear_persona("Contadora"), crear_persona("Ajena")
    unidad = crear_unidad("El cliente", representante=duenia, facultades=["ADMINISTRAR"])
    estudio = crear_unidad(
        "El estudio", tipo="EMPRESA", representante=contadora, facultades=["TRAMITAR", "PAGAR"]
    )
    otorgado = apoderar(unidad, ["PAGAR", "VENDER"], unidad_id=estudio.id, monto_limite=bs(500))
    with transaccion() as propia:
        atender(propia, otorgado, contadora)

    paga = exigir_facultad(sesion, actor_de(contadora), unidad.id, Facultad.PAGAR, bs(500))
    assert (paga.unidad_id, paga.mandato_id) == (unidad.id, otorgado)
    assert not tiene_facultad(sesion, actor_de(contadora), unidad.id, Facultad.PAGAR, bs("500.01"))
    assert not tiene_facultad(
        sesion, actor_de(contadora), unidad.id, Facultad.VENDER
    )  # the office did not give it
    assert not tiene_facultad(sesion, actor_de(contadora), unidad.id, Facultad.TRAMITAR)  # the client did not
    assert not tiene_facultad(sesion, actor_de(ajena), unidad.id, Facultad.PAGAR)
    assert {u.id for u in unidades_de(sesion, actor_de(contadora), Facultad.PAGAR)} == {unidad.id, estudio.id}
    inscripcion.suspender(sesion, autoridad.actor, estudio.id, "No responde")
    assert not tiene_facultad(sesion, actor_de(contadora), unidad.id, Facultad.PAGAR)


def test_la_firma_conjunta_todavia_no_da_poder(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    luis = crear_persona("Luis")
    unidad = crear_unidad()
    momento = unidad.creado_en
    sesion.add(
        Mandato(
            unidad_id=unidad.id,
            apoderado_persona_id=luis.id,
            facultades=["VENDER"],
            valido_desde=momento,
            creado_en=momento,
            aceptado_en=momento,
            firmas_requeridas=2,
            grupo_firma=nuevo_id(),
        )
    )
    sesion.flush()
    assert not tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)


def test_un_cliente_de_maquina_actua_por_su_unidad_con_su_alcance(
    sesion: Session, crear_unidad: Crear
) -> None:
    unidad, otra = crear_unidad("Suya"), crear_unidad("Ajena")
    robot = Actor(
        tipo="cliente",
        nombre="robot",
        cliente_id=nuevo_id(),
        unidad_cliente_id=unidad.id,
        alcances=frozenset({"productos"}),
    )
    tiene = {f for f in Facultad if tiene_facultad(sesion, robot, unidad.id, f)}
    assert tiene == {Facultad.VENDER}
    assert not tiene_facultad(sesion, robot, otra.id, Facultad.VENDER)
    assert not tiene_facultad(sesion, replace(robot, alcances=frozenset()), unidad.id, Facultad.VENDER)
    assert [u.id for u in unidades_de(sesion, robot, Facultad.VENDER)] == [unidad.id]
    assert unidades_de(sesion, robot, Facultad.PAGAR) == []
    assert not tiene_facultad(sesion, Actor.sistema("barrido"), unidad.id, Facultad.VENDER)
    assert unidades_de(sesion, Actor.sistema("barrido"), Facultad.VENDER) == []
    assert unidades_representadas(sesion, Actor.sistema("barrido")) == []


# --- Granting --------------------------------------------------------------------------------------------


def test_otorgar_queda_escrito_y_avisa(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    otorgado = _otorgar(
        actor_de(ana),
        unidad,
        luis,
        Facultad.DESPACHAR,
        Facultad.VENDER,
        monto_limite=bs("10.50"),
        documento=" Acta  4 ",
    )
    assert otorgado.facultades == ["VENDER", "DESPACHAR"]
    assert (otorgado.monto_limite, otorgado.documento) == (bs("10.50"), "Acta 4")
    assert verificar_registro(sesion) == []
    assert tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.DESPACHAR)


@pytest.mark.parametrize("quien", ["nadie", "vendedor"])
def test_quien_no_administra_no_otorga(
    quien: str, sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    luis = crear_persona("Luis")
    unidad = crear_unidad(
        representante=crear_persona("Ana"), mandatos=[(luis, ["VENDER"])] if quien == "vendedor" else []
    )
    antes = sesion.exec(select(func.count()).select_from(Mandato)).one()
    with pytest.raises(SinFacultad):
        _otorgar(actor_de(luis), unidad, luis, Facultad.VENDER)
    assert sesion.exec(select(func.count()).select_from(Mandato)).one() == antes


def test_administrar_no_alcanza_para_dar_regular(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, autoridad: Autoridad
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    with pytest.raises(SinFacultad):
        _otorgar(actor_de(ana), unidad, ana, Facultad.REGULAR)
    with pytest.raises(SinFacultad):
        _otorgar(autoridad.actor, unidad, ana, Facultad.REGULAR)
    _otorgar(autoridad.actor, autoridad.unidad, ana, Facultad.REGULAR)
    assert exigir_regulador(sesion, actor_de(ana)).unidad_id == autoridad.unidad.id


def test_nadie_da_mas_de_lo_que_tiene(
    crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    ana, luis, eva = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Eva")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    fin = reloj.ahora() + timedelta(days=10)
    propio = _otorgar(
        actor_de(ana), unidad, luis, Facultad.VENDER, monto_limite=bs(100), hasta=fin, subdelegable=True
    )
    de_luis = actor_de(luis)
    with pytest.raises(SinFacultad):
        _otorgar(de_luis, unidad, eva, Facultad.PAGAR, monto_limite=bs(50), hasta=fin)
    for campos, culpable in (
        ({"hasta": fin}, "monto_limite"),
        ({"monto_limite": bs("100.01"), "hasta": fin}, "monto_limite"),
        ({"monto_limite": bs(50)}, "hasta"),
        ({"monto_limite": bs(50), "hasta": fin + timedelta(seconds=1)}, "hasta"),
        ({"monto_limite": bs(50), "hasta": fin, "subdelegable": True}, "subdelegable"),
    ):
        with pytest.raises(DatosInvalidos) as falla:
            _otorgar(de_luis, unidad, eva, Facultad.VENDER, **campos)
        assert list(falla.value.campos or {}) == [culpable]
    derivado = _otorgar(de_luis, unidad, eva, Facultad.VENDER, monto_limite=bs(50), hasta=fin)
    assert derivado.delegado_de == propio.id


@pytest.mark.parametrize(
    ("campos", "culpable"),
    [
        ({"facultades": ()}, "facultades"),
        ({"persona_id": None}, "apoderado"),
        ({"monto_limite": bs(0)}, "monto_limite"),
        ({"hasta": "ayer"}, "hasta"),
    ],
)
def test_mandatos_mal_hechos(
    campos: dict[str, Any],
    culpable: str,
    sesion: Session,
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
    reloj: Any,
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    if campos.get("hasta") == "ayer":
        campos = {"hasta": reloj.ahora() - timedelta(days=1)}
    nuevo = replace(NuevoMandato((Facultad.VENDER,), persona_id=crear_persona("Luis").id), **campos)
    with pytest.raises(DatosInvalidos) as falla:
        mandatos.otorgar_mandato(sesion, actor_de(ana), unidad.id, nuevo)
    assert list(falla.value.campos or {}) == [culpable]


# --- Revoking --------------------------------------------------------------------------------------------


def test_revocar_termina_tambien_lo_delegado(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana, luis, eva = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Eva")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    propio = _otorgar(actor_de(ana), unidad, luis, Facultad.VENDER, subdelegable=True)
    _otorgar(actor_de(luis), unidad, eva, Facultad.VENDER)
    assert tiene_facultad(sesion, actor_de(eva), unidad.id, Facultad.VENDER)
    sesion.rollback()
    with transaccion() as propia:
        mandatos.revocar_mandato(propia, actor_de(ana), propio.id, "se fue")
    assert not tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)
    assert not tiene_facultad(sesion, actor_de(eva), unidad.id, Facultad.VENDER)
    with pytest.raises(MandatoYaRevocado), transaccion() as propia:
        mandatos.revocar_mandato(propia, actor_de(ana), propio.id, "otra vez")
    assert verificar_registro(sesion) == []


def test_revocar_con_efecto_futuro(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana, mandatos=[(luis, ["VENDER"])])
    suyo = next(m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == luis.id)
    cuando = reloj.ahora() + timedelta(hours=1)
    with transaccion() as propia:
        mandatos.revocar_mandato(propia, actor_de(ana), suyo.id, "fin de mes", efecto=cuando)
    assert tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)
    reloj.adelantar(timedelta(hours=2))
    sesion.rollback()
    assert not tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)


def test_quien_revoca(sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear) -> None:
    ana, luis, eva = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Eva")
    unidad = crear_unidad(representante=ana, mandatos=[(luis, ["VENDER"]), (eva, ["VENDER"])])
    por = {m.apoderado_persona_id: m for m in mandatos_de(sesion, unidad.id)}
    with pytest.raises(SinFacultad):
        mandatos.revocar_mandato(sesion, actor_de(luis), por[eva.id].id, "porque sí")
    with pytest.raises(UltimoAdministrador):
        mandatos.revocar_mandato(sesion, actor_de(ana), por[ana.id].id, "renuncio")
    assert all(m.revocado_en is None for m in mandatos_de(sesion, unidad.id))
    assert (
        mandatos.revocar_mandato(sesion, actor_de(luis), por[luis.id].id, "renuncio").revocado_en is not None
    )


def test_el_aviso_de_una_unidad_lo_lee_quien_tiene_su_buzon(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    from ciudadania import contar_sin_leer

    ana, luis, ajeno = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Ajeno")
    unidad = crear_unidad(representante=ana, mandatos=[(luis, ["VENDER", "BUZON"])])
    antes = [contar_sin_leer(sesion, actor_de(p)) for p in (ana, luis, ajeno)]
    notificar_unidad(sesion, unidad.id, "Hay novedades", "Lea esto", "/mis-unidades", clase=AVISO_GENERAL)
    despues = [contar_sin_leer(sesion, actor_de(p)) for p in (ana, luis, ajeno)]
    assert [d - a for a, d in zip(antes, despues, strict=True)] == [1, 1, 0]
