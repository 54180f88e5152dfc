"""An annual plan: begun, published with its number, changed by versions; what it said stays readable."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, SinFacultad, TipoUnidad
from feria_inversa.designaciones.designar import Nombramiento, designar_en_entidad
from feria_inversa.papeles import Papel, SinPapel
from feria_inversa.plan.buscar import Filtro, buscar_lineas, por_mes
from feria_inversa.plan.consultas import (
    ultimas_versiones,
    version_de,
)
from feria_inversa.plan.errores import PlanIncompleto, PlanNoEncontrado, PlanNoPermite, PlanRepetido
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.planificar import cambiar, crear, eliminar, publicar_plan
from feria_inversa.plan.tareas import terminar_planes
from feria_inversa.plan.vistas import en_frases
from feria_inversa.reglas import ModalidadNoCorresponde
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ZONA
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import (
    EN_MARZO,
    MOTIVO,
    OBRA,
    borrador,
    cambia,
    cuadra,
    entrada,
    lineas,
    publicado,
    versiones,
)


@pytest.fixture(autouse=True)
def en_marzo(reloj: Any) -> Any:
    reloj.situar(EN_MARZO)
    return reloj


def _plan(plan_id: UUID) -> Plan:
    with transaccion() as sesion:
        return sesion.get_one(Plan, plan_id)


def _textos(plan_id: UUID) -> list[str]:
    return [v.contenido for v in versiones(plan_id)]


def test_se_publica_con_su_numero_y_su_huella(feria: Feria, sesion: Session, aplicacion: Any) -> None:
    plan_id = publicado(feria)

    plan = _plan(plan_id)
    assert (plan.estado, plan.version, plan.numero) == ("publicado", 1, "PAC-1101-00-2028")
    (dicho,) = _textos(plan_id)
    with transaccion() as otra:
        assert version_de(otra, plan_id, 1).huella == hashlib.sha256(dicho.encode()).hexdigest()
    plano = json.loads(dicho, parse_float=Decimal)
    assert (plano["numero"], plano["version"], plano["motivo"]) == (plan.numero, 1, None)
    assert plano["plan"]["monto"] == Decimal("658000.00")
    assert [(x["numero"], x["modalidad"], x["mes"]) for x in plano["plan"]["lineas"]] == [
        (1, "CM", 5),
        (2, "ANPP", 8),
    ]
    entregar_pendientes()
    asuntos = select(Notificacion.asunto).where(Notificacion.unidad_id == feria.entidad.id)
    assert "Publicó el plan de contrataciones PAC-1101-00-2028" in sesion.exec(asuntos).all()
    cuadra()


def test_de_una_gestion_hay_uno(feria: Feria) -> None:
    id = nuevo_id()
    with transaccion() as sesion:
        crear(sesion, feria.entidad.actor, feria.entidad.id, 2028, [entrada()], id)
    with transaccion() as sesion:
        assert crear(sesion, feria.entidad.actor, feria.entidad.id, 2028, [OBRA], id).id == id
    assert [linea.objeto for linea in lineas(id)] == [entrada().objeto]
    with transaccion() as sesion, pytest.raises(PlanRepetido):
        crear(sesion, feria.entidad.actor, feria.entidad.id, 2028)
    for gestion in (2027, 2031):
        with transaccion() as sesion, pytest.raises(DatosInvalidos):
            crear(sesion, feria.entidad.actor, feria.entidad.id, gestion)
    borrador(feria, 2029)


def test_un_cambio_de_lo_publicado_es_una_version(feria: Feria) -> None:
    plan_id = publicado(feria)
    (primera,) = _textos(plan_id)

    assert cambia(feria, plan_id, Cambio(numero=2), Cambio(linea=entrada(objeto="Libros de texto"))) == 2
    assert cambia(feria, plan_id, Cambio(numero=1, linea=entrada(mes=6))) == 3

    assert [(x.numero, x.mes, x.version, x.retirada) for x in lineas(plan_id)] == [
        (1, 6, 3, False),
        (2, 8, 2, True),
        (3, 5, 2, False),
    ]
    una, dos, tres = _textos(plan_id)
    assert una == primera
    cambio = json.loads(dos)["cambio"]
    assert (cambio["agregadas"], cambio["quitadas"]) == ([3], [2])
    assert cambio["ahora"]["3"]["objeto"] == "Libros de texto"
    assert cambio["antes"]["2"] | {"modalidad": "ANPP", "mes": 8, "fuente": "41"} == cambio["antes"]["2"]
    assert json.loads(tres)["cambio"] == {
        "cambiadas": [1],
        "antes": {"1": {"mes": 5}},
        "ahora": {"1": {"mes": 6}},
    }
    with transaccion() as sesion:
        halladas = ultimas_versiones(sesion, plan_id, 2)
        assert [(v.version, en_frases(sesion, que)) for v, que in halladas] == [
            (3, ["Cambió 1. mes: mayo → junio"]),
            (2, ["Quitó 2. Refacción del mercado central", "Añadió 3. Libros de texto"]),
        ]
    assert [x["numero"] for x in json.loads(tres)["plan"]["lineas"]] == [1, 3]
    assert json.loads(dos)["motivo"] == MOTIVO
    cuadra()


def test_lo_que_no_cambia_no_es_una_version(feria: Feria) -> None:
    plan_id = publicado(feria)
    with pytest.raises(DatosInvalidos, match="no cambia nada"):
        cambia(feria, plan_id, Cambio(numero=1, linea=entrada()))
    assert cambia(feria, plan_id, Cambio(numero=1, linea=entrada()), Cambio(numero=2)) == 2
    assert [(x.numero, x.version) for x in lineas(plan_id)] == [(1, 1), (2, 2)]
    assert json.loads(_textos(plan_id)[1])["cambio"].keys() == {"quitadas", "antes"}
    borrado = borrador(feria, 2029)
    assert cambia(feria, borrado, Cambio(numero=1, linea=entrada()), motivo=None) == 1
    cuadra()


def test_una_linea_se_dice_una_vez_y_su_numero_no_se_acaba_en_un_error(
    feria: Feria, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = publicado(feria)
    for cambios in (
        (Cambio(linea=entrada()), Cambio(numero=3)),
        (Cambio(numero=1, linea=entrada(mes=6)), Cambio(numero=1)),
    ):
        with pytest.raises(DatosInvalidos) as dos_veces:
            cambia(feria, plan_id, *cambios)
        assert set(dos_veces.value.campos or {}) == {"cambios.1.numero"}
    monkeypatch.setattr("feria_inversa.plan.lineas.NUMERO_MAXIMO", 3)
    assert cambia(feria, plan_id, Cambio(linea=entrada())) == 2
    with pytest.raises(DatosInvalidos, match="ya numeró 3 líneas"):
        cambia(feria, plan_id, Cambio(linea=entrada()))
    assert (_plan(plan_id).version, len(lineas(plan_id))) == (2, 3)
    cuadra()


def test_dos_cambios_a_la_vez_son_dos_versiones(feria: Feria) -> None:
    plan_id, actor = publicado(feria), feria.entidad.actor
    falla = cruzar(
        lambda s: cambiar(s, actor, plan_id, [Cambio(numero=1, linea=entrada(mes=6))], MOTIVO),
        lambda s: cambiar(s, actor, plan_id, [Cambio(numero=2)], MOTIVO),
    )
    assert falla is None
    assert [(x.numero, x.mes, x.version, x.retirada) for x in lineas(plan_id)] == [
        (1, 6, 2, False),
        (2, 8, 3, True),
    ]
    assert len(_textos(plan_id)) == 3
    cuadra()


def test_lo_que_otra_persona_cambio_no_se_pisa(feria: Feria) -> None:
    for plan_id in (publicado(feria), borrador(feria, 2029)):
        actor, leida = feria.entidad.actor, _plan(plan_id).revision
        visto = [(x.numero, x.mes, x.revision) for x in lineas(plan_id)]
        cambia(feria, plan_id, Cambio(numero=1, linea=entrada(mes=6)))
        for cambio in (Cambio(numero=2), Cambio(linea=OBRA)):
            with pytest.raises(PrecondicionFallida), transaccion() as sesion:
                cambiar(sesion, actor, plan_id, [cambio], MOTIVO, revision=leida)
        with pytest.raises(PrecondicionFallida), transaccion() as sesion:
            cambiar(sesion, actor, plan_id, [Cambio(numero=1)], MOTIVO, leidas={1: visto[0][2]})
        assert [(x.numero, x.mes, x.revision) for x in lineas(plan_id)] == [(1, 6, leida + 1), visto[1]]
        with transaccion() as sesion:  # a line that nobody touched
            cambiar(sesion, actor, plan_id, [Cambio(numero=2)], MOTIVO, leidas={2: visto[1][2]})
        with transaccion() as sesion:
            cambiar(sesion, actor, plan_id, [Cambio(linea=OBRA)], MOTIVO, revision=leida + 2)
    with pytest.raises(PrecondicionFallida), transaccion() as sesion:
        publicar_plan(sesion, actor, plan_id, leida)
    with pytest.raises(PrecondicionFallida), transaccion() as sesion:
        eliminar(sesion, actor, plan_id, leida)
    assert (_plan(plan_id).estado, _plan(plan_id).revision) == ("borrador", leida + 3)
    with transaccion() as sesion:
        publicar_plan(sesion, actor, plan_id, leida + 3)
    cuadra()


def test_el_numero_que_se_da_otra_vez_en_un_borrador_no_es_la_linea_que_se_leyo(feria: Feria) -> None:
    plan_id = borrador(feria)
    leida = lineas(plan_id)[1].revision
    cambia(feria, plan_id, Cambio(numero=2), Cambio(linea=entrada(objeto="Otra con su número")), motivo=None)
    with pytest.raises(PrecondicionFallida), transaccion() as sesion:
        cambiar(sesion, feria.entidad.actor, plan_id, [Cambio(numero=2)], leidas={2: leida})
    assert [x.objeto for x in lineas(plan_id)] == [entrada().objeto, "Otra con su número"]


def test_lo_que_no_va_al_empezar_un_plan_se_nombra_como_se_envio(feria: Feria) -> None:
    mala = entrada(monto={"monto": "0", "moneda": "BOB"})
    with transaccion() as sesion, pytest.raises(DatosInvalidos) as negado:
        crear(sesion, feria.entidad.actor, feria.entidad.id, 2028, [OBRA, mala])
    assert set(negado.value.campos or {}) == {"lineas.1.monto"}


@pytest.mark.parametrize("motivo", [None, "  ", "Corto"])
def test_lo_publicado_no_cambia_sin_motivo(feria: Feria, motivo: str | None) -> None:
    plan_id = publicado(feria)
    with pytest.raises(DatosInvalidos) as negado:
        cambia(feria, plan_id, Cambio(numero=1), motivo=motivo)
    assert set(negado.value.campos or {}) == {"motivo"}
    assert (_plan(plan_id).version, len(_textos(plan_id))) == (1, 1)


def test_lo_que_no_puede_ser_dice_donde_y_no_cambia_nada(feria: Feria) -> None:
    plan_id = publicado(feria)
    bien = Cambio(linea=entrada())
    cara = {"monto": "60000.00", "moneda": "BOB"}
    with pytest.raises(ModalidadNoCorresponde) as negada:
        cambia(feria, plan_id, bien, Cambio(numero=1, linea=entrada(monto=cara, modalidad="CM")))
    assert set(negada.value.campos or {}) == {"cambios.1.linea.modalidad"}
    with pytest.raises(DatosInvalidos) as cero:
        cambia(feria, plan_id, Cambio(linea=entrada(monto={"monto": "0", "moneda": "BOB"})))
    assert set(cero.value.campos or {}) == {"cambios.0.linea.monto"}
    with pytest.raises(DatosInvalidos) as ajena:
        cambia(feria, plan_id, bien, Cambio(numero=9))
    assert set(ajena.value.campos or {}) == {"cambios.1.numero"}
    assert (_plan(plan_id).version, len(lineas(plan_id))) == (1, 2)


def test_un_borrador_solo_lo_ve_y_lo_tira_su_entidad(feria: Feria) -> None:
    plan_id = borrador(feria)
    with transaccion() as sesion, pytest.raises(PlanNoEncontrado):
        publicar_plan(sesion, feria.ana.actor, plan_id)
    cambia(feria, plan_id, Cambio(numero=1), Cambio(numero=2), motivo=None)
    assert lineas(plan_id) == []
    with transaccion() as sesion, pytest.raises(PlanIncompleto):
        publicar_plan(sesion, feria.entidad.actor, plan_id)
    with transaccion() as sesion:
        eliminar(sesion, feria.entidad.actor, plan_id)
    publico = publicado(feria)
    with transaccion() as sesion, pytest.raises(PlanNoPermite):
        eliminar(sesion, feria.entidad.actor, publico)
    with transaccion() as sesion, pytest.raises(SinFacultad):
        cambiar(sesion, feria.ana.actor, publico, [Cambio(numero=1)], MOTIVO)


def test_lo_publica_quien_tiene_el_papel(
    feria: Feria, crear_persona: Callable[..., Any], actor_de: Callable[..., Any]
) -> None:
    mae = crear_persona("Mae")
    feria.mandato(feria.entidad.id, mae, Facultad.ADMINISTRAR)
    plan_id = borrador(feria)
    with transaccion() as sesion:
        dado = Nombramiento(papel=Papel.MAE, persona_id=mae.id, documento="Acta de posesión 1")
        designar_en_entidad(sesion, actor_de(mae), feria.entidad.id, dado)
    with transaccion() as sesion, pytest.raises(SinPapel):
        publicar_plan(sesion, feria.entidad.actor, plan_id)
    with transaccion() as sesion:
        publicar_plan(sesion, actor_de(mae), plan_id)
    with pytest.raises(SinPapel):
        cambia(feria, plan_id, Cambio(numero=1))
    assert _plan(plan_id).version == 1


def test_termina_con_su_gestion(feria: Feria, en_marzo: Any) -> None:
    plan_id, siguiente = publicado(feria), publicado(feria, 2029)
    en_marzo.situar(datetime(2028, 12, 31, 23, 59, 59, tzinfo=ZONA))
    assert terminar_planes() == 0
    en_marzo.situar(datetime(2029, 1, 1, tzinfo=ZONA))
    assert (_plan(plan_id).estado, _plan(plan_id).texto) == ("publicado", "Terminó con su gestión")
    with pytest.raises(PlanNoPermite):  # no sweep has run
        cambia(feria, plan_id, Cambio(numero=1))
    assert terminar_planes() == 1
    assert terminar_planes() == 0
    assert [_plan(p).estado for p in (plan_id, siguiente)] == ["terminado", "publicado"]
    with pytest.raises(PlanNoPermite):
        cambia(feria, plan_id, Cambio(numero=1))
    cuadra()


def test_se_busca_en_lo_planificado(feria: Feria) -> None:
    publicado(feria)
    borrador(feria, 2029)

    def halla(**mas: Any) -> list[int]:
        with transaccion() as sesion:
            filtro = Filtro(**({"gestion": 2028} | mas))
            return [linea.numero for linea in buscar_lineas(sesion, filtro, CursorPedido(None, 20))[0]]

    assert halla() == [1, 2]
    assert halla(q="pupitre") == [1]
    assert halla(mes=8, categoria="obras", modalidad="ANPP", departamento="01") == [2]
    assert halla(familia="5612") == [1]
    assert halla(departamento="02") == halla(gestion=2029) == halla(q="camioneta") == []
    with transaccion() as sesion:
        del_anio = [(5, 1, bs("18000.00")), (8, 1, bs("640000.00"))]
        for filtro in (Filtro(2028), Filtro(2028, departamento="01", unidad_id=feria.entidad.id)):
            assert [(m.mes, m.lineas, m.monto) for m in por_mes(sesion, filtro) or ()] == del_anio
        assert por_mes(sesion, Filtro(2028, departamento="02")) == por_mes(sesion, Filtro(2029)) == []
        obras = por_mes(sesion, Filtro(2028, categoria="obras")) or []
        assert [(m.mes, m.lineas, m.monto) for m in obras] == del_anio[1:]


def test_de_mas_de_quinientas_no_se_cuenta_y_lo_quitado_no_suma(feria: Feria) -> None:
    plan_id = publicado(feria, lineas=[entrada(mes=n % 12 + 1, objeto=f"Pupitre {n}") for n in range(502)])
    with transaccion() as sesion:
        assert por_mes(sesion, Filtro(2028, q="pupitre")) is None
        assert sum(m.lineas for m in por_mes(sesion, Filtro(2028)) or ()) == 502
    cambia(feria, plan_id, Cambio(numero=1), Cambio(numero=2), Cambio(numero=3, linea=entrada(mes=12)))
    with transaccion() as sesion:
        pupitres = por_mes(sesion, Filtro(2028, q="pupitre")) or []
        assert sum(m.lineas for m in pupitres) == 500
        del_anio = por_mes(sesion, Filtro(2028)) or []
        assert [(m.lineas, m.monto) for m in del_anio if m.mes == 12] == [(42, bs("18000") * 42)]
        assert [(m.mes, m.lineas) for m in del_anio] == [(m.mes, m.lineas) for m in pupitres]
    cuadra()


def test_cuanto_y_donde(feria: Feria) -> None:
    uyuni = {"cantidad": "40", "unidad_medida": "PZAS.", "municipio_ine": "051201"}
    plan_id = publicado(feria, lineas=[entrada(**uyuni), entrada()])
    una, otra = lineas(plan_id)
    assert (una.cantidad, una.unidad_medida, una.municipio_ine) == (Decimal(40), "pieza", "051201")
    assert (otra.cantidad, otra.unidad_medida, otra.municipio_ine) == (None, None, None)
    dichas = json.loads(_textos(plan_id)[0])["plan"]["lineas"]
    assert [dicha.get("cantidad") for dicha in dichas] == [40, None]
    assert "municipio_ine" not in dichas[1]
    with transaccion() as sesion:

        def en(departamento: str) -> list[int]:
            filtro = Filtro(2028, departamento=departamento)
            return [x.numero for x in buscar_lineas(sesion, filtro, CursorPedido(None, 20))[0]]

        assert (en("05"), en("01"), en("02")) == ([1], [2], [])
    cambia(
        feria, plan_id, Cambio(numero=1, linea=entrada(**uyuni | {"cantidad": "12.5", "unidad_medida": "kg"}))
    )
    with transaccion() as sesion:
        ((_version, que),) = ultimas_versiones(sesion, plan_id, 1)
        assert en_frases(sesion, que) == [
            "Cambió 1. cantidad: 40 → 12,5; unidad de medida: pieza → kilogramo"
        ]
    cuadra()


@pytest.mark.parametrize(
    ("mal", "campo"),
    [
        ({"cantidad": "40"}, "unidad_medida"),
        ({"unidad_medida": "pieza"}, "cantidad"),
        ({"cantidad": "1.5", "unidad_medida": "pieza"}, "cantidad"),
        ({"municipio_ine": "999999"}, "municipio_ine"),
    ],
)
def test_ni_media_pieza_ni_un_municipio_que_no_hay(feria: Feria, mal: dict[str, str], campo: str) -> None:
    plan_id = borrador(feria)
    with pytest.raises(DatosInvalidos) as negado:
        cambia(feria, plan_id, Cambio(linea=entrada(**mal)))
    assert set(negado.value.campos or {}) == {f"cambios.0.linea.{campo}"}
    assert len(lineas(plan_id)) == 2


PUBLICAR_SIN_TEXTO = (
    "UPDATE feria_plan SET estado = 'publicado', numero = 'PAC-1', publicado_en = nucleo_ahora(),"
    " revision = revision + 1 WHERE estado = 'borrador'"
)


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_plan SET version = version + 1, revision = revision + 1 WHERE estado = 'publicado'",
        "UPDATE feria_plan SET version = version + 1 WHERE estado = 'publicado'",
        "UPDATE feria_plan SET revision = 1 WHERE estado = 'borrador'",
        "UPDATE feria_plan_linea SET mes = 7 WHERE gestion = 2029",
        "UPDATE feria_plan_linea SET mes = 7, revision = revision + 1 WHERE gestion = 2029",
        PUBLICAR_SIN_TEXTO,
        "UPDATE feria_plan SET estado = 'terminado', terminado_en = nucleo_ahora(), revision = revision + 1"
        " WHERE estado = 'publicado'",
        "UPDATE feria_plan SET numero = 'PAC-OTRO' WHERE estado = 'publicado'",
        "UPDATE feria_plan SET gestion = 2030",
        "DELETE FROM feria_plan WHERE estado = 'publicado'",
        "UPDATE feria_plan_linea SET monto = 1 WHERE gestion = 2028",
        "UPDATE feria_plan_linea SET retirada = true WHERE gestion = 2029",
        "DELETE FROM feria_plan_linea WHERE gestion = 2028",
        "INSERT INTO feria_plan_linea SELECT gen_random_uuid(), plan_id, gestion, 9, objeto, categoria,"
        " modalidad_id, mes, monto, partida, fuente, organismo, familia, version, retirada"
        " FROM feria_plan_linea WHERE gestion = 2028 AND numero = 1",
        "UPDATE feria_plan_version SET contenido = '{}'",
        "DELETE FROM feria_plan_version",
        "UPDATE feria_plan_linea SET publica = true WHERE gestion = 2029",
        "INSERT INTO feria_plan_version SELECT plan_id, 2, contenido, huella, 'Porque sí, diez letras',"
        " hecha_en, hecha_por, mandato_id FROM feria_plan_version",
    ],
)
@pytest.mark.parametrize("quien", ["aplicación", "dueño"])
def test_la_base_no_lo_deja(sentencia: str, quien: str, feria: Feria, bd: Engine, duenio: Engine) -> None:
    publicado(feria)
    borrador(feria, 2029)
    motor, niegan = (bd, {"23001", "42501"}) if quien == "aplicación" else (duenio, {"23001"})
    with pytest.raises(DBAPIError) as negada, motor.begin() as conexion:
        conexion.execute(text(sentencia))
    assert getattr(negada.value.orig, "sqlstate", None) in niegan
    cuadra()


def test_otra_entidad_no_lo_toca(feria: Feria) -> None:
    plan_id = borrador(feria)
    otra = feria.crear_parte("Municipio Ajeno", TipoUnidad.ENTIDAD_PUBLICA, (Facultad.COMPRAR,))
    with transaccion() as sesion, pytest.raises(PlanNoEncontrado):
        cambiar(sesion, otra.actor, plan_id, [Cambio(numero=1)])
    with transaccion() as sesion, pytest.raises(SinFacultad):
        crear(sesion, otra.actor, feria.entidad.id, 2029)
