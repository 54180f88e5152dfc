"""An order in force that both parties change: signed by both, in its term, within what a rule allows."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import Facultad, LimiteDeMandato
from feria_inversa.contratos.consultas import lineas_de_orden, modificaciones_de
from feria_inversa.contratos.errores import (
    EntregasPendientes,
    FaltaGarantia,
    ModificacionExcesiva,
    ModificacionNoPermite,
    ModificacionPendiente,
    ModificacionTardia,
    OrdenNoPermite,
)
from feria_inversa.contratos.esquemas import LineaModificada, ModificacionEntrada
from feria_inversa.contratos.modificaciones import (
    firmar_modificacion,
    proponer_modificacion,
    rechazar_modificacion,
    retirar_modificacion,
)
from feria_inversa.contratos.tareas import vencer_modificaciones
from feria_inversa.contratos.verificar import verificar_modificaciones, verificar_ordenes
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.contratos.test_ejecucion import aceptada as aceptada
from tests.feria_inversa.contratos.test_ejecucion import entrega, orden_de, paga, recibe
from tests.feria_inversa.contratos.test_garantias import confirmar, registra
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho
from tests.feria_inversa.procesos.test_compromisos import dar, usado

MOTIVO = "Se abrió otro paralelo en la escuela."


def propone(
    feria: Feria, orden_id: UUID, *cantidades: str | None, dias: int = 0, id_: UUID | None = None
) -> int:
    lineas = [
        LineaModificada(numero=n, cantidad=Decimal(cuanto))
        for n, cuanto in enumerate(cantidades, start=1)
        if cuanto is not None
    ]
    datos = ModificacionEntrada(dias=dias, lineas=lineas, motivo=MOTIVO)
    with transaccion() as sesion:
        return proponer_modificacion(sesion, feria.entidad.actor, orden_id, datos, id_).numero


def firma(feria: Feria, orden_id: UUID, numero: int = 1) -> None:
    with transaccion() as sesion:
        firmar_modificacion(sesion, feria.ana.actor, orden_id, numero)


def estados(sesion: Session, orden_id: UUID) -> list[str]:
    sesion.rollback()
    sesion.expire_all()
    return [m.estado for m in modificaciones_de(sesion, orden_id)]


def test_rige_cuando_firman_ambos(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """44 desks instead of 40 and five days more: Bs 20.200,60 + 4 × 400; told as an amendment."""
    antes = orden_de(sesion, aceptada).entregar_hasta
    assert antes is not None
    propone(feria, aceptada, "44", dias=5)
    orden = orden_de(sesion, aceptada)
    assert (orden.total, orden.entregar_hasta) == (bs("20200.60"), antes)
    firma(feria, aceptada)
    orden = orden_de(sesion, aceptada)
    assert (orden.total, orden.entregar_hasta) == (bs("21800.60"), antes + timedelta(days=5))
    assert [(li.cantidad, li.total) for li in lineas_de_orden(sesion, aceptada)] == [
        (Decimal(44), bs("17600.00")),
        (Decimal(6), bs("4200.60")),
    ]
    dicho = lo_dicho(sesion)[-1]
    (contrato,) = dicho["contracts"]
    assert (dicho["tag"], contrato["value"]["amount"]) == (["contractAmendment"], 21800.6)
    (enmienda,) = contrato["amendments"]
    assert enmienda["rationale"] == MOTIVO
    assert enmienda["description"].startswith("Total 21800.60 BOB, entrega hasta el ")
    assert (verificar_ordenes(sesion), verificar_modificaciones(sesion)) == ([], [])


def test_lo_modificado_se_entrega_y_se_paga(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """Fewer than ordered, all of them received already: it is received, and paid to its last centavo."""
    recibe(feria, aceptada, entrega(feria, aceptada, "38", "6"), "38", "6")
    propone(feria, aceptada, "38")
    firma(feria, aceptada)
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.total, orden.recibido) == ("recibida", bs("19400.60"), bs("19400.60"))
    paga(feria, aceptada, "19400.60")
    assert orden_de(sesion, aceptada).estado == "concluida"
    assert verificar_ordenes(sesion) == []


def test_una_despues_de_otra(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    id_ = nuevo_id()
    assert propone(feria, aceptada, dias=5, id_=id_) == propone(feria, aceptada, dias=5, id_=id_) == 1
    with pytest.raises(ModificacionPendiente):
        propone(feria, aceptada, dias=3)
    with transaccion() as otra:
        rechazar_modificacion(otra, feria.ana.actor, aceptada, 1)
    assert orden_de(sesion, aceptada).total == bs("20200.60")
    with pytest.raises(ModificacionNoPermite):
        firma(feria, aceptada)
    assert propone(feria, aceptada, "41") == 2
    firma(feria, aceptada, 2)
    assert propone(feria, aceptada, "40", "7") == 3
    firma(feria, aceptada, 3)
    assert estados(sesion, aceptada) == ["rechazada", "firmada", "firmada"]
    assert orden_de(sesion, aceptada).total == bs("20900.70")
    assert (verificar_ordenes(sesion), verificar_modificaciones(sesion)) == ([], [])


def test_las_lineas_son_una_cadena(feria: Feria, aceptada: UUID, sesion: Session, duenio: Engine) -> None:
    """Each from what the one before left it, though the totals say nothing of it."""
    for numero, cuantos in ((1, "41"), (2, "42")):
        propone(feria, aceptada, cuantos)
        firma(feria, aceptada, numero)
    assert verificar_modificaciones(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_modificacion_linea DISABLE TRIGGER USER"))
        conexion.execute(
            text("UPDATE feria_modificacion_linea SET cantidad_antes = 39 WHERE cantidad_antes = 41")
        )
        conexion.execute(text("ALTER TABLE feria_modificacion_linea ENABLE TRIGGER USER"))
    numero_de_orden = orden_de(sesion, aceptada).numero
    assert verificar_modificaciones(sesion) == [
        f"la modificación 2 de la orden {numero_de_orden} no parte de lo que era su línea 1"
    ]


def test_lo_propuesto_se_retira(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """Who was wrong takes it back, while nobody signed it, and proposes another."""
    propone(feria, aceptada, "440")
    with transaccion() as otra, pytest.raises(Prohibido):
        retirar_modificacion(otra, feria.ana.actor, aceptada, 1)
    with transaccion() as otra:
        retirar_modificacion(otra, feria.entidad.actor, aceptada, 1)
    with pytest.raises(ModificacionNoPermite):
        firma(feria, aceptada)
    propone(feria, aceptada, "44")
    firma(feria, aceptada, 2)
    with transaccion() as otra, pytest.raises(ModificacionNoPermite):
        retirar_modificacion(otra, feria.entidad.actor, aceptada, 2)
    assert estados(sesion, aceptada) == ["retirada", "firmada"]
    assert orden_de(sesion, aceptada).total == bs("21800.60")


def test_lo_que_crece_usa_el_mandato(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    """Four desks more are Bs 1.600 of who proposes them, until it is not signed."""
    compradora = feria.crear_parte("Compradora Eva")
    mandato = dar(feria, compradora.persona, Facultad.COMPRAR, limite_dia=bs("1600.00"))

    def proponer(cuanto: int) -> None:
        lineas = [LineaModificada(numero=1, cantidad=Decimal(cuanto))]
        datos = ModificacionEntrada(lineas=lineas, motivo=MOTIVO)
        with transaccion() as otra:
            proponer_modificacion(otra, compradora.actor, aceptada, datos)

    with pytest.raises(LimiteDeMandato):
        proponer(45)
    proponer(44)
    assert usado(sesion, mandato)[0] == bs("1600.00")
    with transaccion() as otra:
        rechazar_modificacion(otra, feria.ana.actor, aceptada, 1)
    assert usado(sesion, mandato)[0] == bs(0)


def test_lo_que_crece_se_garantiza(feria: Feria, aceptada: UUID, duenio: Engine, sesion: Session) -> None:
    """7 % of Bs 21.800,60 once the rule is confirmed: in doubt it is only shown."""
    propone(feria, aceptada, "41")
    firma(feria, aceptada)
    confirmar(duenio, aceptada, "garantia_por_mil")
    propone(feria, aceptada, "44")
    with pytest.raises(FaltaGarantia, match=r"por Bs.1\.526,04 o más \(7 %"):
        firma(feria, aceptada, 2)
    registra(feria, aceptada, monto=bs("1526.03"))
    with pytest.raises(FaltaGarantia):
        firma(feria, aceptada, 2)
    registra(feria, aceptada, monto=bs("0.01"), documento="BG-101")  # for what grows, beside the first one
    firma(feria, aceptada, 2)
    assert orden_de(sesion, aceptada).total == bs("21800.60")


def test_firma_quien_puede_contratar(feria: Feria, aceptada: UUID, duenio: Engine) -> None:
    propone(feria, aceptada, "44")
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_habilitacion SET vigente_desde = vigente_desde + 90"
                " WHERE habilitacion = 'PROVEEDOR_DEL_ESTADO'"
            )
        )
    with pytest.raises(ProveedorNoHabilitado):
        firma(feria, aceptada)


def test_el_silencio_no_cambia_nada(feria: Feria, aceptada: UUID, sesion: Session, reloj: Any) -> None:
    propone(feria, aceptada, "44")
    reloj.adelantar(timedelta(days=12))
    with pytest.raises(ModificacionTardia):
        firma(feria, aceptada)
    assert (vencer_modificaciones(), vencer_modificaciones()) == (1, 0)
    assert estados(sesion, aceptada) == ["vencida"]
    assert orden_de(sesion, aceptada).total == bs("20200.60")


def test_lo_atrasado_no_se_modifica(feria: Feria, aceptada: UUID, sesion: Session, reloj: Any) -> None:
    """Neither proposed nor signed once the term to deliver passed: that of signing ends with it."""
    reloj.adelantar(timedelta(days=14))
    propone(feria, aceptada, dias=30)
    (propuesta,) = modificaciones_de(sesion, aceptada)
    assert propuesta.firmar_hasta == orden_de(sesion, aceptada).entregar_hasta
    reloj.adelantar(timedelta(days=2))
    with pytest.raises(ModificacionTardia, match="sigue atrasado"):
        firma(feria, aceptada)
    with pytest.raises(ModificacionTardia):
        propone(feria, aceptada, dias=30)


def test_no_quita_lo_entregado(feria: Feria, aceptada: UUID) -> None:
    propone(feria, aceptada, "30")
    numero = entrega(feria, aceptada, "35", None)
    with pytest.raises(EntregasPendientes):
        firma(feria, aceptada)
    recibe(feria, aceptada, numero, "35", None)
    with pytest.raises(OrdenNoPermite, match="Ya se entregó más"):
        firma(feria, aceptada)
    with transaccion() as sesion:
        rechazar_modificacion(sesion, feria.ana.actor, aceptada, 1)
    with pytest.raises(DatosInvalidos, match="ya se entregó más que eso"):
        propone(feria, aceptada, "34")
    with pytest.raises(DatosInvalidos, match="no admite tantos decimales"):
        propone(feria, aceptada, "40.5")
    with pytest.raises(DatosInvalidos, match="o cuántos días más"):
        propone(feria, aceptada, "40", "6")


def test_lo_confirmado_limita(feria: Feria, aceptada: UUID, duenio: Engine, cliente: Any) -> None:
    """10 % of Bs 20.200,60: in doubt it is shown, confirmed it is the most, whatever was signed before."""
    confirmar(duenio, aceptada, "modificacion_tope")
    with pytest.raises(ModificacionExcesiva, match=r"hasta Bs.2\.020,06 \(10 %"):
        propone(feria, aceptada, "46")
    propone(feria, aceptada, "45")
    firma(feria, aceptada)
    with pytest.raises(ModificacionExcesiva):
        propone(feria, aceptada, "46")


def test_cada_parte_firma_lo_suyo(feria: Feria, aceptada: UUID) -> None:
    datos = ModificacionEntrada(dias=5, motivo=MOTIVO)
    with transaccion() as sesion, pytest.raises(Prohibido):
        proponer_modificacion(sesion, feria.ana.actor, aceptada, datos)
    propone(feria, aceptada, dias=5)
    for actor in (feria.entidad.actor, feria.beto.actor):
        with transaccion() as sesion, pytest.raises(Prohibido):
            firmar_modificacion(sesion, actor, aceptada, 1)


@pytest.mark.parametrize(
    ("sentencia", "dice"),
    [
        (
            "UPDATE feria_orden_de_compra SET entregar_hasta = entregar_hasta + interval '9 days'",
            "both signed",
        ),
        ("UPDATE feria_orden_de_compra SET total = total + 1", "permission denied"),
        ("UPDATE feria_orden_linea SET cantidad = 1", "permission denied"),
        ("UPDATE feria_modificacion SET total = 1", "permission denied"),
        ("DELETE FROM feria_modificacion_linea", "permission denied"),
        (
            "UPDATE feria_modificacion SET estado = 'rechazada', respondida_en = now(), respondida_por = 'x';"
            " INSERT INTO feria_modificacion SELECT gen_random_uuid(), orden_id, 2, 'propuesta', 0,"
            " total_antes, total_antes, entregar_antes, entregar_antes, cortar_en, motivo, propuesta_en,"
            " propuesta_por, firmar_hasta FROM feria_modificacion",
            "sum of its lines",
        ),
        (
            "UPDATE feria_modificacion SET estado = 'vencida', respondida_en = now(), respondida_por = 'x'",
            "in its term",
        ),
    ],
)
def test_la_base_no_lo_deja(feria: Feria, aceptada: UUID, bd: Engine, sentencia: str, dice: str) -> None:
    propone(feria, aceptada, "44")
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.execute(text(sentencia))


def test_por_las_paginas(feria: Feria, aceptada: UUID, sesion_web: Any, sesion: Session) -> None:
    base = f"/ordenes-de-compra/{aceptada}"
    entidad, ana = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    assert "hasta Bs\xa02.020,06 (10 % de lo adjudicado)" in entidad.get(base).text
    assert "Proponer una modificación" not in ana.get(base).text
    datos = {"_id": str(nuevo_id()), "_de": "modificacion", "lineas.1.cantidad": "44", "motivo": MOTIVO}
    corta = entidad.post(f"{base}/modificaciones", data=datos | {"motivo": "corto"})
    assert (corta.status_code, 'value="44"' in corta.text) == (422, True)
    enorme = entidad.post(f"{base}/modificaciones", data=datos | {"lineas.1.cantidad": "99999999999"})
    assert (enorme.status_code, "El número es demasiado grande" in enorme.text) == (422, True)
    for cuanto in ("9999999999", "9" * 5000):
        todas = {"lineas.1.cantidad": cuanto, "lineas.2.cantidad": cuanto, "dias": "9" * 5000}
        assert entidad.post(f"{base}/modificaciones", data=datos | todas).status_code == 422
        assert entidad.post(f"{base}/modificaciones", data=datos | todas | {"dias": ""}).status_code == 422
    for _vez in range(2):
        assert entidad.post(f"{base}/modificaciones", data=datos).status_code == 303
    assert "de 40 piezas a 44 piezas" in ana.get(base).text
    assert ana.post(f"{base}/modificaciones/1/firma").status_code == 303
    assert "Firmada por ambas partes" in entidad.get(base).text
    (dicha,) = entidad.get(f"/api/v1{base}").json()["modificaciones"]
    assert (dicha["estado"], dicha["total"]["monto"], dicha["lineas"][0]["cantidad"]) == (
        "firmada",
        "21800.60",
        "44",
    )
    assert estados(sesion, aceptada) == ["firmada"]
