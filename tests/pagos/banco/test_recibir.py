"""A bank's file is received: what it pays, what it returns, what waits, and nothing of it twice."""

import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido
from pagos.banco.consultas import lineas_de
from pagos.banco.modelos import EntradaDeBanco, MovimientoDeBanco
from pagos.banco.palabras import EXPLICACIONES
from pagos.banco.recibir import recibir
from pagos.banco.verificar import verificar_banco
from pagos.retiros import retiros
from pagos.retiros.modelos import LoteDeRetiros, Retiro
from pagos.retiros.verificar import verificar_retiros
from tests.pagos.banco.extractos import VERSIONES, Apunte, camt
from tests.pagos.firma import Firma
from tests.pagos.retiros.test_retiros import _estado, _lote, _pedir, _saldos


def llega(regulador: Any, contenido: bytes) -> list[tuple[str, str, bool]]:
    """What was made of each line: result, state, and whether it was new."""
    with transaccion() as sesion:
        archivo = recibir(sesion, regulador, nombre="e.xml", contenido=contenido)
        lineas, _mas = lineas_de(sesion, archivo.id, CursorPedido(None, 100))
        return [(m.resultado, m.estado, linea.nueva) for linea, m in lineas]


def resultados(regulador: Any, contenido: bytes) -> list[str]:
    hechos = [resultado for resultado, _estado, _nueva in llega(regulador, contenido)]
    assert set(hechos) <= set(EXPLICACIONES)
    with transaccion() as sesion:
        assert verificar_banco(sesion) + verificar_retiros(sesion) == []
    return hechos


def de(retiro: Retiro, monto: str, sentido: str = "DBIT", **datos: Any) -> Apunte:
    datos.setdefault("detalles", [(retiro.extremo, None, None)])
    return Apunte(monto=monto, sentido=sentido, **datos)


def enviados(firma: Firma, regulador: Any, *montos: str) -> list[Retiro]:
    pedidos = [_pedir(firma, monto) for monto in montos]
    _lote(regulador)
    return pedidos


@pytest.mark.parametrize("version", VERSIONES)
@pytest.mark.parametrize("mensaje", ["053", "054"])
def test_cada_version_paga_y_devuelve(firma: Firma, regulador: Any, version: str, mensaje: str) -> None:
    pagado, devuelto, con_cargo = enviados(firma, regulador, "100.00", "50.00", "7.00")
    contenido = camt(
        [
            de(pagado, "100.00", referencia="A1", detalles=[(pagado.extremo, "100.00", None)], como="TxAmt"),
            de(devuelto, "50.00", "CRDT", referencia="A2", causa="AC04"),
            # The bank debits the payment and its own charge together.
            de(
                con_cargo,
                "9.00",
                referencia="A3",
                detalles=[(con_cargo.extremo, "7.00", None)],
                como="InstdAmt",
                cargos="2.00",
            ),
        ],
        version=version,
        mensaje=mensaje,
        prefijo="c" if version == "04" else "",
    )
    assert resultados(regulador, contenido) == ["pagado", "devuelto", "pagado"]
    assert [_estado(r.id) for r in (pagado, devuelto, con_cargo)] == ["pagado", "rechazado", "pagado"]
    assert _saldos(firma) == (489_300, 489_300, 10_700)
    with transaccion() as sesion:
        assert (
            sesion.get_one(Retiro, devuelto.id).motivo == "El banco devolvió el pago: la cuenta está cerrada."
        )
        cargos = sesion.connection().execute(
            text("SELECT cargos FROM pagos_banco_entrada ORDER BY referencia")
        )
        assert cargos.scalars().all() == [None, None, 200]


