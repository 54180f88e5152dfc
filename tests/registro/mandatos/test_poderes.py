"""Nobody stretches a mandate: not in faculty, amount or time; it holds from its acceptance; the earlier
revocation wins; an equal is not put out by one alone; an office says who serves whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from ciudadania import contar_sin_leer
from empresa_digital.registro import (
    Facultad,
    NuevoMandato,
    SinFacultad,
    inscripcion,
    mandatos,
    tiene_facultad,
    verificar_registro,
)
from empresa_digital.registro.actos import acto_salida, firmar_acto, rechazar_acto
from empresa_digital.registro.mandatos.clientes import clientes_atendidos, clientes_de
from empresa_digital.registro.mandatos.consultas import mandatos_de, ofrecidos_a
from empresa_digital.registro.mandatos.errores import (
    FaltaOtroAdministrador,
    MandatoNoEncontrado,
    MandatoYaRevocado,
    OfertaTerminada,
    RevocacionPosterior,
    UltimoAdministrador,
)
from empresa_digital.registro.mandatos.modelos import Asignacion, Mandato
from empresa_digital.registro.mandatos.verificar import verificar_uso
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import nuevo_actor
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]
TODAS = (Facultad.ADMINISTRAR,)


def _ofrecer(actor: Actor, unidad: Any, *facultades: Facultad, **campos: Any) -> Mandato:
    with transaccion() as sesion:
        nuevo = NuevoMandato(facultades or TODAS, **campos)
        return mandatos.otorgar_mandato(sesion, actor, unidad.id, nuevo)


def _aceptar(persona: Any, mandato: Mandato) -> None:
    with transaccion() as sesion:
        mandatos.aceptar_mandato(sesion, nuevo_actor(persona), mandato.id)


def _dar(actor: Actor, unidad: Any, persona: Any, *facultades: Facultad, **campos: Any) -> Mandato:
    dado = _ofrecer(actor, unidad, *facultades, persona_id=persona.id, **campos)
    _aceptar(persona, dado)
    return dado


def _revocar(actor: Actor, mandato: Any, **campos: Any) -> None:
    with transaccion() as sesion:
        mandatos.revocar_mandato(sesion, actor, mandato.id, "Prueba", **campos)


def _puede(persona: Any, unidad: Any, facultad: Facultad = Facultad.ADMINISTRAR) -> bool:
    with transaccion() as sesion:
        return tiene_facultad(sesion, nuevo_actor(persona), unidad.id, facultad)


def _filas(sesion: Session) -> int:
    sesion.rollback()
    return sesion.exec(select(func.count()).select_from(Mandato)).one()


@pytest.fixture
def ana(crear_persona: Crear) -> Any:
    return crear_persona("Ana")


@pytest.fixture
def eva(crear_persona: Crear) -> Any:
    return crear_persona("Eva")


@pytest.fixture
def unidad(ana: Any, crear_unidad: Crear) -> Any:
    return crear_unidad("La unidad", representante=ana, facultades=["ADMINISTRAR"])


# --- Not more than one has -------------------------------------------------------------------------------


def test_quien_administra_hasta_maniana_no_da_para_siempre_ni_expulsa(
    sesion: Session, ana: Any, eva: Any, unidad: Any, crear_persona: Crear, reloj: Any
) -> None:
    """An administrator until tomorrow makes nobody permanent, nor puts the founder out."""
    maniana = reloj.ahora() + timedelta(days=1)
    suyo = _dar(nuevo_actor(ana), unidad, eva, hasta=maniana)
    de_eva, otro = nuevo_actor(eva), crear_persona("Otro")
    antes = _filas(sesion)
    for campos, culpable in (
        ({"persona_id": eva.id}, "hasta"),
        ({"persona_id": eva.id, "hasta": maniana}, "ci"),
        ({"cedula": eva.ci, "hasta": maniana}, "ci"),
        ({"persona_id": otro.id}, "hasta"),
        ({"persona_id": otro.id, "hasta": maniana + timedelta(seconds=1)}, "hasta"),
    ):
        with pytest.raises(DatosInvalidos) as falla:
            _ofrecer(de_eva, unidad, **campos)
        assert culpable in (falla.value.campos or {})
    (de_la_fundadora,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    with pytest.raises(FaltaOtroAdministrador):
        _revocar(de_eva, de_la_fundadora)
    assert _filas(sesion) == antes
    complice = _dar(de_eva, unidad, otro, hasta=maniana)
    with pytest.raises(FaltaOtroAdministrador):
        _revocar(nuevo_actor(otro), de_la_fundadora)
    reloj.adelantar(timedelta(days=1, seconds=1))
    assert (_puede(ana, unidad), _puede(eva, unidad), _puede(otro, unidad)) == (True, False, False)
    assert (suyo.otorgado_por, complice.otorgado_por) == ([de_la_fundadora.id], [suyo.id])
    sesion.rollback()
    assert verificar_registro(sesion) == []
    assert verificar_uso(sesion) == []


def test_el_api_no_da_mas_de_lo_que_daria_la_pagina(
    ana: Any, eva: Any, unidad: Any, cliente: Any, token_de: Crear, reloj: Any, sesion: Session
) -> None:
    maniana = reloj.ahora() + timedelta(days=1)
    _dar(nuevo_actor(ana), unidad, eva, hasta=maniana)
    antes = _filas(sesion)
    respuesta = cliente.post(
        f"/api/v1/unidades-economicas/{unidad.numero}/mandatos",
        headers={"Authorization": f"Bearer {token_de(eva)}", "Idempotency-Key": "una"},
        json={"persona": {"ci": eva.ci}, "facultades": ["ADMINISTRAR"]},
    )
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "datos_invalidos")
    assert _filas(sesion) == antes


def test_nadie_se_da_un_mandato_por_medio_de_su_propia_oficina(
    ana: Any, unidad: Any, crear_unidad: Crear, sesion: Session
) -> None:
    oficina = crear_unidad("La oficina", representante=ana, facultades=["DESPACHAR"])
    antes = _filas(sesion)
    with pytest.raises(DatosInvalidos) as falla:
        _ofrecer(nuevo_actor(ana), unidad, Facultad.PAGAR, unidad_id=oficina.id)
    assert list(falla.value.campos or {}) == ["apoderado"]
    assert _filas(sesion) == antes


def test_por_una_oficina_no_se_da_mas_que_lo_comun(
    ana: Any, eva: Any, unidad: Any, crear_persona: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    """Who administers through an office is bounded by both mandates of the chain."""
    en_un_mes = reloj.ahora() + timedelta(days=30)
    jefa = crear_persona("Jefa")
    oficina = crear_unidad("La oficina", representante=jefa, facultades=["ADMINISTRAR"])
    apoderar(oficina, ["ADMINISTRAR"], persona=eva, monto_limite=bs(100), hasta=en_un_mes)
    dado = _ofrecer(nuevo_actor(ana), unidad, unidad_id=oficina.id, monto_limite=bs(500))
    with transaccion() as sesion:
        mandatos.aceptar_mandato(sesion, nuevo_actor(jefa), dado.id)
        mandatos.asignar_cliente(sesion, nuevo_actor(jefa), dado.id, [eva.id])
    otro = crear_persona("Otro")
    de_eva = nuevo_actor(eva)
    for campos, culpable in (
        ({"monto_limite": bs(101), "hasta": en_un_mes}, "monto_limite"),
        ({"monto_limite": bs(100)}, "hasta"),
    ):
        with pytest.raises(DatosInvalidos) as falla:
            _ofrecer(de_eva, unidad, Facultad.PAGAR, persona_id=otro.id, **campos)
        assert list(falla.value.campos or {}) == [culpable]
    dado = _ofrecer(de_eva, unidad, Facultad.PAGAR, persona_id=otro.id, monto_limite=bs(100), hasta=en_un_mes)
    assert len(dado.otorgado_por) == 2


def test_la_base_tampoco_deja_que_un_mandato_pase_de_su_origen(
    bd: Engine, ana: Any, eva: Any, unidad: Any, sesion: Session, reloj: Any
) -> None:
    """As the application's own role, past every use case."""
    en_un_mes = reloj.ahora() + timedelta(days=30)
    origen = _dar(
        nuevo_actor(ana),
        unidad,
        eva,
        Facultad.VENDER,
        monto_limite=bs(50),
        hasta=en_un_mes,
        subdelegable=True,
    )
    fundador = origen.otorgado_por[0]
    meter = (
        "INSERT INTO registro_mandato (id, unidad_id, apoderado_persona_id, facultades, monto_limite, "
        "valido_desde, valido_hasta, firmas_requeridas, subdelegable, delegado_de, creado_en, aceptado_en, "
        "otorgado_por) VALUES (gen_random_uuid(), %(unidad)s, %(quien)s, %(facultades)s, %(limite)s, "
        "%(desde)s, %(hasta)s, 1, false, %(de)s, %(desde)s, %(desde)s, %(por)s)"
    )
    bueno = {
        "unidad": unidad.id,
        "quien": ana.id,
        "facultades": ["VENDER"],
        "limite": 5000,
        "desde": reloj.ahora(),
        "hasta": en_un_mes,
        "de": origen.id,
        "por": [origen.id],
    }
    ajeno = {"de": None, "por": [fundador], "quien": eva.id, "limite": None, "hasta": None}
    for cambio, dice in (
        ({"facultades": ["VENDER", "PAGAR"]}, "delega lo que no se puede delegar"),
        ({"limite": 5001}, "más monto"),
        ({"limite": None}, "más monto"),
        ({"hasta": en_un_mes + timedelta(seconds=1)}, "dura más"),
        ({"hasta": None}, "dura más"),
        ({"quien": eva.id}, "a sí mismo"),
        ({"de": None}, "otorga quien no administra"),
        ({"desde": reloj.ahora() - timedelta(days=1)}, "hacia atrás"),
        (ajeno | {"facultades": ["REGULAR"]}, "facultades que no se tienen"),
        (ajeno | {"quien": ana.id}, "a sí mismo"),
    ):
        with bd.connect() as conexion:
            cruda = conexion.connection.cursor()
            with pytest.raises(psycopg.errors.CheckViolation, match=dice):
                cruda.execute(meter, bueno | cambio)
            conexion.rollback()
    with bd.connect() as conexion:
        conexion.connection.cursor().execute(meter, bueno)
        conexion.connection.cursor().execute(meter, bueno | ajeno)
        conexion.rollback()


