"""What those who only act together have, no more and no less."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from ciudadania import notificar
from ciudadania.buzon import leer as leer_aviso
from ciudadania.consultas_buzon import listar
from empresa_digital.registro import Facultad, NuevoMandato
from empresa_digital.registro.mandatos import AVISO_MANDATO, EsperaFirmas, exigir_facultad, revocar_mandato
from empresa_digital.registro.mandatos.acto import otorgar_o_proponer
from empresa_digital.registro.mandatos.errores import UltimoAdministrador
from empresa_digital.registro.mandatos.verificar import verificar_uso
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora
from tests.registro.actos.conftest import Colectiva, leer


def test_cualquiera_de_las_firmantes_lee_el_buzon(colectiva: Colectiva) -> None:
    """Reading is no act of the unit: it needs nobody else, and leaves the proof of who read."""
    with transaccion() as sesion:
        aviso = notificar(sesion, unidad_id=colectiva.unidad.id, asunto="Hola", clase=AVISO_MANDATO)
    colectiva.apoderar("eva", Facultad.VENDER)
    buzon = colectiva.apoderar("beto", Facultad.BUZON, firmas=2, grupo=nuevo_id())
    with transaccion() as sesion:
        assert [
            x.id for x in listar(sesion, colectiva.actor("eva"), CursorPedido(None, 9))[0] if x.unidad_id
        ] == []
    with transaccion() as sesion:
        lectura = leer_aviso(sesion, colectiva.actor("beto"), aviso)
        assert (lectura.persona_id, lectura.mandatos) == (colectiva.personas["beto"].id, [buzon])


@pytest.fixture
def juntas(colectiva: Colectiva) -> Colectiva:
    """Ana, Beto and Carla administer together, two of the three; Ana's ends in a month and reaches Bs 500."""
    grupo = nuevo_id()
    for quien in ("ana", "beto", "carla"):
        menos = {"monto_limite": bs(500)} if quien == "ana" else {}
        if quien == "ana":
            menos["hasta"] = _en(30)
        colectiva.mandatos[quien] = colectiva.apoderar(
            quien, Facultad.ADMINISTRAR, firmas=2, grupo=grupo, **menos
        )
    return colectiva


def _en(dias: int) -> Any:
    return ahora() + timedelta(days=dias)


def _firmado(juntas: Colectiva, primera: str, ultima: str, nuevo: NuevoMandato) -> str:
    with transaccion() as sesion:
        propuesto = otorgar_o_proponer(sesion, juntas.actor(primera), juntas.unidad.id, nuevo)
        assert isinstance(propuesto, Propuesto)
    return juntas.firmar(ultima, propuesto.id)


def test_lo_que_dan_juntas_no_pasa_de_lo_que_tiene_cada_una_que_firma(juntas: Colectiva) -> None:
    """Whoever signs last."""
    cedula = leer("SELECT ci FROM ciudadania_persona WHERE id = :p", p=juntas.personas["eva"].id)[0][0]
    para = {"cedula": cedula}
    ancho = NuevoMandato((Facultad.PAGAR,), **para)
    for primera, ultima in (("ana", "beto"), ("beto", "ana")):
        with pytest.raises(DatosInvalidos) as negado:
            _firmado(juntas, primera, ultima, ancho)
        assert set(negado.value.campos) == {"monto_limite", "hasta"}
    assert leer("SELECT count(*) FROM registro_mandato WHERE apoderado_cedula = :c", c=cedula) == [(0,)]
    justo = NuevoMandato((Facultad.PAGAR,), monto_limite=bs(500), hasta=_en(29), **para)
    assert _firmado(juntas, "ana", "carla", justo) == "ejecutado"
    ((por,),) = leer("SELECT otorgado_por FROM registro_mandato WHERE apoderado_cedula = :c", c=cedula)
    assert set(por) == {juntas.mandatos["ana"], juntas.mandatos["carla"]}
    with transaccion() as sesion:
        assert verificar_uso(sesion) == []


@pytest.mark.parametrize(("primera", "ultima"), [("beto", "carla"), ("carla", "beto")])
def test_nadie_firma_lo_que_se_da_a_si_mismo(juntas: Colectiva, primera: str, ultima: str) -> None:
    cedula = leer("SELECT ci FROM ciudadania_persona WHERE id = :p", p=juntas.personas["beto"].id)[0][0]
    with pytest.raises(DatosInvalidos, match=r"."):
        _firmado(juntas, primera, ultima, NuevoMandato((Facultad.PAGAR,), cedula=cedula))
    assert leer("SELECT count(*) FROM registro_mandato WHERE apoderado_cedula = :c", c=cedula) == [(0,)]


