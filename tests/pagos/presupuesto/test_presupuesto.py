"""Budget certified, committed, executed and freed: never more than there is, by whom it is, once each."""

import threading
import uuid

from sqlmodel import Session

from nucleo.actor import Autorizacion
from nucleo.bd import nueva_sesion, transaccion
from nucleo.dinero import bs
from pagos.libro import Codigo, FondosInsuficientes, SolicitudTransferencia, exigir_transferencia, saldo
from pagos.presupuesto import (
    NuevoCompromiso,
    cerrar_compromiso,
    certificar,
    comprometer,
    comprometidos,
    ejecucion,
    ejecutar,
    liberar,
    revertir,
)
from tests.ayudas.carreras import cruzar, hasta_que_esperen
from tests.pagos.conftest import Libro
from tests.pagos.presupuesto.conftest import SISTEMA, Municipio, foto, rechaza

# --- What a certificate lives through ----------------------------------------------------------------------


def test_se_certifica_compromete_ejecuta_y_libera(municipio: Municipio) -> None:
    assert municipio.partes == (bs(100), bs(0), bs(0), bs(100))

    uno, dos = municipio.comprometer("60.00", "25.50")
    assert municipio.partes == (bs(100), bs("85.50"), bs(0), bs("14.50"))

    with transaccion() as sesion:
        ejecutar(sesion, SISTEMA, uno, bs("45.00"), id=uuid.uuid4())
        liberar(sesion, SISTEMA, uno, bs("15.00"), id=uuid.uuid4())
        liberar(sesion, SISTEMA, dos, bs("0.50"), id=uuid.uuid4())
    assert municipio.partes == (bs(100), bs(25), bs(45), bs(30))
    with transaccion() as sesion:
        hallados = comprometidos(sesion, [uno, dos, uuid.uuid4()])
        dicho = {a: (c.certificado_id, c.comprometido, c.ejecutado, c.liberado) for a, c in hallados.items()}
    assert dicho == {
        uno: (municipio.certificado, bs(0), bs(45), bs(15)),
        dos: (municipio.certificado, bs(25), bs(0), bs("0.50")),
    }

    with transaccion() as sesion:
        revertir(sesion, municipio.autorizacion, municipio.certificado, bs(30), id=uuid.uuid4())
        certificar(sesion, municipio.autorizacion, municipio.certificado, bs(7), id=uuid.uuid4())
    assert municipio.partes == (bs(77), bs(25), bs(45), bs(7))


def test_nunca_mas_de_lo_que_hay(libro: Libro, municipio: Municipio) -> None:
    (asunto,) = municipio.comprometer("60.00")
    quien = municipio.autorizacion
    for hacer in (
        lambda s: comprometer(s, quien, [municipio.nuevo("40.01")]),
        lambda s: comprometer(s, quien, [municipio.nuevo("20.00"), municipio.nuevo("20.01")]),
        lambda s: revertir(s, quien, municipio.certificado, bs("40.01"), id=uuid.uuid4()),
        lambda s: ejecutar(s, SISTEMA, asunto, bs("60.01"), id=uuid.uuid4()),
        lambda s: liberar(s, SISTEMA, asunto, bs("60.01"), id=uuid.uuid4()),
    ):
        rechaza(libro, "fondos_insuficientes", hacer)
    assert municipio.partes == (bs(100), bs(60), bs(0), bs(40))


def test_de_quien_es(libro: Libro, municipio: Municipio, otro: Municipio) -> None:
    """Only its entity certifies, reverts and commits, by a mandate; a matter commits of one certificate."""
    (asunto,) = municipio.comprometer("60.00")
    ajeno = NuevoCompromiso(uuid.uuid4(), uuid.uuid4(), municipio.certificado, bs(1))
    inventado = NuevoCompromiso(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), bs(1))
    for hacer, frase in (
        (lambda s: comprometer(s, otro.autorizacion, [ajeno]), "no tiene esa"),
        (lambda s: comprometer(s, otro.autorizacion, [otro.nuevo("1.00", asunto)]), "no tiene esa"),
        (lambda s: comprometer(s, municipio.autorizacion, [inventado]), "no tiene esa"),
        (
            lambda s: certificar(s, otro.autorizacion, municipio.certificado, bs(1), id=uuid.uuid4()),
            "no es de su entidad",
        ),
        (
            lambda s: revertir(s, otro.autorizacion, municipio.certificado, bs(1), id=uuid.uuid4()),
            "no es de su entidad",
        ),
        (lambda s: ejecutar(s, SISTEMA, uuid.uuid4(), bs(1), id=uuid.uuid4()), "no compromete presupuesto"),
    ):
        rechaza(libro, "cuenta_inexistente", hacer, frase)
    sin_mandato = Autorizacion(municipio.autorizacion.actor, unidad_id=municipio.unidad.id)
    for quien in (SISTEMA, sin_mandato):
        rechaza(
            libro, "prohibido", lambda s, q=quien: comprometer(s, q, [municipio.nuevo("1.00")]), "mandato"
        )
    falso = Autorizacion(municipio.autorizacion.actor, municipio.unidad.id, otro.autorizacion.mandato_id)
    rechaza(libro, "mandato_ajeno", lambda s: comprometer(s, falso, [municipio.nuevo("1.00")]))