def test_verify_halla_un_mandato_estirado(
    duenio: Engine, ana: Any, eva: Any, unidad: Any, sesion: Session, reloj: Any
) -> None:
    dado = _dar(nuevo_actor(ana), unidad, eva, hasta=reloj.ahora() + timedelta(days=1))
    nieto = _dar(
        nuevo_actor(eva), unidad, nueva := _nueva_persona(), hasta=reloj.ahora() + timedelta(hours=1)
    )
    assert nueva
    assert verificar_uso(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE registro_mandato DISABLE TRIGGER guardar"))
        conexion.execute(
            text("UPDATE registro_mandato SET valido_hasta = NULL WHERE id = :id"), {"id": nieto.id}
        )
        conexion.execute(text("ALTER TABLE registro_mandato ENABLE TRIGGER guardar"))
    sesion.rollback()
    (falla,) = verificar_uso(sesion)
    assert "dura más que el mandato con que se otorga" in falla
    assert str(dado.id) in falla


def _nueva_persona() -> Any:
    from tests.ayudas.personas import nueva_persona

    return nueva_persona("Nieto")


# --- Acceptance ------------------------------------------------------------------------------------------


def test_vale_desde_que_se_acepta(
    ana: Any, eva: Any, unidad: Any, crear_persona: Crear, sesion: Session
) -> None:
    ofrecido = _ofrecer(nuevo_actor(ana), unidad, Facultad.VENDER, persona_id=eva.id)
    assert ofrecido.aceptado_en is None
    assert not _puede(eva, unidad, Facultad.VENDER)
    assert [m.id for m in ofrecidos_a(sesion, nuevo_actor(eva))] == [ofrecido.id]
    for ajeno in (ana, crear_persona("Ajeno")):
        with pytest.raises(MandatoNoEncontrado):
            _aceptar(ajeno, ofrecido)
    _aceptar(eva, ofrecido)
    assert _puede(eva, unidad, Facultad.VENDER)
    _aceptar(eva, ofrecido)  # again: nothing more
    sesion.rollback()
    assert ofrecidos_a(sesion, nuevo_actor(eva)) == []
    assert verificar_registro(sesion) == []


def test_quien_nunca_ingreso_lo_ve_al_ingresar(
    ana: Any, unidad: Any, crear_persona: Crear, cliente: Any, token_de: Crear, sesion: Session
) -> None:
    """The same answer whether or not the card's holder uses the platform."""
    conocida = crear_persona("Rosa", ci="7000001")
    ruta = f"/api/v1/unidades-economicas/{unidad.numero}/mandatos"
    respuestas = []
    for n, ci in enumerate((conocida.ci, "7000002")):
        de = {"Authorization": f"Bearer {token_de(ana)}", "Idempotency-Key": f"k{n}"}
        respuestas.append(
            cliente.post(ruta, headers=de, json={"persona": {"ci": ci}, "facultades": ["VENDER"]}).json()
        )
    cambian = {"id", "valido_desde", "ofrecido_hasta", "apoderado"}
    iguales = [{k: v for k, v in r.items() if k not in cambian} for r in respuestas]
    assert iguales[0] == iguales[1]
    assert [r["apoderado"] for r in respuestas] == ["Cédula 7000001", "Cédula 7000002"]
    nueva = crear_persona("Nueva", ci="7000002")
    suyo = nuevo_actor(nueva)
    (ofrecido,) = ofrecidos_a(sesion, suyo)
    _aceptar(nueva, ofrecido)
    assert _puede(nueva, unidad, Facultad.VENDER)
    sesion.rollback()
    assert sesion.get_one(Mandato, ofrecido.id).apoderado_persona_id == nueva.id
    assert verificar_registro(sesion) == []


def test_una_oferta_vence_se_declina_o_se_retira(
    ana: Any, eva: Any, unidad: Any, reloj: Any, sesion: Session
) -> None:
    de_ana = nuevo_actor(ana)
    vence, declina, retira = (_ofrecer(de_ana, unidad, Facultad.VENDER, persona_id=eva.id) for _ in range(3))
    with transaccion() as propia:
        mandatos.declinar_mandato(propia, nuevo_actor(eva), declina.id)
    _revocar(de_ana, retira)
    for terminado in (declina, retira):
        with pytest.raises(OfertaTerminada):
            _aceptar(eva, terminado)
    reloj.adelantar(timedelta(days=30, seconds=1))
    with pytest.raises(OfertaTerminada):
        _aceptar(eva, vence)
    assert ofrecidos_a(sesion, nuevo_actor(eva)) == []
    assert not _puede(eva, unidad, Facultad.VENDER)
    sesion.rollback()
    assert verificar_registro(sesion) == []


def test_el_mismo_formulario_dos_veces_da_un_mandato(
    ana: Any, eva: Any, unidad: Any, sesion_web: Crear, sesion: Session
) -> None:
    from nucleo.ids import nuevo_id

    navegador = sesion_web(ana)
    antes = _filas(sesion)
    formulario = {"clase": "persona", "ci": eva.ci, "facultades.VENDER": "1", "_id": str(nuevo_id())}
    for _ in range(2):
        respuesta = navegador.post(f"/mis-unidades/{unidad.numero}/mandatos/nuevo", data=formulario)
        assert respuesta.status_code == 303
    assert _filas(sesion) == antes + 1


# --- Time ------------------------------------------------------------------------------------------------


def test_nada_vale_hacia_atras(ana: Any, eva: Any, unidad: Any, reloj: Any, sesion: Session) -> None:
    antes = _filas(sesion)
    with pytest.raises(DatosInvalidos) as falla:
        _ofrecer(
            nuevo_actor(ana),
            unidad,
            Facultad.VENDER,
            persona_id=eva.id,
            desde=reloj.ahora() - timedelta(days=6 * 365),
        )
    assert list(falla.value.campos or {}) == ["desde"]
    assert _filas(sesion) == antes


def test_una_revocacion_se_adelanta_y_no_se_posterga(
    ana: Any, eva: Any, unidad: Any, reloj: Any, sesion: Session, bd: Engine
) -> None:
    de_ana = nuevo_actor(ana)
    dado = _dar(de_ana, unidad, eva, Facultad.VENDER)
    en_un_mes, en_una_semana = (reloj.ahora() + timedelta(days=d) for d in (30, 7))
    _revocar(de_ana, dado, efecto=en_un_mes)
    for tarde in (en_un_mes, en_un_mes + timedelta(days=1)):
        with pytest.raises(RevocacionPosterior):
            _revocar(de_ana, dado, efecto=tarde)
    _revocar(de_ana, dado, efecto=en_una_semana)
    assert sesion.get_one(Mandato, dado.id).revocado_en == en_una_semana
    assert _puede(eva, unidad, Facultad.VENDER)
    _revocar(de_ana, dado)
    assert not _puede(eva, unidad, Facultad.VENDER)
    with pytest.raises(MandatoYaRevocado):
        _revocar(de_ana, dado)
    sesion.rollback()
    assert verificar_registro(sesion) == []
    for sql in (
        "revocado_en = revocado_en + interval '1 day'",
        "revocado_en = NULL, revocado_motivo = NULL",
        "revocado_en = revocado_en - interval '1 day'",
        "aceptado_en = NULL",
    ):
        with pytest.raises(IntegrityError), bd.begin() as conexion:
            conexion.execute(text(f"UPDATE registro_mandato SET {sql} WHERE id = '{dado.id}'"))


# --- Equals, and the last one ----------------------------------------------------------------------------


def test_quien_dio_quita_y_el_igual_no(ana: Any, eva: Any, unidad: Any, sesion: Session) -> None:
    dado = _dar(nuevo_actor(ana), unidad, eva)
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    with pytest.raises(FaltaOtroAdministrador):
        _revocar(nuevo_actor(eva), fundador)
    assert _puede(ana, unidad)
    _revocar(nuevo_actor(ana), dado)
    assert not _puede(eva, unidad)


def test_el_ultimo_que_administra_se_queda(
    ana: Any,
    eva: Any,
    unidad: Any,
    crear_persona: Crear,
    crear_unidad: Crear,
    autoridad: Autoridad,
    reloj: Any,
    sesion: Session,
) -> None:
    """Neither who ends soon, nor an office that is suspended or has nobody assigned, is one who stays."""
    de_ana = nuevo_actor(ana)
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    _dar(de_ana, unidad, eva, hasta=reloj.ahora() + timedelta(days=29))
    jefa = crear_persona("Jefa")
    oficina = crear_unidad("La oficina", representante=jefa, facultades=["ADMINISTRAR"])
    dado = _ofrecer(de_ana, unidad, unidad_id=oficina.id)
    _ofrecer(de_ana, unidad, persona_id=crear_persona("Sin aceptar").id)
    with pytest.raises(UltimoAdministrador):
        _revocar(de_ana, fundador)
    with transaccion() as propia:
        mandatos.aceptar_mandato(propia, nuevo_actor(jefa), dado.id)
        inscripcion.suspender(propia, autoridad.actor, oficina.id, "No responde")
    with pytest.raises(UltimoAdministrador):
        _revocar(de_ana, fundador)
    with transaccion() as propia:
        inscripcion.rehabilitar(propia, autoridad.actor, oficina.id)
    _revocar(de_ana, fundador)
    assert (_puede(ana, unidad), _puede(jefa, unidad)) == (False, True)


def test_dos_de_origen_independiente_quitan_a_un_igual(
    ana: Any, eva: Any, unidad: Any, crear_persona: Crear, sesion: Session
) -> None:
    """The founder is put out by two whom she named, not by one and who that one named."""
    luis, rosa = crear_persona("Luis"), crear_persona("Rosa")
    _dar(nuevo_actor(ana), unidad, eva)
    _dar(nuevo_actor(eva), unidad, luis)  # Luis comes from Eva
    _dar(nuevo_actor(ana), unidad, rosa)
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    with transaccion() as propia:
        acto = mandatos.proponer_remocion(propia, nuevo_actor(eva), fundador.id, "No responde").id
    for quien in (luis, ana):  # one's own creature, and the very person, do not count
        with pytest.raises(FaltaOtroAdministrador), transaccion() as propia:
            firmar_acto(propia, nuevo_actor(quien), acto, acto_salida(propia, acto).huella)
        assert _puede(ana, unidad)
    with transaccion() as propia:
        firmar_acto(propia, nuevo_actor(rosa), acto, acto_salida(propia, acto).huella)
    assert [_puede(p, unidad) for p in (ana, eva, luis, rosa)] == [False, True, True, True]
    sesion.rollback()
    assert verificar_registro(sesion) == []


def _proponer(persona: Any, mandato: Any) -> Any:
    with transaccion() as sesion:
        return mandatos.proponer_remocion(sesion, nuevo_actor(persona), mandato.id, "No responde").id


def _firmar(persona: Any, acto: Any) -> None:
    with transaccion() as sesion:
        firmar_acto(sesion, nuevo_actor(persona), acto, acto_salida(sesion, acto).huella)


def test_quien_sale_no_lo_impide_diciendo_que_no(
    ana: Any, eva: Any, unidad: Any, crear_persona: Crear, sesion_web: Crear, sesion: Session
) -> None:
    """Neither the one to be put out nor a friend of theirs ends it by refusing; who does not agree does not
    sign.
    """
    rosa, amiga = crear_persona("Rosa"), crear_persona("Amiga")
    for quien in (eva, rosa):
        _dar(nuevo_actor(ana), unidad, quien)
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    acto = _proponer(eva, fundador)
    _dar(nuevo_actor(ana), unidad, amiga)
    for quien in (ana, amiga):
        with pytest.raises(SinFacultad), transaccion() as propia:
            rechazar_acto(propia, nuevo_actor(quien), acto, "No quiero")
        assert "¿Por qué lo rechaza?" not in sesion_web(quien).get(f"/por-firmar/{acto}").text
    _firmar(rosa, acto)
    assert not _puede(ana, unidad)


def test_un_empleado_de_su_oficina_no_es_otra_persona_que_administre(
    ana: Any, eva: Any, unidad: Any, oficina: dict[str, Any], sesion: Session
) -> None:
    """Who heads an office to which the founder also gave power would sign once directly and once by the hand
    of somebody whom they named there.
    """
    jefa, estudio = oficina["jefa"], oficina["estudio"]
    _dar(nuevo_actor(ana), unidad, jefa)
    de_la_oficina = _ofrecer(nuevo_actor(ana), unidad, unidad_id=estudio.id)
    _aceptar(jefa, de_la_oficina)
    _dar(nuevo_actor(jefa), estudio, eva)
    with transaccion() as propia:
        mandatos.asignar_cliente(propia, nuevo_actor(jefa), de_la_oficina.id, [jefa.id, eva.id])
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    acto = _proponer(jefa, fundador)
    with pytest.raises(FaltaOtroAdministrador):
        _firmar(eva, acto)
    assert _puede(ana, unidad)


def test_la_firma_de_quien_ya_no_administra_no_hace_independientes_a_las_otras(
    ana: Any, eva: Any, unidad: Any, crear_persona: Crear, sesion: Session
) -> None:
    rosa, pia = crear_persona("Rosa"), crear_persona("Pía")
    de_eva = _dar(nuevo_actor(ana), unidad, eva)
    _dar(nuevo_actor(ana), unidad, rosa)
    _dar(nuevo_actor(rosa), unidad, pia)  # Pía comes from Rosa
    (fundador,) = (m for m in mandatos_de(sesion, unidad.id) if m.apoderado_persona_id == ana.id)
    acto = _proponer(eva, fundador)
    _revocar(nuevo_actor(ana), de_eva)
    _firmar(rosa, acto)
    with pytest.raises(FaltaOtroAdministrador):
        _firmar(pia, acto)
    assert _puede(ana, unidad)


# --- Clients of an office --------------------------------------------------------------------------------


@pytest.fixture
def oficina(crear_persona: Crear, crear_unidad: Crear) -> dict[str, Any]:
    jefa, contador, otra = crear_persona("Jefa"), crear_persona("Contador"), crear_persona("Otra")
    estudio = crear_unidad(
        "El estudio",
        representante=jefa,
        facultades=["ADMINISTRAR"],
        mandatos=[(contador, ["TRAMITAR", "PAGAR"]), (otra, ["TRAMITAR"])],
    )
    return {"jefa": jefa, "contador": contador, "otra": otra, "estudio": estudio}


def test_la_oficina_dice_quien_atiende_a_quien(
    ana: Any, unidad: Any, oficina: dict[str, Any], sesion: Session
) -> None:
    jefa, contador, otra = oficina["jefa"], oficina["contador"], oficina["otra"]
    dado = _ofrecer(
        nuevo_actor(ana), unidad, Facultad.TRAMITAR, Facultad.CONSULTAR, unidad_id=oficina["estudio"].id
    )
    with pytest.raises(MandatoNoEncontrado):
        _aceptar(contador, dado)  # he does not administer the office
    _aceptar(jefa, dado)
    tramitan = [_puede(p, unidad, Facultad.TRAMITAR) for p in (jefa, contador, otra)]
    assert tramitan == [True, False, False]
    with transaccion() as propia, pytest.raises(SinFacultad):
        mandatos.asignar_cliente(propia, nuevo_actor(otra), dado.id, [otra.id])
    with transaccion() as propia, pytest.raises(DatosInvalidos):
        mandatos.asignar_cliente(propia, nuevo_actor(jefa), dado.id, [ana.id])
    with transaccion() as propia:
        mandatos.asignar_cliente(propia, nuevo_actor(jefa), dado.id, [contador.id])
    tramitan = [_puede(p, unidad, Facultad.TRAMITAR) for p in (jefa, contador, otra)]
    assert tramitan == [False, True, False]
    assert not _puede(contador, unidad, Facultad.PAGAR)  # the office gave it, the client did not
    sesion.rollback()
    (suyo,) = clientes_de(sesion, oficina["estudio"].id)
    assert [(p.id, p.facultades) for p in suyo.atienden] == [(contador.id, {Facultad.TRAMITAR})]
    (grupo,) = clientes_atendidos(sesion, nuevo_actor(contador))
    assert [(u.id, f) for u, f in grupo.clientes] == [(unidad.id, {Facultad.TRAMITAR})]
    assert clientes_atendidos(sesion, nuevo_actor(otra)) == []


def test_quien_deja_la_oficina_no_vuelve_con_sus_clientes(
    ana: Any, unidad: Any, oficina: dict[str, Any], sesion: Session
) -> None:
    jefa, contador, estudio = oficina["jefa"], oficina["contador"], oficina["estudio"]
    dado = _ofrecer(nuevo_actor(ana), unidad, Facultad.TRAMITAR, unidad_id=estudio.id)
    _aceptar(jefa, dado)
    with transaccion() as propia:
        mandatos.asignar_cliente(propia, nuevo_actor(jefa), dado.id, [jefa.id, contador.id])
    (suyo,) = (m for m in mandatos_de(sesion, estudio.id) if m.apoderado_persona_id == contador.id)
    _revocar(nuevo_actor(jefa), suyo)
    _dar(nuevo_actor(jefa), estudio, contador, Facultad.TRAMITAR)
    assert not _puede(contador, unidad, Facultad.TRAMITAR)
    sesion.rollback()
    fila = sesion.exec(select(Asignacion).where(col(Asignacion.persona_id) == contador.id)).one()
    assert fila.retirada_en is not None


def test_la_oficina_renuncia_con_preaviso(
    ana: Any, unidad: Any, oficina: dict[str, Any], sesion: Session, reloj: Any
) -> None:
    """It goes on for fifteen days, the client is told, and may end it sooner; nobody else of it may."""
    jefa, estudio = oficina["jefa"], oficina["estudio"]
    dado = _ofrecer(nuevo_actor(ana), unidad, Facultad.TRAMITAR, unidad_id=estudio.id)
    _aceptar(jefa, dado)
    for ajena in (oficina["contador"], oficina["otra"]):
        with pytest.raises(SinFacultad):
            _revocar(nuevo_actor(ajena), dado)
    antes = contar_sin_leer(sesion, nuevo_actor(ana))
    ahora = reloj.ahora()
    _revocar(nuevo_actor(jefa), dado)
    sesion.rollback()
    fin = sesion.get_one(Mandato, dado.id).revocado_en
    assert fin is not None
    assert timedelta(days=15) <= fin - ahora < timedelta(days=15, minutes=5)
    assert contar_sin_leer(sesion, nuevo_actor(ana)) == antes + 1
    assert _puede(jefa, unidad, Facultad.TRAMITAR)
    with pytest.raises(RevocacionPosterior):
        _revocar(nuevo_actor(jefa), dado)
    reloj.adelantar(timedelta(days=14))
    assert _puede(jefa, unidad, Facultad.TRAMITAR)
    _revocar(nuevo_actor(ana), dado)
    assert not _puede(jefa, unidad, Facultad.TRAMITAR)
    sesion.rollback()
    assert verificar_registro(sesion) == []


def test_la_pagina_de_la_renuncia(ana: Any, unidad: Any, oficina: dict[str, Any], sesion_web: Crear) -> None:
    jefa, estudio = oficina["jefa"], oficina["estudio"]
    dado = _ofrecer(nuevo_actor(ana), unidad, Facultad.TRAMITAR, unidad_id=estudio.id)
    _aceptar(jefa, dado)
    web = sesion_web(jefa)
    ruta = f"/mis-unidades/{estudio.numero}/clientes/{dado.id}"
    assert "Renunciar a este cliente" in web.get(ruta).text
    assert web.post(f"{ruta}/renuncia", data={"motivo": ""}).status_code == 422
    assert web.post(f"{ruta}/renuncia", data={"motivo": "Cierro el estudio"}).status_code == 303
    assert "Lo atienden hasta el" in web.get(ruta).text
