"""An order in force: delivered, received by line, in total or in part, paid and ended; with exact values."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.consultas import lineas_de_orden
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.errores import (
    ComprobanteRepetido,
    EntregaNoPermite,
    EntregasPendientes,
    OrdenEnPlazo,
    OrdenNoPermite,
    PagoDeMas,
    RecepcionTardia,
)
from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, PagoEntrada, RecepcionEntrada
from feria_inversa.contratos.modelos import Entrega, OrdenDeCompra, PagoDeOrden
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.resolucion import resolver_orden
from feria_inversa.contratos.tareas import abandonar_ordenes, recibir_entregas
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.errores import FaltaMotivo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from pagos import FondosInsuficientes, cuenta_de_unidad, saldo
from tests.ayudas.formularios import como_se_pinta
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import etiquetas, lo_dicho

MOTIVO = "Tres pupitres llegaron rotos."


@pytest.fixture
def aceptada(feria: Feria, reloj: Any) -> UUID:
    """Ana's order: 40 desks at Bs 400 and 6 boards at Bs 700,10, to be delivered in 15 days."""
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
    with transaccion() as sesion:
        aceptar_orden(sesion, feria.ana.actor, orden.id)
    return orden.id


def lineas(*cantidades: str | None) -> list[LineaDeEntrega]:
    return [
        LineaDeEntrega(numero=n, cantidad=Decimal(cuanto))
        for n, cuanto in enumerate(cantidades, start=1)
        if cuanto is not None
    ]


def entrega(feria: Feria, orden_id: UUID, *cantidades: str | None) -> int:
    with transaccion() as sesion:
        dicho = EntregaEntrada(lineas=lineas(*cantidades))
        return entregar(sesion, feria.ana.actor, orden_id, dicho).numero


def recibe(feria: Feria, orden_id: UUID, numero: int, *cantidades: str | None, **mas: Any) -> None:
    with transaccion() as sesion:
        dicho = RecepcionEntrada(lineas=lineas(*cantidades), **mas)
        recibir(sesion, feria.entidad.actor, orden_id, numero, dicho)


def paga(feria: Feria, orden_id: UUID, monto: str, **como: Any) -> None:
    c31: dict[str, Any] = {"medio": "c31", "comprobante": "2026-1101-44", "fecha": fecha_bolivia()}
    with transaccion() as sesion:
        dicho = PagoEntrada(monto=bs(monto), **(como or c31))
        pagar(sesion, feria.entidad.actor, orden_id, dicho)


def orden_de(sesion: Session, orden_id: UUID) -> OrdenDeCompra:
    sesion.rollback()
    sesion.expire_all()
    return sesion.get_one(OrdenDeCompra, orden_id)