def test_cada_caso_tiene_su_resultado(firma: Firma, regulador: Any) -> None:
    pagado, devuelto, otro = enviados(firma, regulador, "100.00", "50.00", "7.00")
    tarde = _pedir(firma, "3.00")
    contenido = camt(
        [
            de(pagado, "100.00", referencia="1"),
            de(devuelto, "50", "CRDT", referencia="2"),
            de(otro, "7.01", referencia="3"),
            de(otro, "7.00", moneda="USD", referencia="4"),
            de(otro, "7.00", estado="PDNG", referencia="5"),
            de(otro, "7.00", estado="", referencia="6"),
            de(tarde, "3.00", referencia="7"),
            Apunte(monto="1.00", referencia="8", detalles=[("QRdesconocido", None, None)]),
            Apunte(monto="1.00", referencia="9", detalles=[("NOTPROVIDED", None, None)]),
            Apunte(monto="1.00", referencia="10"),
            de(pagado, "100.00", "CRDT", referencia="11"),
            de(pagado, "100.00", "CRDT", referencia="12"),
        ]
    )
    esperado = ["pagado", "devuelto", "monto_distinto", "moneda_distinta", "no_contabilizado", "incompleto"]
    esperado += ["no_enviado", "desconocido", "sin_referencia", "sin_referencia"]
    esperado += ["devuelto_tarde", "devuelto_dos_veces"]
    assert resultados(regulador, contenido) == esperado
    assert [_estado(r.id) for r in (pagado, devuelto, otro, tarde)] == [
        "devuelto",
        "rechazado",
        "en_lote",
        "pedido",
    ]
    assert _saldos(firma) == (500_000, 499_000, 0)
    assert [estado for _r, estado, _n in llega(regulador, contenido)] == (
        ["conciliado"] * 2
        + ["pendiente"] * 2
        + ["informado"]
        + ["pendiente"] * 5
        + ["conciliado", "pendiente"]
    )
    # Booked the next day, with another case: it is paid.
    manana = camt([de(otro, "7.0", referencia="5", detalles=[(otro.extremo.upper(), None, None)])])
    assert resultados(regulador, manana) == ["pagado"]


def test_lo_mismo_otra_vez_no_cambia_nada(firma: Firma, regulador: Any) -> None:
    uno, dos = enviados(firma, regulador, "10.00", "20.00")
    a, b = de(uno, "10.00", referencia="R1"), de(dos, "20.00", referencia="R2")
    suelto = Apunte(monto="0.50", orden="1", mas="<AddtlNtryInf>Comisión</AddtlNtryInf>")
    assert llega(regulador, camt([a])) == [("pagado", "conciliado", True)]
    assert llega(regulador, camt([a])) == [("pagado", "conciliado", True)]  # the same file
    antes = _saldos(firma)
    solapado = camt([a, b, suelto, suelto])
    assert llega(regulador, solapado) == [
        ("pagado", "conciliado", False),
        ("pagado", "conciliado", True),
        ("sin_referencia", "pendiente", True),
        ("sin_referencia", "pendiente", True),  # two of the same in one statement are two
    ]
    otra_version = camt([b, suelto, suelto], [a], version="02", mensaje="054")
    assert [nueva for _r, _e, nueva in llega(regulador, otra_version)] == [False] * 4
    assert _saldos(firma) == (antes[0] - 2_000, antes[1], antes[2] + 2_000)
    with transaccion() as sesion:
        filas = sesion.connection().execute(text("SELECT count(*) FROM pagos_banco_movimiento")).scalar_one()
        assert filas == 4


