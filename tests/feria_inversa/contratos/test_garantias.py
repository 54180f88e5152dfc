"""What answers for an order: written down, renewed, given back, claimed, and ended by time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from ciudadania.modelos import Notificacion
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.consultas import garantias_de
from feria_inversa.contratos.errores import (
    FaltaGarantia,
    GarantiaInsuficiente,
    GarantiaNoPermite,
    OrdenEnPlazo,
    OrdenNoPermite,
)
from feria_inversa.contratos.esquemas import GarantiaEntrada
from feria_inversa.contratos.garantias import (
    anular_garantia,
    devolver_garantia,
    ejecutar_garantia,
    exigencia_de,
    registrar_garantia,
)
from feria_inversa.contratos.modelos import Garantia, OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.resolucion import resolver_orden
from feria_inversa.contratos.tareas import avisar_garantias, vencer_garantias
from feria_inversa.contratos.verificar import verificar_garantias
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.consultas import reglas_de
from feria_inversa.procesos.errores import FaltaMotivo
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.contratos.test_ejecucion import aceptada as aceptada
from tests.feria_inversa.contratos.test_ejecucion import entrega, recibe
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho

MOTIVO = "No entregó nada en su plazo."


def hoy() -> date:
    return fecha_bolivia()


def registra(feria: Feria, orden_id: UUID, id_: UUID | None = None, **mas: Any) -> Garantia:
    datos = {
        "forma": "boleta",
        "emisor": "Banco de la prueba",
        "documento": "BG-100",
        "monto": bs("1414.04"),
        "desde": hoy(),
        "hasta": hoy() + timedelta(days=60),
    }
    with transaccion() as sesion:
        entrada = GarantiaEntrada.model_validate(datos | mas)
        return registrar_garantia(sesion, feria.entidad.actor, orden_id, entrada, id_)


def estados(sesion: Session, orden_id: UUID) -> list[str]:
    sesion.rollback()
    sesion.expire_all()
    return [g.estado for g in garantias_de(sesion, orden_id)]


def confirmar(duenio: Engine, orden_id: UUID, *claves: str) -> None:
    """As if somebody had read these values in the norm before the process was born."""
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
        for clave in claves:
            conexion.execute(
                text(
                    "UPDATE feria_convocatoria SET reglas = jsonb_set(reglas,"
                    " ARRAY['valores', :clave, 'confirmado'], 'true') WHERE id = ("
                    " SELECT convocatoria_id FROM feria_orden_de_compra WHERE id = :id)"
                ),
                {"clave": clave, "id": orden_id},
            )
        conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))


def test_se_anota_y_es_publica(feria: Feria, aceptada: UUID, sesion: Session, cliente: Any) -> None:
    """7 % of Bs 20.200,60 is Bs 1.414,04; the page says it, the API and the open data too."""
    registra(feria, aceptada)
    pagina = cliente.get(f"/ordenes-de-compra/{aceptada}").text
    assert "al menos Bs\xa01.414,04 (7 % de Bs\xa020.200,60)" in pagina
    assert "al menos Bs\xa0707,02 (3,5 % de Bs\xa020.200,60)" in pagina
    assert "hasta Bs\xa04.040,12 (20 % de Bs\xa020.200,60)" in pagina
    assert "Regla por confirmar" in pagina
    assert "BG-100, Banco de la prueba" in pagina
    (suya,) = cliente.get(f"/api/v1/ordenes-de-compra/{aceptada}").json()["garantias"]
    assert (suya["numero"], suya["estado"], suya["monto"]["monto"]) == (1, "vigente", "1414.04")
    (contrato,) = lo_dicho(sesion)[-1]["contracts"]
    documento = contrato["documents"][-1]
    assert (documento["documentType"], documento["title"]) == (
        "contractGuarantees",
        "Garantía 1, de cumplimiento de contrato",
    )
    assert lo_dicho(sesion)[-1]["tag"] == ["contractUpdate"]


def test_el_mismo_envio_es_la_misma(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    id_ = nuevo_id()
    assert registra(feria, aceptada, id_).numero == registra(feria, aceptada, id_).numero == 1
    assert estados(sesion, aceptada) == ["vigente"]


def test_se_renueva_por_otra(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    registra(feria, aceptada)
    with pytest.raises(DatosInvalidos, match="no termina antes"):
        registra(feria, aceptada, renueva_a=1, hasta=hoy() + timedelta(days=59))
    with pytest.raises(DatosInvalidos, match="otra clase"):
        registra(feria, aceptada, renueva_a=1, clase="anticipo")
    registra(feria, aceptada, renueva_a=1, hasta=hoy() + timedelta(days=120))
    assert estados(sesion, aceptada) == ["renovada", "vigente"]
    with pytest.raises(GarantiaNoPermite):
        registra(feria, aceptada, renueva_a=1, hasta=hoy() + timedelta(days=150))
    assert verificar_garantias(sesion) == []


def test_la_que_renueva_empieza_cuando_le_toca(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any, bd: Engine
) -> None:
    """No day is left without one; until the new one begins the old one answers, and nobody claims the new."""
    primera = registra(feria, aceptada)
    fin = primera.hasta
    with pytest.raises(DatosInvalidos, match="quedarían días sin garantía"):
        registra(feria, aceptada, renueva_a=1, desde=fin + timedelta(days=2), hasta=fin + timedelta(days=60))
    registra(feria, aceptada, renueva_a=1, desde=fin + timedelta(days=1), hasta=fin + timedelta(days=60))
    with pytest.raises(GarantiaNoPermite, match="Ya hay otra"):
        registra(feria, aceptada, renueva_a=1, hasta=fin + timedelta(days=90))
    assert (estados(sesion, aceptada), vencer_garantias()) == (["vigente", "vigente"], 0)
    reloj.adelantar(timedelta(days=17))
    with transaccion() as otra:
        resolver_orden(otra, feria.entidad.actor, aceptada, MOTIVO)
    with transaccion() as otra, pytest.raises(GarantiaNoPermite, match="Todavía no responde"):
        ejecutar_garantia(otra, feria.entidad.actor, aceptada, 2, MOTIVO)
    cobrada = text(
        "UPDATE feria_garantia SET estado = 'ejecutada', motivo = :motivo, terminada_en = now(),"
        " terminada_por = 'x' WHERE numero = 2"
    )
    with pytest.raises(DBAPIError, match="from its first day"), bd.begin() as conexion:
        conexion.execute(cobrada, {"motivo": MOTIVO})
    with transaccion() as otra:
        ejecutar_garantia(otra, feria.entidad.actor, aceptada, 1, MOTIVO)
    assert estados(sesion, aceptada) == ["ejecutada", "vigente"]
    assert verificar_garantias(sesion) == []


def test_desde_ese_dia_la_anterior_es_renovada(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any
) -> None:
    fin = registra(feria, aceptada).hasta
    registra(feria, aceptada, renueva_a=1, desde=fin + timedelta(days=1), hasta=fin + timedelta(days=60))
    reloj.situar(reloj.ahora() + timedelta(days=46))
    assert (avisar_garantias(), vencer_garantias()) == (0, 0)
    reloj.situar(reloj.ahora() + timedelta(days=15))
    assert (vencer_garantias(), vencer_garantias()) == (1, 0)
    assert estados(sesion, aceptada) == ["renovada", "vigente"]
    assert verificar_garantias(sesion) == []


def test_lo_anotado_por_error_se_anula(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """With its public reason, while the order runs; and what it renewed is renewed by another one."""
    fin = registra(feria, aceptada).hasta
    otro_dia = {"renueva_a": 1, "desde": fin + timedelta(days=1)}
    with pytest.raises(DatosInvalidos, match="Revise el año"):
        registra(feria, aceptada, **otro_dia, hasta=date(2099, 12, 31))
    registra(feria, aceptada, **otro_dia, hasta=fin + timedelta(days=600))
    with transaccion() as otra, pytest.raises(FaltaMotivo):
        anular_garantia(otra, feria.entidad.actor, aceptada, 2, "corto")
    with transaccion() as otra:
        anular_garantia(otra, feria.entidad.actor, aceptada, 2, "Era de otra orden.")
    with transaccion() as otra, pytest.raises(GarantiaNoPermite):
        anular_garantia(otra, feria.entidad.actor, aceptada, 2, "Era de otra orden.")
    registra(feria, aceptada, **otro_dia, hasta=fin + timedelta(days=60))
    assert estados(sesion, aceptada) == ["vigente", "anulada", "vigente"]
    (contrato,) = lo_dicho(sesion)[-1]["contracts"]
    assert "Está anulada." in contrato["documents"][-2]["description"]
    assert verificar_garantias(sesion) == []


def test_la_que_todavia_no_rige_no_basta_para_aceptar(feria: Feria, reloj: Any, duenio: Engine) -> None:
    orden_id = por_aceptar(feria, reloj)
    confirmar(duenio, orden_id, "garantia_por_mil")
    registra(feria, orden_id, desde=hoy() + timedelta(days=40))
    with transaccion() as sesion, pytest.raises(FaltaGarantia):
        aceptar_orden(sesion, feria.ana.actor, orden_id)


def test_la_de_cumplimiento_espera_a_la_orden(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """Given back once all was received; claimed only of an order that was cut short."""
    registra(feria, aceptada)
    with transaccion() as otra, pytest.raises(GarantiaNoPermite, match="se recibió del todo"):
        devolver_garantia(otra, feria.entidad.actor, aceptada, 1)
    with transaccion() as otra, pytest.raises(GarantiaNoPermite, match="se resolvió por incumplimiento"):
        ejecutar_garantia(otra, feria.entidad.actor, aceptada, 1, MOTIVO)
    recibe(feria, aceptada, entrega(feria, aceptada, "40", "6"), "40", "6")
    with transaccion() as otra:
        devolver_garantia(otra, feria.entidad.actor, aceptada, 1)
    assert estados(sesion, aceptada) == ["devuelta"]


def test_se_ejecuta_de_lo_que_se_incumplio(feria: Feria, aceptada: UUID, sesion: Session, reloj: Any) -> None:
    registra(feria, aceptada)
    reloj.adelantar(timedelta(days=17))
    with transaccion() as otra:
        resolver_orden(otra, feria.entidad.actor, aceptada, MOTIVO)
    with transaccion() as otra:
        ejecutar_garantia(otra, feria.entidad.actor, aceptada, 1, MOTIVO)
    assert estados(sesion, aceptada) == ["ejecutada"]
    with pytest.raises(OrdenNoPermite):
        registra(feria, aceptada)


def test_el_tiempo_avisa_y_termina(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any, aplicacion: Any
) -> None:
    """Fifteen days before, both are told once; after its last day it answers for nothing."""
    registra(feria, aceptada)
    assert (avisar_garantias(), vencer_garantias()) == (0, 0)
    reloj.situar(reloj.ahora() + timedelta(days=46))
    assert (avisar_garantias(), avisar_garantias(), vencer_garantias()) == (1, 0, 0)
    entregar_pendientes()
    asunto = col(Notificacion.asunto)
    avisados = select(Notificacion.unidad_id).where(asunto.endswith("la garantía 1 está por vencer"))
    assert sorted(map(str, sesion.exec(avisados))) == sorted(map(str, (feria.ana.id, feria.entidad.id)))
    reloj.situar(reloj.ahora() + timedelta(days=15))
    assert (vencer_garantias(), vencer_garantias()) == (1, 0)
    assert estados(sesion, aceptada) == ["vencida"]
    with transaccion() as otra, pytest.raises(GarantiaNoPermite):
        devolver_garantia(otra, feria.entidad.actor, aceptada, 1)


def test_lo_confirmado_se_exige(feria: Feria, aceptada: UUID, duenio: Engine, sesion: Session) -> None:
    """In doubt it is shown and blocks nobody; confirmed, less than it is refused."""
    assert registra(feria, aceptada, monto=bs("1.00")).numero == 1
    with transaccion() as otra:
        anular_garantia(otra, feria.entidad.actor, aceptada, 1, "Era de otra orden.")
    confirmar(duenio, aceptada, "garantia_por_mil", "garantia_mype", "anticipo_tope", "monto_seriedad")
    with pytest.raises(GarantiaInsuficiente, match=r"al menos Bs.1\.414,04 \(7 %"):
        registra(feria, aceptada, monto=bs("1414.03"))
    with pytest.raises(GarantiaInsuficiente, match=r"al menos Bs.707,02 \(3,5 %"):
        registra(feria, aceptada, monto=bs("707.01"), mype=True)
    with pytest.raises(GarantiaInsuficiente, match=r"más de Bs.200\.000"):
        registra(feria, aceptada, clase="seriedad")
    registra(feria, aceptada, monto=bs("707.02"), mype=True)
    # What has a ceiling is the advance: the guarantee that covers it may be larger.
    registra(feria, aceptada, clase="anticipo", monto=bs("4040.13"))
    assert len(estados(sesion, aceptada)) == 3


def test_decirse_pequenio_no_es_deber_nada(feria: Feria, aceptada: UUID, duenio: Engine) -> None:
    """With the rule of all confirmed and that of small producers not, their share is owed."""
    confirmar(duenio, aceptada, "garantia_por_mil")
    with pytest.raises(GarantiaInsuficiente, match=r"al menos Bs.707,02 \(3,5 %"):
        registra(feria, aceptada, monto=bs("1.00"), mype=True)
    assert registra(feria, aceptada, monto=bs("707.02"), mype=True).numero == 1


def por_aceptar(feria: Feria, reloj: Any) -> UUID:
    """An order of Ana's, who did not answer yet."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.10"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    decisiones = [DecisionEntrada(item_id=i.id, oferta_id=de_ana) for i in feria.items(id_)]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    with transaccion() as sesion:
        (orden,) = emitir_ordenes(sesion, feria.entidad.actor, id_)
        return orden.id