def test_por_partes_hasta_el_final(feria: Feria, aceptada: UUID, sesion: Session, aplicacion: Any) -> None:
    """Two deliveries, of the first one three desks sent back; two payments; it ends with the last centavo."""
    assert entrega(feria, aceptada, "20", "6") == 1
    with pytest.raises(FaltaMotivo):
        recibe(feria, aceptada, 1, "17", "6")
    recibe(feria, aceptada, 1, "17", "6", motivo=MOTIVO)
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.recibido, orden.multa) == ("vigente", bs("11000.60"), bs(0))
    assert [(li.entregada, li.recibida) for li in lineas_de_orden(sesion, aceptada)] == [(17, 17), (6, 6)]
    with pytest.raises(EntregaNoPermite):
        recibe(feria, aceptada, 1)
    with pytest.raises(PagoDeMas, match=r"falta pagar Bs.11\.000,60"):
        paga(feria, aceptada, "11000.61")
    ayer, pasado = (fecha_bolivia() + timedelta(days=n) for n in (-1, 2))
    for fecha in (ayer, pasado):  # what was paid before it came, or is not paid yet
        with pytest.raises(DatosInvalidos, match="en que se recibió lo primero, hasta hoy"):
            paga(feria, aceptada, "1", medio="c31", comprobante="44", fecha=fecha)
    paga(feria, aceptada, "11000.60")

    assert entrega(feria, aceptada, "23") == 2
    recibe(feria, aceptada, 2)
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.recibido, orden.pagado) == ("recibida", orden.total, bs("11000.60"))
    assert orden.total == bs("20200.60")
    assert orden.pagar_hasta is not None
    paga(feria, aceptada, "9200.00")
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.pagado) == ("concluida", bs("20200.60"))
    with pytest.raises(OrdenNoPermite):
        paga(feria, aceptada, "0.01")
    with pytest.raises(OrdenNoPermite):
        entrega(feria, aceptada, "1")
    assert verificar_ordenes(sesion) == []
    assert etiquetas(sesion)[-5:] == [["contractUpdate"], ["implementation"], *[["implementationUpdate"]] * 3]
    (contrato,) = lo_dicho(sesion)[-1]["contracts"]
    assert contrato["status"] == "terminated"
    hecho = contrato["implementation"]
    assert [(m["status"], m["description"]) for m in hecho["milestones"]] == [
        ("partiallyMet", f"Recibido por 11000.60 BOB. {MOTIVO}"),
        ("met", "Recibido por 9200.00 BOB."),
    ]
    assert [t["value"]["amount"] for t in hecho["transactions"]] == [11000.60, 9200.00]
    sesion.rollback()
    entregar_pendientes()
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u ORDER BY id")
    dichos = sesion.connection().execute(asuntos, {"u": feria.ana.id}).scalars().all()
    assert f"Orden de compra {orden.numero}: pago de Bs\u00a09.200,00" in dichos


@pytest.mark.parametrize(
    ("cantidades", "falta"),
    [
        (("41",), "más de lo que queda"),
        (("1.5",), "no admite tantos decimales"),
        ((None, None, "1"), "una sola vez"),
        (("0",), "al menos un ítem"),
    ],
)
def test_no_se_entrega_lo_que_no_se_pidio(
    cantidades: tuple[str | None, ...], falta: str, feria: Feria, aceptada: UUID, sesion: Session
) -> None:
    with pytest.raises(DatosInvalidos, match=falta):
        entrega(feria, aceptada, *cantidades)
    assert sesion.exec(select(Entrega)).all() == []


def test_lo_devuelto_se_entrega_de_nuevo(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    entrega(feria, aceptada, "40", "6")
    with pytest.raises(DatosInvalidos):
        entrega(feria, aceptada, "1")
    recibe(feria, aceptada, 1, "0", "0", motivo=MOTIVO)
    assert sesion.exec(select(Entrega.estado)).one() == "devuelta"
    assert orden_de(sesion, aceptada).recibido == bs(0)
    entrega(feria, aceptada, "40", "6")
    recibe(feria, aceptada, 2)
    assert orden_de(sesion, aceptada).estado == "recibida"
    assert verificar_ordenes(sesion) == []


def test_el_silencio_recibe_todo(feria: Feria, aceptada: UUID, sesion: Session, reloj: Any) -> None:
    entrega(feria, aceptada, "40", "6")
    hasta = sesion.exec(select(Entrega.recibir_hasta)).one()
    sesion.rollback()
    reloj.situar(hasta - timedelta(minutes=5))
    assert recibir_entregas() == 0
    reloj.situar(hasta)
    with pytest.raises(RecepcionTardia):
        recibe(feria, aceptada, 1, "0", "0", motivo=MOTIVO)
    assert (recibir_entregas(), recibir_entregas()) == (1, 0)
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.recibido, orden.multa) == ("recibida", bs("20200.60"), bs(0))
    assert sesion.exec(select(Entrega.tacita)).one() is True
    (hito,) = lo_dicho(sesion)[-1]["contracts"][0]["implementation"]["milestones"]
    assert "Nadie objetó" in hito["description"]


def _confirmar_la_multa(duenio: Engine, por_mil: int = 10) -> None:
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE feria_convocatoria SET reglas = jsonb_set(jsonb_set(jsonb_set(reglas, "
                "'{valores,multa_por_mil,confirmado}', 'true'), '{valores,multa_por_mil,valor}', "
                "to_jsonb(CAST(:por_mil AS integer))), '{valores,multa_tope,confirmado}', 'true')"
            ),
            {"por_mil": por_mil},
        )
        conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))