def test_el_segundo_debito_es_pagado_dos_veces(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    assert resultados(regulador, camt([de(retiro, "10.00", referencia="R1")])) == ["pagado"]
    antes = _saldos(firma)
    otra_vez = camt([de(retiro, "10.00", referencia="R2", dia="2026-11-21")])
    assert llega(regulador, otra_vez) == [("pagado_dos_veces", "pendiente", True)]
    assert (_estado(retiro.id), _saldos(firma)) == ("pagado", antes)
    # The bank gives the second one back: the owner was paid once, and no money of theirs moves.
    vuelve = camt([de(retiro, "10.00", "CRDT", referencia="R3", dia="2026-11-22")])
    assert resultados(regulador, vuelve) == ["doble_devuelto"]
    assert llega(regulador, otra_vez) == [("pagado_dos_veces", "aclarado", True)]
    assert (_estado(retiro.id), _saldos(firma)) == ("pagado", antes)
    # And then the first one too.
    assert resultados(regulador, camt([de(retiro, "10.00", "CRDT", referencia="R4")])) == ["devuelto_tarde"]
    assert (_estado(retiro.id), _saldos(firma)) == ("devuelto", (500_000, 500_000, 0))


def test_dos_debitos_en_el_mismo_archivo(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    dos = camt([de(retiro, "10.00"), de(retiro, "10.00")])
    assert resultados(regulador, dos) == ["pagado", "pagado_dos_veces"]
    assert resultados(regulador, camt([de(retiro, "10.00"), de(retiro, "10.00")], version="02")) == [
        "pagado",
        "pagado_dos_veces",
    ]


@pytest.mark.parametrize("sentido", ["DBIT", "CRDT"])
def test_un_reverso_ni_paga_ni_devuelve(firma: Firma, regulador: Any, sentido: str) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    antes = _saldos(firma)
    reverso = camt([de(retiro, "10.00", sentido, reverso=True, referencia="R1")])
    assert llega(regulador, reverso) == [("reverso", "pendiente", True)]
    assert (_estado(retiro.id), _saldos(firma)) == ("en_lote", antes)
    assert resultados(regulador, camt([de(retiro, "10.00", reverso=False, referencia="R2")])) == ["pagado"]
    assert resultados(regulador, camt([de(retiro, "10.00", causa="AC04", referencia="R3")])) == ["reverso"]


def test_el_debito_que_llega_despues_de_su_devolucion(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    contenido = camt([de(retiro, "10.00", "CRDT", referencia="2"), de(retiro, "10.00", referencia="1")])
    assert resultados(regulador, contenido) == ["devuelto", "confirmado"]
    assert (_estado(retiro.id), _saldos(firma)) == ("rechazado", (500_000, 500_000, 0))
    assert resultados(regulador, camt([de(retiro, "10.00", referencia="3")])) == ["pagado_dos_veces"]


def test_lo_resuelto_a_mano_se_confirma_una_vez(firma: Firma, regulador: Any) -> None:
    si, no = enviados(firma, regulador, "10.00", "20.00")
    with transaccion() as sesion:
        retiros.resolver(sesion, regulador, si.id, pagado=True)
        retiros.resolver(sesion, regulador, no.id, pagado=False, motivo="Cuenta cerrada")
    antes = _saldos(firma)
    contenido = camt([de(si, "10.00", referencia="1"), de(no, "20.00", referencia="2")])
    assert resultados(regulador, contenido) == ["confirmado", "ya_terminado"]
    assert resultados(regulador, camt([de(si, "10.00", referencia="3")])) == ["pagado_dos_veces"]
    assert _saldos(firma) == antes


def _lote_de(retiro: Retiro) -> LoteDeRetiros:
    with transaccion() as sesion:
        lote_id = sesion.get_one(Retiro, retiro.id).lote_id
        return sesion.get_one(LoteDeRetiros, lote_id)


def test_un_lote_contabilizado_entero_se_empareja(firma: Firma, regulador: Any) -> None:
    hechos = enviados(firma, regulador, "10.00", "20.00", "30.00")
    lote = _lote_de(hechos[0]).id.hex
    malo = camt([Apunte(monto="60.01", referencia="L0", lote=lote)])
    assert resultados(regulador, malo) == ["monto_distinto"]
    assert {_estado(r.id) for r in hechos} == {"en_lote"}
    entero = camt(
        [Apunte(monto="60.00", referencia="L1", lote=lote.upper(), detalles=[(None, None, None)] * 3)]
    )
    assert resultados(regulador, entero) == ["lote_pagado"]
    assert {_estado(r.id) for r in hechos} == {"pagado"}
    assert _saldos(firma) == (494_000, 494_000, 6_000)
    # The notification of the same booking, with its transactions: the same money.
    detallado = camt(
        [
            Apunte(
                monto="60.00",
                referencia="L1",
                lote=lote,
                detalles=[(r.extremo, f"{i}0.00", None) for i, r in enumerate(hechos, 1)],
            )
        ],
        mensaje="054",
    )
    assert [(r, n) for r, _e, n in llega(regulador, detallado)] == [("lote_pagado", False)] * 3
    otra_vez = camt(
        [Apunte(monto="60.00", referencia="L2", lote=lote), de(hechos[0], "10.00", referencia="L3")]
    )
    assert resultados(regulador, otra_vez) == ["pagado_dos_veces", "pagado_dos_veces"]
    assert _saldos(firma) == (494_000, 494_000, 6_000)


def test_lo_que_vuelve_de_un_lote_pagado_dos_veces_lo_mira_alguien(firma: Firma, regulador: Any) -> None:
    uno, dos = enviados(firma, regulador, "10.00", "20.00")
    lote = _lote_de(uno).id.hex
    entero = [Apunte(monto="30.00", referencia=f"L{i}", lote=lote) for i in range(2)]
    assert resultados(regulador, camt(entero)) == ["lote_pagado", "pagado_dos_veces"]
    antes = _saldos(firma)
    assert resultados(regulador, camt([de(uno, "10.00", "CRDT", referencia="1")])) == ["reverso"]
    assert (_estado(uno.id), _estado(dos.id), _saldos(firma)) == ("pagado", "pagado", antes)


def test_un_lote_sin_los_que_ya_se_rechazaron(firma: Firma, regulador: Any) -> None:
    uno, dos, tres = enviados(firma, regulador, "10.00", "20.00", "30.00")
    lote = _lote_de(uno).id.hex
    with transaccion() as sesion:
        retiros.resolver(sesion, regulador, uno.id, pagado=False, motivo="Cuenta cerrada")
    assert resultados(regulador, camt([Apunte(monto="60.00", referencia="1", lote=lote)])) == [
        "lote_en_parte"
    ]
    assert resultados(regulador, camt([Apunte(monto="50.00", referencia="2", lote=lote)])) == ["lote_pagado"]
    assert [_estado(r.id) for r in (uno, dos, tres)] == ["rechazado", "pagado", "pagado"]


def test_el_detalle_que_llega_despues_aclara_la_entrada(firma: Firma, regulador: Any) -> None:
    uno, dos = enviados(firma, regulador, "10.00", "20.00")
    resumen = camt([Apunte(monto="30.00", referencia="L1")])
    assert llega(regulador, resumen) == [("sin_referencia", "pendiente", True)]
    detalle = camt(
        [
            Apunte(
                monto="30.00",
                referencia="L1",
                detalles=[(uno.extremo, "10.00", None), (dos.extremo, "20.00", None)],
            )
        ],
        mensaje="054",
    )
    assert resultados(regulador, detalle) == ["pagado", "pagado"]
    assert llega(regulador, resumen) == [("sin_referencia", "aclarado", True)]
    assert [
        n for _r, _e, n in llega(regulador, camt([Apunte(monto="30.00", referencia="L1")], version="04"))
    ] == [False]


def test_lo_que_no_suma_no_paga(firma: Firma, regulador: Any) -> None:
    uno, dos = enviados(firma, regulador, "10.00", "20.00")
    partes = [(uno.extremo, "10.00", None), (dos.extremo, "20.00", None)]
    assert resultados(regulador, camt([Apunte(monto="25.00", referencia="1", detalles=partes)])) == [
        "no_cuadra",
        "no_cuadra",
    ]
    neto = [(uno.extremo, "10.00", "DBIT"), (None, "3.00", "CRDT")]
    assert resultados(regulador, camt([Apunte(monto="7.00", referencia="2", detalles=neto)])) == [
        "pagado",
        "sin_referencia",
    ]
    assert _estado(dos.id) == "en_lote"


@pytest.mark.parametrize(
    "monto",
    ["9e999999", "1e-9999", "NaN", "sNaN", "Infinity", "-1.00", "1.005", "", "1,00", "10.000,00", "１０"],
)
def test_un_monto_que_no_es_de_centavos_no_paga_nada(firma: Firma, regulador: Any, monto: str) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    assert resultados(regulador, camt([de(retiro, monto, referencia="1")])) == ["monto_distinto"]
    assert _estado(retiro.id) == "en_lote"


def test_dos_archivos_que_se_solapan_a_la_vez(firma: Firma, regulador: Any) -> None:
    hechos = enviados(firma, regulador, "1.00", "2.00", "3.00")
    apuntes = [de(r, f"{i}.00", referencia=f"R{i}") for i, r in enumerate(hechos, 1)]
    archivos = [
        camt(apuntes),
        camt(apuntes[1:]),
        camt(apuntes[::-1], version="02"),
        camt(apuntes, mensaje="054"),
    ]
    barrera, nuevas, fallas = threading.Barrier(len(archivos)), [], []

    def correr(contenido: bytes) -> None:
        barrera.wait(timeout=30)
        try:
            nuevas.extend(n for _r, _e, n in llega(regulador, contenido))
        except Exception as error:
            fallas.append(error)

    hilos = [threading.Thread(target=correr, args=(c,)) for c in archivos]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert (fallas, sum(nuevas), len(nuevas)) == ([], 3, 11)
    assert _saldos(firma) == (499_400, 499_400, 600)


def test_solo_la_autoridad_recibe(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    with transaccion() as sesion, pytest.raises(Prohibido):
        recibir(sesion, firma.beto, nombre="e.xml", contenido=camt([de(retiro, "10.00")]))
    assert _estado(retiro.id) == "en_lote"


def test_la_base_no_deja_cambiar_lo_que_dijo_el_banco(firma: Firma, regulador: Any, duenio: Engine) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    resultados(regulador, camt([de(retiro, "10.00", referencia="1"), Apunte(monto="1.00", referencia="2")]))
    with transaccion() as sesion:
        (pendiente,) = (
            sesion.connection()
            .execute(text("SELECT id FROM pagos_banco_movimiento WHERE estado = 'pendiente'"))
            .one()
        )
        otra = sesion.connection().execute(text("SELECT id FROM pagos_banco_movimiento")).scalars().first()
    for acto in (
        f"UPDATE pagos_banco_movimiento SET estado = 'resuelto' WHERE id = '{pendiente}'",
        f"UPDATE pagos_banco_movimiento SET monto = 2 WHERE id = '{pendiente}'",
        "UPDATE pagos_banco_movimiento SET estado = 'pendiente'",
        "UPDATE pagos_banco_entrada SET monto = 1",
        "DELETE FROM pagos_banco_movimiento",
        "DELETE FROM pagos_banco_efecto",
        f"INSERT INTO pagos_banco_efecto VALUES ('{retiro.id}', 'pago', '{otra}')",
        f"INSERT INTO pagos_banco_decision VALUES ('{otra}', 'pago', NULL, 'porque sí', '{uuid.uuid4()}', "
        f"'{uuid.uuid4()}')",
        "UPDATE pagos_banco_archivo SET contenido = 'x'",
    ):
        with duenio.connect() as conexion, pytest.raises(DBAPIError):
            conexion.exec_driver_sql(acto)


def test_la_verificacion_ve_lo_que_no_coincide(firma: Firma, regulador: Any, duenio: Engine) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    resultados(regulador, camt([de(retiro, "10.00", referencia="1"), Apunte(monto="1.00", referencia="2")]))
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE pagos_banco_movimiento DISABLE TRIGGER USER")
        conexion.exec_driver_sql("UPDATE pagos_banco_movimiento SET estado = 'resuelto' WHERE monto = 100")
        conexion.exec_driver_sql("UPDATE pagos_banco_movimiento SET monto = 999 WHERE monto = 1000")
        conexion.exec_driver_sql("ALTER TABLE pagos_banco_movimiento ENABLE TRIGGER USER")
    with transaccion() as sesion:
        faltas = verificar_banco(sesion)
    assert len(faltas) == 2
    assert faltas[0].endswith(f"dice «pago» del retiro {retiro.id}, y no fue así")
    assert faltas[1].endswith("no es lo que se decidió")


def test_se_guarda_lo_que_dice_cada_entrada(regulador: Any) -> None:
    contenido = camt(
        [
            Apunte(
                monto="12.34",
                sentido="CRDT",
                moneda="USD",
                orden="77",
                detalles=[("AJENO-1", "12.34", None)],
                mas="<AddtlNtryInf>  Abono\n de  terceros </AddtlNtryInf>",
            )
        ],
        cuenta="1000-1",
    )
    assert resultados(regulador, contenido) == ["desconocido"]
    with transaccion() as sesion:
        entrada = sesion.exec(select(EntradaDeBanco)).one()
        movimiento = sesion.exec(select(MovimientoDeBanco)).one()
    assert (entrada.cuenta, entrada.referencia, entrada.monto, entrada.moneda, entrada.sentido) == (
        "1000-1",
        "77",
        1234,
        "USD",
        "CRDT",
    )
    assert (movimiento.extremo, movimiento.texto, movimiento.estado) == (
        "AJENO-1",
        "Abono de terceros",
        "pendiente",
    )


@pytest.mark.parametrize(
    ("version", "cargos"),
    [
        ("08", '<Chrgs><Rcrd><Amt Ccy="BOB">2.00</Amt></Rcrd></Chrgs>'),
        ("04", '<Chrgs><TtlChrgsAndTaxAmt Ccy="BOB">2.00</TtlChrgsAndTaxAmt></Chrgs>'),
        ("02", '<Chrgs><Amt Ccy="BOB">1.50</Amt></Chrgs><Chrgs><Amt Ccy="BOB">0.50</Amt></Chrgs>'),
    ],
)
def test_los_cargos_que_dice_cada_transaccion(
    firma: Firma, regulador: Any, version: str, cargos: str
) -> None:
    """Some banks write what they charged inside the transaction, and debit both together."""
    (retiro,) = enviados(firma, regulador, "10.00")
    apunte = de(retiro, "12.00", referencia="C1", detalles=[(retiro.extremo, "10.00", None)])
    contenido = camt([apunte], version=version).decode().replace("</TxDtls>", f"{cargos}</TxDtls>")
    assert resultados(regulador, contenido.encode()) == ["pagado"]
    with transaccion() as sesion:
        assert sesion.exec(select(EntradaDeBanco.cargos)).one() == 200