def test_confirmada_se_acepta_con_ella(feria: Feria, reloj: Any, duenio: Engine) -> None:
    orden_id = por_aceptar(feria, reloj)
    confirmar(duenio, orden_id, "garantia_por_mil")
    with transaccion() as sesion, pytest.raises(FaltaGarantia):
        aceptar_orden(sesion, feria.ana.actor, orden_id)
    registra(feria, orden_id)
    # One that adds to another is not enough without it.
    registra(feria, orden_id, monto=bs("1.00"), documento="BG-101")
    with transaccion() as sesion:
        anular_garantia(sesion, feria.entidad.actor, orden_id, 1, "Era de otra orden.")
    with transaccion() as sesion, pytest.raises(FaltaGarantia):
        aceptar_orden(sesion, feria.ana.actor, orden_id)
    registra(feria, orden_id, monto=bs("1413.04"), documento="BG-102")
    with transaccion() as sesion:
        assert aceptar_orden(sesion, feria.ana.actor, orden_id).estado == "vigente"


def test_lo_que_la_entidad_no_anota_no_hace_desistir(
    feria: Feria, reloj: Any, duenio: Engine, sesion: Session, sesion_web: Any, bd: Engine
) -> None:
    """The supplier's word is enough to accept; the entity writes it down, or says that it never came."""
    orden_id = por_aceptar(feria, reloj)
    confirmar(duenio, orden_id, "garantia_por_mil")
    ana, ruta = sesion_web(feria.ana.persona), f"/ordenes-de-compra/{orden_id}"
    assert "Ya entregué a la entidad" in ana.get(ruta).text
    assert ana.post(f"{ruta}/aceptacion", data={}).status_code == 409
    assert ana.post(f"{ruta}/aceptacion", data={"garantia_entregada": "1"}).status_code == 303
    sesion.rollback()
    orden = sesion.get_one(OrdenDeCompra, orden_id)
    assert (orden.estado, orden.garantia_dicha_en) == ("vigente", orden.respondida_en)
    assert "todavía no la anotó" in ana.get(ruta).text
    registra(feria, orden_id)
    with transaccion() as otra, pytest.raises(OrdenEnPlazo):
        resolver_orden(otra, feria.entidad.actor, orden_id, MOTIVO)
    cortar = text(
        "UPDATE feria_orden_de_compra SET cortada_en = now(), cortada_por = 'x', causa = :motivo,"
        " estado = 'resuelta'"
    )
    with pytest.raises(DBAPIError, match="once it is late"), bd.begin() as conexion:
        conexion.execute(cortar, {"motivo": MOTIVO})
    with transaccion() as otra:
        anular_garantia(otra, feria.entidad.actor, orden_id, 1, "Era de otra orden.")
    with transaccion() as otra:
        assert resolver_orden(otra, feria.entidad.actor, orden_id, "Nunca la trajo.").estado == "resuelta"