def test_la_multa_es_aritmetica(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any, duenio: Engine
) -> None:
    """Ten per mil a day of what came late, never more than that is worth nor than a fifth of the order."""
    _confirmar_la_multa(duenio)
    entrega(feria, aceptada, None, "6")
    recibe(feria, aceptada, 1)
    hasta = orden_de(sesion, aceptada).entregar_hasta
    assert hasta is not None
    reloj.situar(hasta + timedelta(days=2, hours=12))
    entrega(feria, aceptada, "39")
    recibe(feria, aceptada, 2)
    orden = orden_de(sesion, aceptada)
    assert (orden.multa, orden.recibido) == (bs("468.00"), bs("19800.60"))  # 15.600 × 10 ‰ × 3
    with pytest.raises(PagoDeMas):
        paga(feria, aceptada, "19332.61")
    paga(feria, aceptada, "19332.60")
    _confirmar_la_multa(duenio, por_mil=500)
    entrega(feria, aceptada, "1")
    recibe(feria, aceptada, 3)
    orden = orden_de(sesion, aceptada)
    # What came last, three days late, costs all that it is worth: the order ends with nothing owed.
    assert (orden.multa, orden.estado) == (bs("868.00"), "concluida")
    assert verificar_ordenes(sesion) == []


def test_una_regla_por_confirmar_avisa_y_decide_la_entidad(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any, sesion_web: Any
) -> None:
    hasta = orden_de(sesion, aceptada).entregar_hasta
    assert hasta is not None
    reloj.situar(hasta + timedelta(hours=12))
    entidad = sesion_web(feria.entidad.persona)
    atrasada = entidad.get(f"/ordenes-de-compra/{aceptada}").text
    assert "Lleva 1 día de atraso." in atrasada
    assert "la multa puede ser de Bs\u00a0202,01 (regla por confirmar)" in atrasada  # 20.200,60 × 10 ‰
    assert "Entrega atrasada: era hasta el" in entidad.get("/ordenes-de-compra").text
    assert "/ordenes-de-compra" in entidad.get("/compras").text
    entrega(feria, aceptada, "20")
    assert "Aplicar la multa de Bs\u00a080,00" in entidad.get(f"/ordenes-de-compra/{aceptada}").text
    recibe(feria, aceptada, 1)
    assert orden_de(sesion, aceptada).multa == bs(0)
    entrega(feria, aceptada, "20")
    recibe(feria, aceptada, 2, multar=True)
    assert orden_de(sesion, aceptada).multa == bs("80.00")
    assert "Falta pagar Bs\u00a015.920,00" in entidad.get("/ordenes-de-compra").text


def test_se_resuelve_lo_atrasado(feria: Feria, aceptada: UUID, sesion: Session, reloj: Any) -> None:
    """Not in its term nor with a delivery to answer; what was received is owed."""
    entrega(feria, aceptada, "10")
    motivo = "No entregó lo que faltaba en su plazo."

    def resuelve() -> None:
        with transaccion() as otra:
            resolver_orden(otra, feria.entidad.actor, aceptada, motivo)

    with pytest.raises(OrdenEnPlazo):
        resuelve()
    recibe(feria, aceptada, 1)
    hasta = orden_de(sesion, aceptada).entregar_hasta
    assert hasta is not None
    reloj.situar(hasta + timedelta(hours=12))
    entrega(feria, aceptada, "1")
    with pytest.raises(EntregasPendientes):
        resuelve()
    recibe(feria, aceptada, 2, "0", motivo=MOTIVO)
    resuelve()
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.recibido, orden.causa) == ("recibida", bs("4000.00"), motivo)
    ahora = lo_dicho(sesion)[-1]
    assert (ahora["tag"], ahora["contracts"][0]["status"]) == (["contractTermination"], "terminated")
    paga(feria, aceptada, "4000.00")
    assert orden_de(sesion, aceptada).estado == "concluida"
    assert verificar_ordenes(sesion) == []


