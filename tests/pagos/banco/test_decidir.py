"""A person settles what no rule could: once, with a reason and a competence, and never against the ledger."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from ciudadania import SesionNoReciente
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Prohibido
from pagos.banco.consultas import candidatos
from pagos.banco.decidir import Accion, decidir
from pagos.banco.errores import DecisionInvalida, MovimientoInexistente, MovimientoNoEspera
from pagos.banco.esperas import avisar_esperas
from pagos.banco.modelos import DecisionDeBanco, EfectoDeBanco, MovimientoDeBanco
from pagos.banco.verificar import verificar_banco
from pagos.retiros.modelos import Retiro
from pagos.retiros.verificar import verificar_retiros
from tests.pagos.banco.extractos import Apunte, camt
from tests.pagos.banco.test_recibir import de, enviados, llega
from tests.pagos.firma import Firma
from tests.pagos.retiros.test_retiros import _estado, _pedir, _saldos


def pendiente(regulador: Any, *apuntes: Apunte) -> list[uuid.UUID]:
    """Those that wait of a file of these, in their order."""
    llega(regulador, camt(apuntes))
    with transaccion() as sesion:
        consulta = select(MovimientoDeBanco.id).where(MovimientoDeBanco.estado == "pendiente")
        return list(
            sesion.exec(consulta.order_by(col(MovimientoDeBanco.creado_en), col(MovimientoDeBanco.id)))
        )


def decide(
    quien: Any, id: uuid.UUID, accion: str, retiro: Retiro | None = None, motivo: str = "Lo dijo el banco"
) -> None:
    with transaccion() as sesion:
        decidir(sesion, quien, id, Accion(accion), motivo=motivo, retiro_id=retiro.id if retiro else None)


def _en_orden() -> None:
    with transaccion() as sesion:
        assert verificar_banco(sesion) + verificar_retiros(sesion) == []


def _decisiones(sesion: Session) -> list[DecisionDeBanco]:
    return list(sesion.exec(select(DecisionDeBanco)))


def test_un_pago_sin_referencia(firma: Firma, regulador: Any) -> None:
    uno, otro = enviados(firma, regulador, "10.00", "10.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))
    with transaccion() as sesion:
        quienes = candidatos(sesion, sesion.get_one(MovimientoDeBanco, id))
        assert [r.id for r in quienes] == [uno.id, otro.id]
    decide(regulador, id, "pago", otro)
    decide(regulador, id, "pago", otro)  # the same again
    assert [_estado(r.id) for r in (uno, otro)] == ["en_lote", "pagado"]
    assert _saldos(firma) == (499_000, 498_000, 1_000)
    with transaccion() as sesion:
        (decision,) = _decisiones(sesion)
        assert (decision.accion, decision.retiro_id, decision.motivo) == ("pago", otro.id, "Lo dijo el banco")
        assert decision.persona_id == firma.personas["rita"].id
        assert decision.mandato_id is not None
        (efecto,) = sesion.exec(select(EfectoDeBanco))
        assert (efecto.retiro_id, efecto.efecto, efecto.movimiento_id) == (otro.id, "pago", id)
        hecho = sesion.connection().execute(
            text("SELECT datos->>'motivo' FROM nucleo_auditoria WHERE accion = 'movimiento_de_banco.decidir'")
        )
        assert hecho.scalars().all() == ["Lo dijo el banco"]
    _en_orden()
    # Its own debit comes later: a second payment.
    assert llega(regulador, camt([de(otro, "10.00", referencia="2")])) == [
        ("pagado_dos_veces", "pendiente", True)
    ]


def test_una_devolucion_y_lo_que_no_es_de_nadie(firma: Firma, regulador: Any) -> None:
    rechazado, tarde = enviados(firma, regulador, "10.00", "20.00")
    llega(regulador, camt([de(tarde, "20.00", referencia="1")]))
    primera, segunda, ajena = pendiente(
        regulador,
        Apunte(monto="10.00", sentido="CRDT", referencia="2"),
        de(tarde, "20.00", "CRDT", reverso=True, causa="AC01", referencia="3"),
        Apunte(monto="1.00", referencia="4"),
    )
    decide(regulador, primera, "devolucion", rechazado)
    decide(regulador, segunda, "devolucion", tarde)
    decide(regulador, ajena, "ninguna", motivo="Comisión del banco por el extracto")
    assert [_estado(r.id) for r in (rechazado, tarde)] == ["rechazado", "devuelto"]
    assert _saldos(firma) == (500_000, 500_000, 0)
    with transaccion() as sesion:
        assert sesion.get_one(Retiro, tarde.id).motivo == (
            "El banco devolvió el pago: el número de cuenta no existe."
        )
    _en_orden()


def test_lo_que_no_se_puede_decidir_no_cambia_nada(
    firma: Firma, regulador: Any, actor_de: Any, reloj: Any
) -> None:
    retiro, pagado = enviados(firma, regulador, "10.00", "20.00")
    sin_enviar = _pedir(firma, "10.00")
    llega(regulador, camt([de(pagado, "20.00", referencia="0")]))
    debito, credito, reverso, dolares, doble = pendiente(
        regulador,
        Apunte(monto="10.00", referencia="1"),
        Apunte(monto="10.00", sentido="CRDT", referencia="2"),
        de(retiro, "10.00", reverso=True, referencia="3"),
        Apunte(monto="10.00", moneda="USD", referencia="4"),
        de(pagado, "20.00", referencia="5"),
    )
    antes = _saldos(firma)
    dijo = "Lo dijo el banco"
    for id, accion, de_quien, motivo, campo in (
        (debito, "devolucion", retiro, dijo, "accion"),
        (debito, "pago", retiro, "No", "motivo"),
        (debito, "pago", retiro, "  a ", "motivo"),
        (debito, "pago", retiro, "x" * 301, "motivo"),
        (debito, "pago", retiro, "a\u202eb c", "motivo"),
        (debito, "pago", None, dijo, "retiro"),
        (debito, "pago", pagado, dijo, "retiro"),
        (debito, "pago", sin_enviar, dijo, "retiro"),
        (credito, "pago", retiro, dijo, "accion"),
        (reverso, "pago", retiro, dijo, "accion"),
        (reverso, "devolucion", retiro, dijo, "accion"),
        (dolares, "pago", retiro, dijo, "retiro"),
        (doble, "pago", pagado, dijo, "retiro"),
    ):
        with pytest.raises(DecisionInvalida) as error:
            decide(regulador, id, accion, de_quien, motivo)
        assert list(error.value.campos or {}) == [campo]
    with pytest.raises(Prohibido):
        decide(firma.beto, debito, "ninguna")
    with pytest.raises(MovimientoInexistente):
        decide(regulador, uuid.uuid4(), "ninguna")
    with transaccion() as sesion:
        assert _decisiones(sesion) == []
    assert (_saldos(firma), _estado(retiro.id), _estado(sin_enviar.id)) == (antes, "en_lote", "pedido")
    decide(regulador, debito, "ninguna", motivo="No es nuestro")
    with pytest.raises(MovimientoNoEspera):
        decide(regulador, debito, "pago", retiro)
    assert _estado(retiro.id) == "en_lote"


def test_se_decide_con_un_ingreso_reciente(firma: Firma, regulador: Any, actor_de: Any, reloj: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))
    reloj.adelantar(timedelta(hours=5))
    with pytest.raises(SesionNoReciente):
        decide(regulador, id, "pago", retiro)
    assert _estado(retiro.id) == "en_lote"


def test_por_la_pagina_y_por_la_api(
    firma: Firma, regulador: Any, sesion_web: Callable[..., Any], api: Callable[..., Any]
) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    uno, dos = pendiente(
        regulador,
        Apunte(monto="10.00", referencia="BANCO-1"),
        Apunte(monto="1.00", sentido="CRDT", orden="9"),
    )
    rita, pide = sesion_web(firma.personas["rita"]), api(firma.personas["rita"])
    lista = rita.get("/regulador/banco").text
    assert "Por resolver: 2" in lista
    assert "Bs\xa010,00" in lista
    ruta = f"/regulador/banco/movimientos/{uno}"
    pagina = rita.get(ruta).text
    assert "BANCO-1" in pagina
    oculto = re.search(r'name="_id" value="([^"]+)"', pagina)
    assert oculto is not None
    datos = {"_id": oculto[1], "accion": "pago", "retiro": str(retiro.id), "motivo": "Lo dijo el banco"}
    mala = rita.post(f"{ruta}/decision", data=datos | {"retiro": ""})
    assert (mala.status_code, "Elija de qué retiro se trata" in mala.text) == (422, True)
    assert rita.post(f"{ruta}/decision", data=datos | {"motivo": ""}).status_code == 422
    assert rita.post(f"{ruta}/decision", data=datos | {"accion": "otra"}).status_code == 422
    assert _estado(retiro.id) == "en_lote"
    assert rita.post(f"{ruta}/decision", data=datos).status_code == 303
    assert _estado(retiro.id) == "pagado"
    hecho = rita.get(ruta).text
    assert "Es el pago de un retiro" in hecho
    assert "Rita" in hecho
    esperan = pide("GET", "/banco/movimientos?estado=pendiente").json()["datos"]
    assert [(m["id"], m["monto"], m["sentido"]) for m in esperan] == [
        (str(dos), {"monto": "1.00", "moneda": "BOB"}, "CRDT")
    ]
    assert pide("GET", "/banco/movimientos?estado=otro").status_code == 422
    cuerpo = {"accion": "ninguna", "motivo": "Intereses de la cuenta"}
    decidido = pide("POST", f"/banco/movimientos/{dos}/decision", cuerpo)
    assert (decidido.status_code, decidido.json()["estado"]) == (200, "resuelto")
    assert decidido.json()["decision"]["motivo"] == "Intereses de la cuenta"
    (archivo,) = pide("GET", "/banco/archivos").json()["datos"]
    assert (archivo["mensaje"], archivo["lineas"], archivo["nuevas"], archivo["pendientes"]) == (
        "camt.053.001.08",
        2,
        2,
        0,
    )
    lineas = pide("GET", f"/banco/archivos/{archivo['id']}/lineas").json()["datos"]
    assert [(linea["numero"], linea["movimiento"]["estado"]) for linea in lineas] == [
        (1, "resuelto"),
        (2, "resuelto"),
    ]


def test_lo_que_espera_se_avisa_una_vez(firma: Firma, regulador: Any, reloj: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    pendiente(regulador, Apunte(monto="1.00", referencia="1"))

    def avisa() -> int:
        with transaccion() as sesion:
            return avisar_esperas(sesion)

    assert avisa() == 0
    reloj.adelantar(timedelta(days=1, minutes=1))
    assert (avisa(), avisa()) == (1, 0)
    reloj.adelantar(timedelta(days=2))
    assert (avisa(), avisa()) == (1, 0)
    with transaccion() as sesion:
        asuntos = sesion.connection().execute(
            text("SELECT asunto FROM ciudadania_notificacion WHERE clase LIKE 'pagos.%' ORDER BY asunto")
        )
        assert asuntos.scalars().all() == [
            "Movimientos del banco por resolver: 1",
            "Retiros sin noticia del banco: 1",
            "Su retiro de Bs\xa010,00 sigue en camino",
        ]
    assert (_estado(retiro.id), bs(10)) == ("en_lote", retiro.monto)