def test_la_misma_clave_no_mueve_dos_veces(libro: Libro, municipio: Municipio) -> None:
    """Retried whole, in another transaction: what there was. With another amount, refused."""
    claves = [uuid.uuid4() for _ in range(4)]
    nuevo = municipio.nuevo("60.00", id=claves[0])

    def todo(sesion: Session, mas: str = "0.00") -> None:
        comprometer(sesion, municipio.autorizacion, [nuevo])
        ejecutar(sesion, SISTEMA, nuevo.asunto_id, bs("20.00") + bs(mas), id=claves[1])
        liberar(sesion, SISTEMA, nuevo.asunto_id, bs("10.00"), id=claves[2])
        certificar(sesion, municipio.autorizacion, municipio.certificado, bs(5), id=claves[3])

    with transaccion() as sesion:
        todo(sesion)
    antes = foto(libro)
    for _vez in range(3):
        with transaccion() as sesion:
            todo(sesion)
    assert foto(libro) == antes
    rechaza(libro, "existe_con_otro_monto", lambda s: todo(s, "0.01"))
    assert municipio.partes == (bs(105), bs(30), bs(20), bs(55))


def test_dos_por_lo_ultimo_de_un_certificado(municipio: Municipio) -> None:
    """The second waits for the first to commit, and finds that it is gone."""
    municipio.comprometer("40.00")
    primero, segundo = municipio.nuevo("60.00"), municipio.nuevo("0.01")
    falla = cruzar(
        lambda s: comprometer(s, municipio.autorizacion, [primero]),
        lambda s: comprometer(s, municipio.autorizacion, [segundo]),
    )
    assert isinstance(falla, FondosInsuficientes)
    assert municipio.partes == (bs(100), bs(100), bs(0), bs(0))
    with transaccion() as sesion:
        assert comprometidos(sesion, [segundo.asunto_id]) == {}


def test_dos_veces_lo_mismo_a_la_vez_es_una(municipio: Municipio) -> None:
    nuevo = municipio.nuevo("60.00")
    fallas: list[BaseException] = []

    def otra_vez() -> None:
        try:
            with transaccion() as propia:
                comprometer(propia, municipio.autorizacion, [nuevo])
        except BaseException as error:
            fallas.append(error)

    hilo = threading.Thread(target=otra_vez)
    with transaccion() as sesion:
        comprometer(sesion, municipio.autorizacion, [nuevo])
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert (fallas, hilo.is_alive()) == ([], False)
    assert municipio.partes == (bs(100), bs(60), bs(0), bs(40))


def test_lo_que_se_deshace_no_deja_ni_la_cuenta(libro: Libro, municipio: Municipio) -> None:
    antes = foto(libro)
    with nueva_sesion() as sesion:
        comprometer(sesion, municipio.autorizacion, [municipio.nuevo("60.00")])
        sesion.rollback()
    assert foto(libro) == antes


def test_se_cierra_sin_nada_y_para_siempre(libro: Libro, municipio: Municipio) -> None:
    (asunto,) = municipio.comprometer("60.00")
    rechaza(libro, "cuenta_no_opera", lambda s: cerrar_compromiso(s, asunto), "todavía tiene presupuesto")
    with transaccion() as sesion:
        liberar(sesion, SISTEMA, asunto, bs(60), id=uuid.uuid4())
        cerrar_compromiso(sesion, asunto)
        cerrar_compromiso(sesion, asunto)
        cerrar_compromiso(sesion, uuid.uuid4())  # never opened
    rechaza(
        libro,
        "cuenta_no_opera",
        lambda s: comprometer(s, municipio.autorizacion, [municipio.nuevo("1.00", asunto)]),
        "ya se cerró",
    )
    assert municipio.partes == (bs(100), bs(0), bs(0), bs(100))


# --- Beside money ------------------------------------------------------------------------------------------


def test_se_ejecuta_con_el_dinero_o_no_se_ejecuta(libro: Libro, municipio: Municipio) -> None:
    """One chain: what is spent of the budget, and the money that pays it; without the money, neither."""
    (asunto,) = municipio.comprometer("60.00")
    caja = libro.cuenta(4_000, titular_id=municipio.unidad.id, titular_tipo="unidad", tipo="comercio")
    tienda = libro.cuenta(titular_tipo="unidad", tipo="comercio")

    def pagar(sesion: Session, monto: str) -> None:
        pago = SolicitudTransferencia(
            id=uuid.uuid4(), codigo=Codigo.PAGO_CONTRATO, debito=caja, credito=tienda, monto=bs(monto)
        )
        gasto = ejecucion(sesion, asunto, bs(monto), id=uuid.uuid4())
        exigir_transferencia(sesion, [gasto, pago], municipio.autorizacion)

    rechaza(libro, "fondos_insuficientes", lambda s: pagar(s, "40.01"))
    rechaza(libro, "fondos_insuficientes", lambda s: pagar(s, "60.01"))
    with transaccion() as sesion:
        pagar(sesion, "40.00")
        assert (saldo(sesion, caja), saldo(sesion, tienda)) == (bs(0), bs(40))
    assert municipio.partes == (bs(100), bs(20), bs(40), bs(40))