def test_el_tiempo_solo_termina_lo_que_nadie_termina(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any
) -> None:
    cuando = orden_de(sesion, aceptada).cortar_en
    assert cuando is not None
    reloj.situar(cuando - timedelta(minutes=5))
    assert abandonar_ordenes() == 0
    reloj.situar(cuando)
    with pytest.raises(OrdenNoPermite, match="su plazo terminó"):  # also if no sweep has run
        entrega(feria, aceptada, "40", "6")
    assert (abandonar_ordenes(), abandonar_ordenes()) == (1, 0)
    orden = orden_de(sesion, aceptada)
    assert (orden.estado, orden.recibido) == ("resuelta", bs(0))
    assert lo_dicho(sesion)[-1]["contracts"][0]["status"] == "terminated"


def test_se_paga_del_libro(feria: Feria, aceptada: UUID, sesion: Session, con_saldo: Any) -> None:
    """The money moves with the act, once, from an account of the entity."""
    entrega(feria, aceptada, "40", "6")
    recibe(feria, aceptada, 1)
    with transaccion() as otra:
        de, a = cuenta_de_unidad(otra, feria.entidad.id), cuenta_de_unidad(otra, feria.ana.id)
        ajena = cuenta_de_unidad(otra, feria.beto.id)
    with pytest.raises(FondosInsuficientes):
        paga(feria, aceptada, "100.00", medio="libro", cuenta_id=de)
    assert orden_de(sesion, aceptada).pagado == bs(0)
    assert con_saldo(feria.entidad, "500.00") == de
    id_ = nuevo_id()
    for _vez in range(2):
        with transaccion() as otra:
            dicho = PagoEntrada(monto=bs("100.00"), medio="libro", cuenta_id=de)
            pagar(otra, feria.entidad.actor, aceptada, dicho, id_)
    assert orden_de(sesion, aceptada).pagado == bs("100.00")
    assert (saldo(sesion, de), saldo(sesion, a)) == (bs("400.00"), bs("100.00"))
    sesion.rollback()
    with pytest.raises(Prohibido):
        paga(feria, aceptada, "1.00", medio="libro", cuenta_id=ajena)


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_orden_linea SET recibida = 1", "permission denied"),
        ("UPDATE feria_orden_de_compra SET recibido = total", "permission denied"),
        (
            "INSERT INTO feria_pago SELECT gen_random_uuid(), id, 1, 1, 'c31', NULL, 'x', "
            "(nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date, nucleo_ahora(), 'x' "
            "FROM feria_orden_de_compra",
            "ck_feria_orden_de_compra_pagado",
        ),
        (
            "INSERT INTO feria_entrega_linea SELECT e.id, l.id, l.orden_id, 41, NULL FROM feria_entrega e "
            "JOIN feria_orden_linea l ON l.orden_id = e.orden_id WHERE l.numero = 1",
            "ck_feria_orden_linea_entregada",
        ),
        (
            "UPDATE feria_orden_de_compra SET estado = 'recibida', recibida_en = now(), pagar_hasta = now()",
            "ck_feria_orden_de_compra_recibida_en|answered first",
        ),
        (
            "UPDATE feria_orden_de_compra SET cortada_en = now(), cortada_por = 'x', causa = 'porque sí, sí'",
            "cut short once it is late",
        ),
        (
            "UPDATE feria_entrega SET estado = 'recibida', respondida_en = now(), respondida_por = 'x', "
            "tacita = true, valor = 1, dias_atraso = 0, por_mil = 0, multa = 0",
            "answered in its term",
        ),
        (
            "UPDATE feria_entrega SET estado = 'recibida', respondida_en = now(), respondida_por = 'x', "
            "tacita = false, valor = 1, dias_atraso = 0, por_mil = 0, multa = 0",
            "line by line",
        ),
    ],
)
def test_la_aplicacion_no_puede(
    sentencia: str, falta: str, feria: Feria, aceptada: UUID, sesion: Session
) -> None:
    """With its role, whatever it writes: nothing received that was not ordered, nothing paid not received."""
    entrega(feria, aceptada, None, "2")
    with pytest.raises(Exception, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


@pytest.mark.parametrize(("dias", "falta"), [(-1, "no day before"), (1, "ck_feria_pago_fecha")])
def test_la_base_no_toma_un_c31_de_otro_dia(
    dias: int, falta: str, feria: Feria, aceptada: UUID, reloj: Any, sesion: Session
) -> None:
    """Neither before the day on which something arrived nor to come; of that day, it does."""
    reloj.adelantar(timedelta(days=2))
    entrega(feria, aceptada, "40")
    recibe(feria, aceptada, 1)
    escribe = text(
        "INSERT INTO feria_pago SELECT gen_random_uuid(), id, 1, 1, 'c31', NULL, 'x', "
        "(nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date + CAST(:dias AS int), nucleo_ahora(), 'x' "
        "FROM feria_orden_de_compra"
    )
    with pytest.raises(IntegrityError, match=falta):
        sesion.connection().execute(escribe, {"dias": dias})
    sesion.rollback()
    assert sesion.connection().execute(escribe, {"dias": 0}).rowcount == 1
    sesion.rollback()


def test_el_mismo_c31_en_dos_ordenes_se_pregunta(
    feria: Feria, reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    """However it is written; said that it pays both it is taken, and who is paid is told."""
    id_ = feria.publicada().id
    ofertas = [feria.ofertar(quien, id_, ["400.00", "700.00"]) for quien in (feria.ana, feria.beto)]
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as s:
        abrir_convocatoria(s, feria.entidad.actor, id_)
    pares = zip(feria.items(id_), ofertas, strict=True)
    motivo = "Se reparte entre dos talleres."
    decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta, motivo=motivo) for i, oferta in pares]
    with transaccion() as s:
        adjudicar(s, feria.entidad.actor, id_, decisiones)
    with transaccion() as s:
        emitidas = {orden.proveedor_id: orden.id for orden in emitir_ordenes(s, feria.entidad.actor, id_)}
    for n, quien in enumerate((feria.ana, feria.beto), start=1):
        with transaccion() as s:
            aceptar_orden(s, quien.actor, emitidas[quien.id])
        with transaccion() as s:
            suyas = [LineaDeEntrega(numero=n, cantidad=Decimal(5))]
            entregar(s, quien.actor, emitidas[quien.id], EntregaEntrada(lineas=suyas))
        recibe(feria, emitidas[quien.id], 1)
    de_ana, de_beto = emitidas[feria.ana.id], emitidas[feria.beto.id]
    como: dict[str, Any] = {"medio": "c31", "fecha": fecha_bolivia()}
    paga(feria, de_ana, "10.00", comprobante="C-31 044", **como)
    paga(feria, de_ana, "10.00", comprobante="44", **como)  # of the same order, in parts
    with pytest.raises(
        ComprobanteRepetido, match=f"ya se anotó en {orden_de(sesion, de_ana).numero}: corrija"
    ):
        paga(feria, de_beto, "10.00", comprobante="44", **como)
    assert orden_de(sesion, de_beto).pagado == bs(0)
    paga(feria, de_beto, "10.00", comprobante="44", repetido=True, **como)
    assert orden_de(sesion, de_beto).pagado == bs("10.00")
    entregar_pendientes()
    dice = text(
        "SELECT count(*) FROM ciudadania_notificacion WHERE destinatario_id = :quien AND cuerpo LIKE :cual"
    )
    cual = {
        "quien": feria.beto.id,
        "cual": "%Con el C-31 44. La entidad anotó ese mismo C-31 en otra orden.%",
    }
    assert sesion.connection().execute(dice, cual).scalar_one() == 1


