"""Accounts that belong to a matter: who may move them and why, opened and closed with their matter."""

import uuid
from collections.abc import Callable, Collection
from typing import Any

import psycopg
import pytest
from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.dinero import bs
from pagos.libro import asuntos
from pagos.libro.accesos import nombres_de_cuentas
from pagos.libro.asuntos import cerrar_cuenta_de_asunto, cuenta_de_asunto, verificar_asuntos
from pagos.libro.cuentas import cuenta_de_persona, obtener_cuenta
from pagos.libro.errores import CuentaNoOpera, FondosInsuficientes
from pagos.libro.tipos import PRESUPUESTARIOS, Codigo
from pagos.libro.transferir import SolicitudTransferencia, exigir_transferencia
from pagos.libro.verificar import verificar_libro
from tests.pagos.conftest import Libro

SISTEMA = Actor.sistema("prueba")


class Feria:
    """A toy room: its matters live while their ids are here."""

    def __init__(self) -> None:
        self.vivos: set[uuid.UUID] = set()

    def nuevo(self) -> uuid.UUID:
        id = uuid.uuid4()
        self.vivos.add(id)
        return id

    def preguntar(self, _sesion: Session, ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
        return self.vivos & set(ids)


@pytest.fixture
def feria(monkeypatch: pytest.MonkeyPatch) -> Feria:
    monkeypatch.setattr(asuntos, "_clases", {})
    nueva = Feria()
    asuntos.clase_de_asunto("trueque", "Trueque en custodia")(nueva.preguntar)
    asuntos.clase_de_asunto("encargo", "Encargo en custodia")(nueva.preguntar)
    return nueva


def abrir(libro: Libro, id: uuid.UUID | None = None, clase: str = "trueque") -> int:
    return int(libro.uno("SELECT cuenta FROM pagos_cuenta_de_asunto(%s, %s)", clase, id or uuid.uuid4()))


def test_se_abre_en_la_transaccion_de_quien_la_pide(libro: Libro, feria: Feria, sesion: Session) -> None:
    id = feria.nuevo()
    cuenta = cuenta_de_asunto(sesion, "trueque", id)
    assert cuenta_de_asunto(sesion, "trueque", id) == cuenta
    assert libro.uno("SELECT count(*) FROM pagos_cuenta WHERE titular_tipo = 'asunto'") == 0
    sesion.rollback()
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 0
    cuenta = cuenta_de_asunto(sesion, "trueque", id)
    sesion.commit()
    assert libro.conexion.execute(
        "SELECT titular_tipo, titular_id, tipo, asunto, nivel, debitos_no_exceden_creditos FROM pagos_cuenta"
    ).fetchall() == [("asunto", id, "custodia", "trueque", 0, True)]
    assert nombres_de_cuentas(sesion, [cuenta]) == {cuenta: "Trueque en custodia"}


def test_dos_que_la_abren_a_la_vez_abren_una(libro: Libro) -> None:
    id = uuid.uuid4()
    with psycopg.connect(libro.url) as otra:
        fila = otra.execute("SELECT cuenta FROM pagos_cuenta_de_asunto('trueque', %s)", [id]).fetchone()
        assert fila is not None
        with psycopg.connect(libro.url) as tercera:
            tercera.execute("SET lock_timeout = '300ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):  # it waits for the first to commit
                tercera.execute("SELECT cuenta FROM pagos_cuenta_de_asunto('trueque', %s)", [id])
        otra.commit()
    assert abrir(libro, id) == fila[0]
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 1


def test_un_id_es_de_una_sola_clase(libro: Libro, feria: Feria, sesion: Session) -> None:
    id = feria.nuevo()
    abrir(libro, id)
    with pytest.raises(psycopg.errors.CheckViolation, match="es de la clase «trueque» y no «encargo»"):
        abrir(libro, id, "encargo")
    with pytest.raises(AssertionError):
        cuenta_de_asunto(sesion, "nadie", id)
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 1


@pytest.mark.parametrize(
    "columnas",
    [
        {"asunto": None},
        {"asunto": "Trueque"},
        {"asunto": "tr"},
        {"tipo": "billetera"},
        {"nivel": 1},
        {"debitos_no_exceden_creditos": False},
        {"titular_tipo": "persona"},
    ],
)
def test_una_cuenta_de_asunto_nace_entera(libro: Libro, columnas: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        libro.cuenta(**{"titular_tipo": "asunto", "tipo": "custodia", "asunto": "trueque"} | columnas)
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 0


def test_nunca_sale_mas_de_lo_que_entro(libro: Libro) -> None:
    ana, vendedor = libro.cuenta(10_000), libro.cuenta(titular_tipo="unidad", tipo="comercio")
    asunto = abrir(libro)
    assert libro.mover(ana, asunto, 10_000, codigo=3) == "ok"
    assert libro.mover(asunto, vendedor, 6_000, codigo=111) == "ok"
    foto = libro.foto()
    assert libro.mover(asunto, ana, 4_001, codigo=100) == "fondos_insuficientes"
    assert libro.lote(
        {"debito": asunto, "credito": ana, "monto": 4_000, "codigo": 100, "enlazada": True},
        {"debito": asunto, "credito": vendedor, "monto": 1, "codigo": 111},
    ) == ["cadena_fallida", "fondos_insuficientes"]
    assert libro.foto() == foto
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        libro.conexion.execute(
            "UPDATE pagos_cuenta SET creditos_contabilizados = 99999 WHERE id = %s", [asunto]
        )
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_pagos_cuenta_sobregiro"):
        libro.duenio.execute("UPDATE pagos_cuenta SET debitos_contabilizados = 10001 WHERE id = %s", [asunto])
    assert libro.mover(asunto, ana, 4_000, codigo=100) == "ok"
    assert libro.saldo(asunto) == 0


DE_CUSTODIA = {
    Codigo.CUSTODIA,
    Codigo.LIBERACION,
    Codigo.FRANQUEO,
    Codigo.CONTRA_ENTREGA,
    Codigo.INDEMNIZACION,
}
DE_PRESUPUESTO = {c for c in Codigo if c in PRESUPUESTARIOS}  # tests/pagos/presupuesto
QUE_CUENTAN = {Codigo.PAGO_PEDIDO, Codigo.PAGO_CONTRATO, Codigo.PAGO_EN_CUSTODIA}


@pytest.mark.parametrize("tipo", ["simple", "pendiente"])
@pytest.mark.parametrize(
    ("de", "a", "motivos"),
    [
        ("persona", "asunto", QUE_CUENTAN),
        ("unidad", "asunto", QUE_CUENTAN | DE_CUSTODIA),
        ("sistema", "asunto", QUE_CUENTAN | DE_CUSTODIA),
        ("asunto", "otro", DE_CUSTODIA | {Codigo.DEVOLUCION, Codigo.COMISION}),
        ("asunto", "persona", DE_CUSTODIA | {Codigo.DEVOLUCION, Codigo.COMISION}),
        ("asunto", "unidad", DE_CUSTODIA | {Codigo.DEVOLUCION, Codigo.COMISION}),
        ("persona", "unidad", set(Codigo) - DE_CUSTODIA - DE_PRESUPUESTO),
    ],
)
def test_los_motivos_de_cada_sentido(libro: Libro, tipo: str, de: str, a: str, motivos: set[Codigo]) -> None:
    """One by one (the express lane) and in a batch: the same. Nobody pays a matter around their limits."""
    cuentas = {
        "persona": libro.cuenta(100_000),
        "unidad": libro.cuenta(100_000, titular_tipo="unidad", tipo="comercio"),
        "sistema": libro.mundo(),
        "asunto": abrir(libro),
        "otro": abrir(libro),
    }
    assert libro.mover(cuentas["unidad"], cuentas["asunto"], 50_000, codigo=110) == "ok"
    pedidos = [
        {"debito": cuentas[de], "credito": cuentas[a], "monto": 1, "tipo": tipo, "codigo": int(c)}
        for c in Codigo
    ]
    esperado = ["ok" if c in motivos else "motivo_no_corresponde" for c in Codigo]
    assert [libro.lote(p)[0] for p in pedidos] == esperado
    assert libro.lote(*pedidos) == esperado


def test_lo_que_entra_cuenta_en_la_billetera_y_lo_que_mueve_la_custodia_no(libro: Libro) -> None:
    ana, tienda = libro.cuenta(500_000, nivel=1), libro.cuenta(titular_tipo="unidad", tipo="comercio")
    asunto = abrir(libro)
    assert libro.mover(ana, asunto, 200_001, codigo=3) == "limite_por_transaccion_salida"
    assert libro.mover(ana, asunto, 150_000, codigo=3) == "ok"
    assert libro.mover(ana, asunto, 50_001, codigo=9) == "limite_diario_salida"
    assert libro.mover(libro.mundo(), asunto, 900_000, codigo=110) == "ok"  # a card: nobody's wallet
    assert libro.mover(asunto, tienda, 800_000, codigo=111) == "ok"
    assert libro.mover(asunto, ana, 250_000, codigo=100) == "ok"
    assert libro.conexion.execute(
        "SELECT salida_dia, entrada_dia FROM pagos_cuenta WHERE id = %s", [ana]
    ).fetchone() == (150_000, 0)
    assert libro.conexion.execute(
        "SELECT salida_dia + entrada_dia + salidas_dia FROM pagos_cuenta WHERE id = %s", [asunto]
    ).fetchone() == (150_000,)


def test_se_cierra_vacia_y_para_siempre(libro: Libro, feria: Feria, sesion: Session) -> None:
    id = feria.nuevo()
    ana = libro.cuenta(10_000)
    asunto = cuenta_de_asunto(sesion, "trueque", id)
    sesion.commit()
    reserva = uuid.uuid4()
    assert libro.lote(
        {"id": reserva, "debito": ana, "credito": asunto, "monto": 5, "codigo": 3, "tipo": "pendiente"}
    )
    for paso in (
        {"pendiente": reserva, "tipo": "confirma", "codigo": 3},
        {"debito": asunto, "credito": ana, "monto": 5, "codigo": 100},
    ):
        with pytest.raises(CuentaNoOpera, match="todavía tiene dinero"):
            cerrar_cuenta_de_asunto(sesion, "trueque", id)
        sesion.rollback()
        assert libro.lote(paso) == ["ok"]
    cerrar_cuenta_de_asunto(sesion, "trueque", id)
    cerrar_cuenta_de_asunto(sesion, "trueque", id)
    cerrar_cuenta_de_asunto(sesion, "trueque", feria.nuevo())  # never opened
    sesion.commit()
    assert obtener_cuenta(sesion, asunto).cerrada
    with pytest.raises(CuentaNoOpera, match="ya se cerró"):
        cuenta_de_asunto(sesion, "trueque", id)
    assert libro.mover(ana, asunto, 1, codigo=3) == "cuenta_credito_cerrada"
    assert libro.saldos(asunto) == (5, 5, 0, 0)


def test_el_dueno_que_falta_se_dice(libro: Libro, feria: Feria, sesion: Session) -> None:
    ana = libro.cuenta(10_000)
    con, sin, viva, ajena = feria.nuevo(), feria.nuevo(), feria.nuevo(), uuid.uuid4()
    cuentas = {id: abrir(libro, id) for id in (con, sin, viva)} | {ajena: abrir(libro, ajena, "olvidado")}
    for id in (con, viva, ajena):
        assert libro.mover(ana, cuentas[id], 1_250, codigo=3) == "ok"
    assert verificar_asuntos(sesion) == [
        f"sin_duenio: cuenta {cuentas[ajena]}, olvidado {ajena}: tiene Bs\xa012,50 y el asunto no vive"
    ]
    feria.vivos -= {con, sin}
    sesion.rollback()
    assert verificar_asuntos(sesion) == [
        f"sin_duenio: cuenta {cuentas[ajena]}, olvidado {ajena}: tiene Bs\xa012,50 y el asunto no vive",
        f"sin_duenio: cuenta {cuentas[con]}, trueque {con}: tiene Bs\xa012,50 y el asunto no vive",
        f"sin_cerrar: cuenta {cuentas[sin]}, trueque {sin}: está vacía y abierta, y el asunto no vive",
    ]


def test_verify_ve_el_motivo_y_el_cierre_forzados(libro: Libro) -> None:
    ana, asunto = libro.cuenta(10_000), abrir(libro)
    assert libro.mover(ana, asunto, 100, codigo=3) == "ok"
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = true WHERE id = %s", [asunto])
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE pagos_transferencia SET codigo = 112 WHERE codigo = 3")
    libro.corrompido = True
    fallas = [f for f in verificar_libro(libro.conexion) if f.startswith("asuntos: ")]
    assert len(fallas) == 2
    assert "el motivo 112 no mueve dinero entre persona y asunto" in fallas[0]
    assert fallas[1] == f"asuntos: cuenta {asunto} (trueque): está cerrada y no está vacía"


def test_por_las_funciones_de_python(
    feria: Feria, sesion: Session, crear_persona: Callable[..., Any], con_saldo: Callable[..., Any]
) -> None:
    """Opening, paying in, paying out and closing are one transaction if a room wants them so."""
    ana = crear_persona("Ana")
    billetera = con_saldo(ana, "100.00")
    id = feria.nuevo()
    cuenta = cuenta_de_asunto(sesion, "trueque", id)

    def mover(debito: int, credito: int, monto: str, codigo: Codigo) -> None:
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=uuid.uuid4(), debito=debito, credito=credito, monto=bs(monto), codigo=codigo, referencia=id
            ),
            SISTEMA,
        )

    mover(billetera, cuenta, "40.00", Codigo.PAGO_PEDIDO)
    with pytest.raises(FondosInsuficientes):
        mover(cuenta, billetera, "40.01", Codigo.DEVOLUCION)
    mover(cuenta, billetera, "40.00", Codigo.DEVOLUCION)
    cerrar_cuenta_de_asunto(sesion, "trueque", id)
    sesion.commit()
    assert obtener_cuenta(sesion, cuenta_de_persona(sesion, ana.id)).saldo == bs("100.00")


@pytest.mark.parametrize("sentido", ["a", "de"])
def test_por_la_api_nadie_los_nombra(
    libro: Libro, crear_persona: Callable[..., Any], con_saldo: Callable[..., Any], api: Any, sentido: str
) -> None:
    ana = crear_persona("Ana")
    billetera, asunto = con_saldo(ana, "100.00"), abrir(libro)
    assert libro.mover(billetera, asunto, 5_000, codigo=3) == "ok"
    foto = libro.foto()
    debito, credito = (billetera, asunto) if sentido == "a" else (asunto, billetera)
    pago = {"id": str(uuid.uuid4()), "debito": debito, "credito": credito, "monto": {"monto": "1.00"}}
    pedir = api(ana)
    assert pedir("POST", "/transferencias", pago).status_code == 403
    lote = {"modo": "independiente", "transferencias": [pago]}
    assert pedir("POST", "/lotes-de-transferencias", lote).status_code == 403
    assert libro.foto() == foto