def test_lo_anotado_no_necesita_palabra(feria: Feria, reloj: Any, duenio: Engine) -> None:
    orden_id = por_aceptar(feria, reloj)
    confirmar(duenio, orden_id, "garantia_por_mil")
    registra(feria, orden_id)
    with transaccion() as sesion:
        orden = aceptar_orden(sesion, feria.ana.actor, orden_id, garantia_entregada=True)
        assert (orden.estado, orden.garantia_dicha_en) == ("vigente", None)


def test_lo_que_una_regla_pide_es_exacto(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    orden = sesion.get_one(OrdenDeCompra, aceptada)
    reglas = reglas_de(sesion.get_one(Convocatoria, orden.convocatoria_id))
    pedida = exigencia_de(reglas, "cumplimiento", bs("0.50"))
    assert pedida is not None
    assert (pedida.monto, pedida.por, pedida.confirmada) == (bs("0.04"), "7", False)
    assert exigencia_de(reglas, "seriedad", bs("1.00")) is None
    assert exigencia_de(None, "cumplimiento", bs("1.00")) is None


def test_la_anota_la_entidad(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    dicho = {"forma": "boleta", "emisor": "Banco", "documento": "1", "monto": bs("1.00")}
    datos = GarantiaEntrada.model_validate(dicho | {"desde": hoy(), "hasta": hoy()})
    with transaccion() as otra, pytest.raises(Prohibido):
        registrar_garantia(otra, feria.ana.actor, aceptada, datos)
    with pytest.raises(DatosInvalidos, match="Ya terminó"):
        registra(feria, aceptada, desde=hoy() - timedelta(days=9), hasta=hoy() - timedelta(days=1))
    assert estados(sesion, aceptada) == []


@pytest.mark.parametrize(
    ("sentencia", "dice"),
    [
        ("UPDATE feria_garantia SET monto = monto * 2", "permission denied"),
        ("DELETE FROM feria_garantia", "permission denied"),
        (
            "UPDATE feria_garantia SET estado = 'vencida', terminada_en = now(), terminada_por = 'x'",
            "last day",
        ),
        (
            "UPDATE feria_garantia SET estado = 'devuelta', terminada_en = now(), terminada_por = 'x'",
            "waits for its order",
        ),
        (
            "UPDATE feria_garantia SET estado = 'renovada', terminada_en = now(), terminada_por = 'x'",
            "another guarantee",
        ),
        (
            "INSERT INTO feria_garantia SELECT gen_random_uuid(), orden_id, 2, clase, forma, emisor,"
            " documento, monto, mype, desde, date '2099-12-31', NULL, 'vigente', registrada_en,"
            " registrada_por,"
            " timestamptz '2099-12-16 04:00Z', timestamptz '2100-01-01 04:00Z' - interval '1 microsecond'"
            " FROM feria_garantia",
            "two years after its order",
        ),
        (
            "INSERT INTO feria_garantia SELECT gen_random_uuid(), orden_id, 2, clase, forma, emisor,"
            " documento, monto, mype, hasta + 2, hasta + 60, id, 'vigente', registrada_en, registrada_por,"
            " avisar_en + interval '60 days', vence_en + interval '60 days' FROM feria_garantia",
            "without a gap",
        ),
        ("UPDATE feria_garantia SET estado = 'devuelta'", "ck_feria_garantia_terminada_en|waits for"),
    ],
)
def test_la_base_no_lo_deja(feria: Feria, aceptada: UUID, bd: Engine, sentencia: str, dice: str) -> None:
    registra(feria, aceptada)
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.execute(text(sentencia))


def test_por_las_paginas(feria: Feria, aceptada: UUID, sesion_web: Any, sesion: Session) -> None:
    entidad, base = sesion_web(feria.entidad.persona), f"/ordenes-de-compra/{aceptada}"
    assert "Anotar una garantía" not in sesion_web(feria.ana.persona).get(base).text
    datos = {
        "_id": str(nuevo_id()),
        "clase": "anticipo",
        "forma": "poliza",
        "emisor": "Aseguradora de la prueba",
        "documento": "P-7",
        "monto": "4.040,12",
        "desde": hoy().isoformat(),
        "hasta": (hoy() + timedelta(days=30)).isoformat(),
    }
    malo = entidad.post(f"{base}/garantias", data=datos | {"monto": "0"})
    assert malo.status_code == 422
    for _vez in range(2):
        assert entidad.post(f"{base}/garantias", data=datos).status_code == 303
    assert "Ejecutarla" in entidad.get(base).text
    corta = entidad.post(f"{base}/garantias/1/ejecucion", data={"motivo": "corto"})
    assert (corta.status_code, "Explique el motivo" in corta.text) == (422, True)
    hecha = entidad.post(f"{base}/garantias/1/ejecucion", data={"motivo": "Gastó el anticipo en otra cosa."})
    assert hecha.status_code == 303
    assert estados(sesion, aceptada) == ["ejecutada"]
    assert "Gastó el anticipo en otra cosa." in entidad.get(base).text
    assert entidad.post(f"{base}/garantias", data=datos | {"_id": str(nuevo_id())}).status_code == 303
    mal = entidad.post(f"{base}/garantias/2/anulacion", data={"motivo": "corto"})
    assert (mal.status_code, "Explique el motivo" in mal.text) == (422, True)
    hecha = entidad.post(f"{base}/garantias/2/anulacion", data={"motivo": "Era de otra orden."})
    assert hecha.status_code == 303
    assert "Anulada: se anotó por error" in entidad.get(base).text
    assert estados(sesion, aceptada) == ["ejecutada", "anulada"]