def test_una_recepcion_vale_sus_lineas(feria: Feria, aceptada: UUID, sesion: Session) -> None:
    entrega(feria, aceptada, None, "2")
    conexion = sesion.connection()
    conexion.execute(text("UPDATE feria_entrega_linea SET recibida = 2"))
    with pytest.raises(IntegrityError, match="worth its lines"):
        conexion.execute(
            text(
                "UPDATE feria_entrega SET estado = 'recibida', respondida_en = nucleo_ahora(), "
                "llego_el = (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date, respondida_por = 'x', "
                "tacita = false, valor = 140021, dias_atraso = 0, por_mil = 0, multa = 0"
            )
        )
    sesion.rollback()


@pytest.mark.parametrize(
    ("llego_el", "dias", "falta"),
    [
        ("(SELECT emitida_en::date - 2 FROM feria_orden_de_compra)", 0, "before it is ordered"),
        ("(nucleo_ahora() + interval '2 days')::date", 0, "ck_feria_entrega_llego_el"),
        ("(nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date", 1, "counted to the day"),
        ("NULL", 0, "ck_feria_entrega_respuesta"),
    ],
)
def test_el_dia_de_llegada_lo_cuida_la_base(
    llego_el: str, dias: int, falta: str, feria: Feria, aceptada: UUID, sesion: Session
) -> None:
    entrega(feria, aceptada, None, "2")
    conexion = sesion.connection()
    conexion.execute(text("UPDATE feria_entrega_linea SET recibida = 2"))
    with pytest.raises(IntegrityError, match=falta):
        conexion.execute(
            text(
                "UPDATE feria_entrega SET estado = 'recibida', respondida_en = nucleo_ahora(), "
                f"llego_el = {llego_el}, respondida_por = 'x', tacita = false, valor = 140020, "
                f"dias_atraso = {dias}, por_mil = 0, multa = 0"
            )
        )
    sesion.rollback()