def test_quedan_quienes_administran_juntos_mientras_alcancen(juntas: Colectiva) -> None:
    """Two of three: while two are left the unit has who administers it, with one it has not."""
    jefa = leer(
        "SELECT id FROM registro_mandato WHERE unidad_id = :u AND apoderado_persona_id = :p",
        u=juntas.unidad.id,
        p=juntas.personas["jefa"].id,
    )[0][0]

    def renunciar(quien: str, mandato: Any) -> None:
        with transaccion() as sesion:
            revocar_mandato(sesion, juntas.actor(quien), mandato, "Me voy")

    renunciar("carla", juntas.mandatos["carla"])
    # Ana's ends in a month: she counts for today, not for who stays.
    with pytest.raises(UltimoAdministrador):
        renunciar("jefa", jefa)
    juntas.mandatos["eva"] = juntas.apoderar(
        "eva",
        Facultad.ADMINISTRAR,
        firmas=2,
        grupo=leer("SELECT grupo_firma FROM registro_mandato WHERE id = :m", m=juntas.mandatos["beto"])[0][0],
    )
    renunciar("jefa", jefa)
    with pytest.raises(UltimoAdministrador):
        renunciar("eva", juntas.mandatos["eva"])


def test_la_base_no_acepta_un_acto_con_menos_firmas_que_su_grupo(colectiva: Colectiva, bd: Any) -> None:
    """As the application's role: three of three sign, the act says two; or who may not sign proposes it."""
    grupo, otro = nuevo_id(), nuevo_id()
    for quien in ("ana", "beto", "carla"):
        colectiva.apoderar(quien, Facultad.FIRMAR, firmas=3, grupo=grupo)
    documento = f'{{"codigo":"prueba","cuerpo":{{}},"unidad":"{colectiva.unidad.id}"}}'
    meter = text(
        "INSERT INTO registro_acto (id, codigo, unidad_id, facultad, documento, huella, grupo_firma,"
        " firmas_requeridas, propuesto_por, creado_en, vence_en, estado) VALUES (gen_random_uuid(), 'prueba',"
        " :unidad, 'FIRMAR', :documento, sha256(convert_to(:documento, 'UTF8')), :grupo, :firmas, :quien,"
        " nucleo_ahora(), nucleo_ahora() + interval '1 day', 'pendiente')"
    )
    bueno = {
        "unidad": colectiva.unidad.id,
        "documento": documento,
        "grupo": grupo,
        "firmas": 3,
        "quien": colectiva.personas["ana"].id,
    }
    for cambio, dice in (
        ({"firmas": 2}, "las firmas que pide su grupo"),
        ({"grupo": otro}, "las firmas que pide su grupo"),
        ({"grupo": None, "firmas": 2}, "lo propone quien puede firmarlo"),
        ({"quien": colectiva.personas["eva"].id}, "lo propone quien puede firmarlo"),
    ):
        with pytest.raises(IntegrityError, match=dice), bd.begin() as conexion:
            conexion.execute(meter, bueno | cambio)
    with bd.begin() as conexion:
        conexion.execute(meter, bueno)
        conexion.rollback()


@pytest.mark.parametrize(
    ("mandatos", "limite"),
    [(":beto", "50000"), (":beto || :ana", "NULL"), (":beto || :ana", "50001"), (":beto || :carla", "NULL")],
)
def test_la_base_hace_un_acto_con_todos_los_que_lo_firmaron(
    colectiva: Colectiva, bd: Any, mandatos: str, limite: str
) -> None:
    """As the application's role: Ana's limit is not left aside by leaving her mandate out."""
    acto = colectiva.proponer("ana").id
    firmar = (
        "INSERT INTO registro_acto_firma SELECT acto_id, :quien, huella, CAST(:beto AS uuid), NULL,"
        " firmado_en FROM registro_acto_firma"
    )
    for quien in ("ana", "beto", "carla"):
        mandatos = mandatos.replace(f":{quien}", f"ARRAY['{colectiva.mandatos[quien]}'::uuid]")
    hacer = (
        "UPDATE registro_acto SET estado = 'ejecutado', resuelto_en = nucleo_ahora(), resuelto_por = :quien, "
        f"mandatos = {mandatos}, limite = {limite}"
    )
    datos = {"quien": colectiva.personas["beto"].id}
    with bd.connect() as conexion:
        conexion.execute(text(firmar), datos | {"beto": colectiva.mandatos["beto"]})
        with pytest.raises(DBAPIError, match="hasta el menor de sus límites"):
            conexion.execute(text(hacer), datos)
    assert (colectiva.ver(acto).estado, len(colectiva.ver(acto).firmas)) == ("pendiente", 1)


def test_el_acto_de_otro_no_da_poder(colectiva: Colectiva, sesion: Session) -> None:
    """Who says that they are doing an act is asked of its row: done now, by their signature."""
    propuesto = colectiva.proponer("beto")
    colectiva.firmar("carla", propuesto.id)
    for quien in ("beto", "carla"):
        impostor: Actor = replace(colectiva.actor(quien), acto=propuesto.id)
        with pytest.raises(EsperaFirmas):
            exigir_facultad(sesion, impostor, colectiva.unidad.id, Facultad.PAGAR)