def test_la_recepcion_dice_que_dia_llego(
    feria: Feria, aceptada: UUID, sesion: Session, reloj: Any, duenio: Engine, sesion_web: Any
) -> None:
    """The delay is counted to the day that is said, from the order's to today; or to that of the note."""
    _confirmar_la_multa(duenio)
    orden = orden_de(sesion, aceptada)
    emitida, hasta = fecha_bolivia(orden.emitida_en), orden.entregar_hasta
    assert hasta is not None
    reloj.situar(hasta + timedelta(days=3, hours=12))
    hoy = fecha_bolivia()
    entrega(feria, aceptada, "20")
    for dia in (emitida - timedelta(days=1), hoy + timedelta(days=1)):
        with pytest.raises(DatosInvalidos) as dicho:
            recibe(feria, aceptada, 1, llego_el=dia)
        assert list(dicho.value.campos or ()) == ["llego_el"]
    assert (orden_de(sesion, aceptada).recibido, orden_de(sesion, aceptada).multa) == (bs(0), bs(0))

    entidad, ruta = sesion_web(feria.entidad.persona), f"/ordenes-de-compra/{aceptada}"
    assert (
        como_se_pinta(entidad.get(ruta).text, ruta + "/entregas/1/recepcion")["llego_el"] == hoy.isoformat()
    )
    un_dia_tarde = (fecha_bolivia(hasta) + timedelta(days=1)).isoformat()
    recibida = {"lineas.1.cantidad": "20", "llego_el": un_dia_tarde}
    assert entidad.post(ruta + "/entregas/1/recepcion", data=recibida).status_code == 303
    assert orden_de(sesion, aceptada).multa == bs("80.00")  # 8.000 × 10 ‰ × 1, not × 4
    contrato = lo_dicho(sesion, orden.convocatoria_id)[-1]["contracts"][0]
    assert contrato["implementation"]["milestones"][0]["dateMet"] == f"{un_dia_tarde}T00:00:00-04:00"

    entrega(feria, aceptada, "20")
    recibe(feria, aceptada, 2, llego_el=emitida)  # it was there all along: nothing is late
    entrega(feria, aceptada, None, "6")
    recibe(feria, aceptada, 3)
    assert orden_de(sesion, aceptada).multa == bs("248.02")  # and 4.200,60 × 10 ‰ × 4
    filas = sesion.exec(select(Entrega.llego_el, Entrega.dias_atraso).order_by(col(Entrega.numero))).all()
    tarde = fecha_bolivia(hasta) + timedelta(days=1)
    assert [tuple(fila) for fila in filas] == [(tarde, 1), (emitida, 0), (hoy, 4)]
    assert verificar_ordenes(sesion) == []


def test_por_las_paginas(feria: Feria, aceptada: UUID, sesion_web: Any, sesion: Session) -> None:
    ana, entidad = sesion_web(feria.ana.persona), sesion_web(feria.entidad.persona)
    ruta = f"/ordenes-de-compra/{aceptada}"
    assert "Anotar una entrega" in ana.get(ruta).text
    assert "/compras/" not in ana.get(ruta).text
    assert 'href="/compras/' in entidad.get(ruta).text
    mala = ana.post(ruta + "/entregas", data={"lineas.1.cantidad": "41"})
    assert (mala.status_code, "más de lo que queda" in mala.text) == (422, True)
    enorme = {"lineas.1.cantidad": "99999999999"}
    assert ana.post(ruta + "/entregas", data=enorme).status_code == 422
    assert ana.post(ruta + "/entregas", data={"lineas.1.cantidad": "10"}).status_code == 303
    assert "Diga qué recibe" not in ana.get(ruta).text
    assert "Diga qué recibe" in entidad.get(ruta).text
    recepcion = ruta + "/entregas/1/recepcion"
    assert entidad.post(recepcion, data=enorme).status_code == 422
    falta = entidad.post(recepcion, data={"lineas.1.cantidad": "9"})
    assert (falta.status_code, "por qué no recibe todo" in falta.text) == (422, True)
    assert entidad.post(recepcion, data={"lineas.1.cantidad": "9", "motivo": MOTIVO}).status_code == 303
    assert ana.get("/ordenes-de-compra").status_code == 200
    assert "De lo recibido falta pagar Bs\u00a03.600,00" in entidad.get(ruta).text
    pago = {"monto": "3600", "medio": "c31", "comprobante": "44", "fecha": fecha_bolivia().isoformat()}
    assert entidad.post(ruta + "/pagos", data=pago | {"comprobante": ""}).status_code == 422
    assert entidad.post(ruta + "/pagos", data=pago).status_code == 303
    orden = orden_de(sesion, aceptada)
    assert (orden.recibido, orden.pagado) == (bs("3600.00"), bs("3600.00"))
    dicho = entidad.get("/api/v1" + ruta).json()
    assert [e["estado"] for e in dicho["entregas"]] == ["recibida"]
    assert [p["comprobante"] for p in dicho["pagos"]] == ["44"]


def test_se_paga_con_el_formulario_como_se_pinta(
    feria: Feria, aceptada: UUID, sesion_web: Any, sesion: Session, con_saldo: Any
) -> None:
    """Whichever the means: what the page brings filled for the other one is not of this payment."""
    entrega(feria, aceptada, "40", "6")
    recibe(feria, aceptada, 1)
    cuenta = con_saldo(feria.entidad, "500.00")
    sesion.rollback()
    entidad, ruta = sesion_web(feria.entidad.persona), f"/ordenes-de-compra/{aceptada}"

    def envia(**escrito: str) -> int:
        datos = como_se_pinta(entidad.get(ruta).text, ruta + "/pagos")
        assert (datos["medio"], datos["fecha"]) == ("c31", fecha_bolivia().isoformat())
        return int(entidad.post(ruta + "/pagos", data=datos | escrito).status_code)

    de_la_cuenta = {"monto": "100", "medio": "libro", "cuenta_id": str(cuenta)}
    assert envia(**de_la_cuenta) == 303
    assert envia(**de_la_cuenta, comprobante="44") == 303
    assert envia(comprobante="45", cuenta_id=str(cuenta)) == 303  # the amount that it comes with is all
    assert orden_de(sesion, aceptada).estado == "concluida"
    hechos = sesion.exec(select(PagoDeOrden).order_by(col(PagoDeOrden.numero))).all()
    assert [(p.monto, p.cuenta_id, p.comprobante, p.fecha) for p in hechos] == [
        (bs("100.00"), cuenta, None, None),
        (bs("100.00"), cuenta, None, None),
        (bs("20000.60"), None, "45", fecha_bolivia()),
    ]
    assert saldo(sesion, cuenta) == bs("300.00")
