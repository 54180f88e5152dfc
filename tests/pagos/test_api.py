"""The JSON API: payments with the id as idempotency key, statements, and who may see what."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.pagos.conftest import Libro


class Gente:
    """Ana and Luis with wallets, and a shop that Ana represents."""

    def __init__(self, crear_persona: Any, crear_unidad: Any, con_saldo: Any, token_de: Any) -> None:
        self.ana = crear_persona("Ana", celular="70000001")
        self.luis = crear_persona("Luis", ci="7654321")
        self.tienda = crear_unidad("Tejidos de Prueba", representante=self.ana)
        self.cuenta_ana = con_saldo(self.ana, "100.00")
        self.cuenta_luis = con_saldo(self.luis, "1.00")
        self.cuenta_tienda = con_saldo(self.tienda, "50.00")
        self.de_ana = {"Authorization": f"Bearer {token_de(self.ana)}"}
        self.de_luis = {"Authorization": f"Bearer {token_de(self.luis)}"}


@pytest.fixture
def gente(libro: Libro, crear_persona: Any, crear_unidad: Any, con_saldo: Any, token_de: Any) -> Gente:
    return Gente(crear_persona, crear_unidad, con_saldo, token_de)


def pago(g: Gente, monto: str = "12.50", **cambios: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "debito": g.cuenta_ana,
        "credito": g.cuenta_luis,
        "monto": {"monto": monto, "moneda": "BOB"},
    } | cambios


def test_pagar_una_vez_y_repetir(cliente: Any, gente: Gente, libro: Libro) -> None:
    cuerpo = pago(gente)

    hecha = cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana)
    repetida = cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana)

    assert hecha.status_code == 201
    assert repetida.status_code == 200
    assert repetida.content == hecha.content
    assert hecha.json() | {"numero": 0, "creada_en": ""} == cuerpo | {
        "numero": 0,
        "creada_en": "",
        "codigo": 1,
        "tipo": "simple",
        "referencia": None,
        "pendiente_id": None,
        "nota": None,
    }
    assert libro.saldo(gente.cuenta_ana) == 8_750
    assert libro.saldo(gente.cuenta_luis) == 1_350
    quien = libro.uno("SELECT quien FROM pagos_transferencia WHERE id = %s", cuerpo["id"])
    assert quien == gente.ana.id
    vista = cliente.get(f"/api/v1/transferencias/{cuerpo['id']}", headers=gente.de_luis)
    assert (vista.status_code, vista.json()) == (200, hecha.json())


@pytest.mark.parametrize(
    ("cambio", "estado", "codigo"),
    [
        ({"monto": {"monto": "12.51"}}, 422, "existe_con_otro_monto"),
        ({"credito": "tienda"}, 422, "existe_con_otra_cuenta_credito"),
        ({"debito": "tienda"}, 422, "existe_con_otra_cuenta_debito"),
    ],
)
def test_mismo_id_para_otro_pago(
    cliente: Any, gente: Gente, libro: Libro, cambio: Any, estado: int, codigo: str
) -> None:
    cuerpo = pago(gente)
    assert cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana).status_code == 201
    antes = libro.foto()
    cambio = {k: gente.cuenta_tienda if v == "tienda" else v for k, v in cambio.items()}

    rechazo = cliente.post("/api/v1/transferencias", json=cuerpo | cambio, headers=gente.de_ana)

    assert (rechazo.status_code, rechazo.json()["codigo"]) == (estado, codigo)
    assert rechazo.headers["content-type"] == "application/problem+json"
    assert libro.foto() == antes


@pytest.mark.parametrize(
    ("cambio", "estado", "codigo"),
    [
        ({"monto": {"monto": "100.01"}}, 409, "fondos_insuficientes"),
        ({"monto": {"monto": "0.00"}}, 422, "monto_invalido"),
        ({"credito": 987654321}, 404, "cuenta_inexistente"),
        ({"debito": 987654321}, 404, "cuenta_inexistente"),
        ({"credito": "ajuste"}, 403, "prohibido"),
        ({"debito": "luis"}, 403, "prohibido"),
        ({"credito": "ana"}, 422, "cuentas_iguales"),
        ({"id": str(uuid.UUID(int=0))}, 422, "id_invalido"),
        ({"monto": {"monto": "1.001"}}, 422, "datos_invalidos"),
        ({"monto": {"monto": 1.5}}, 422, "datos_invalidos"),
        ({"debito": 2**70}, 422, "datos_invalidos"),
        ({"extra": 1}, 422, "datos_invalidos"),
    ],
)
def test_rechazos(
    cliente: Any, gente: Gente, libro: Libro, cambio: dict[str, Any], estado: int, codigo: str
) -> None:
    nombres = {
        "luis": gente.cuenta_luis,
        "ana": gente.cuenta_ana,
        "ajuste": libro.uno("SELECT id FROM pagos_cuenta WHERE tipo = 'ajuste'"),
    }
    cambio = {k: nombres.get(v, v) if isinstance(v, str) else v for k, v in cambio.items()}
    antes = libro.foto()

    rechazo = cliente.post("/api/v1/transferencias", json=pago(gente) | cambio, headers=gente.de_ana)

    assert (rechazo.status_code, rechazo.json()["codigo"]) == (estado, codigo)
    assert libro.foto() == antes


def test_pagar_por_una_unidad_con_su_tope(
    cliente: Any, gente: Gente, libro: Libro, crear_unidad: Any, con_saldo: Any
) -> None:
    """The representative pays for the unit; another citizen, or one with other faculties, does not."""
    ajena = crear_unidad("Ajena", representante=gente.luis, mandatos=[(gente.ana, ["VENDER"])])
    cuenta_ajena = con_saldo(ajena, "50.00")

    hecha = cliente.post(
        "/api/v1/transferencias",
        json=pago(gente, debito=gente.cuenta_tienda),
        headers=gente.de_ana,
    )
    assert hecha.status_code == 201
    assert hecha.json()["codigo"] == 8
    assert (
        libro.uno("SELECT por_unidad FROM pagos_transferencia WHERE id = %s", hecha.json()["id"])
        == gente.tienda.id
    )
    antes = libro.foto()
    for cabeceras, cuenta in ((gente.de_luis, gente.cuenta_tienda), (gente.de_ana, cuenta_ajena)):
        rechazo = cliente.post("/api/v1/transferencias", json=pago(gente, debito=cuenta), headers=cabeceras)
        assert rechazo.status_code == 403
    assert libro.foto() == antes


@pytest.mark.parametrize(
    "ruta",
    [
        "/api/v1/cuentas/{ana}",
        "/api/v1/cuentas/{ana}/movimientos",
        "/api/v1/transferencias/{pago}",
    ],
)
def test_nadie_mira_lo_ajeno(cliente: Any, gente: Gente, libro: Libro, ruta: str) -> None:
    cuerpo = pago(gente, credito=gente.cuenta_tienda)
    assert cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana).status_code == 201
    direccion = ruta.format(ana=gente.cuenta_ana, pago=cuerpo["id"])

    assert cliente.get(direccion).status_code == 401
    assert cliente.get(direccion, headers=gente.de_luis).status_code == 403
    assert cliente.get(direccion, headers=gente.de_ana).status_code == 200


def test_sin_ingresar_no_se_paga(cliente: Any, gente: Gente, libro: Libro) -> None:
    antes = libro.foto()
    assert cliente.post("/api/v1/transferencias", json=pago(gente)).status_code == 401
    assert cliente.get("/api/v1/cuentas").status_code == 401
    assert cliente.get("/api/v1/destinatarios?buscar=7654321").status_code == 401
    assert libro.foto() == antes


def test_cuentas_y_movimientos_con_cursor(cliente: Any, gente: Gente) -> None:
    for i in range(5):
        assert (
            cliente.post(
                "/api/v1/transferencias", json=pago(gente, f"{i + 1}.00"), headers=gente.de_ana
            ).status_code
            == 201
        )

    cuentas = cliente.get("/api/v1/cuentas", headers=gente.de_ana).json()["datos"]
    assert [(c["id"], c["saldo"]["monto"], c["tipo"]) for c in cuentas] == [
        (gente.cuenta_ana, "85.00", "billetera"),
        (gente.cuenta_tienda, "50.00", "comercio"),
    ]
    vistos: list[tuple[str, str, str]] = []
    cursor = ""
    while True:
        hoja = cliente.get(
            f"/api/v1/cuentas/{gente.cuenta_ana}/movimientos?limite=2{cursor}", headers=gente.de_ana
        ).json()
        vistos += [(m["sentido"], m["monto"]["monto"], m["saldo"]["monto"]) for m in hoja["datos"]]
        if hoja["siguiente"] is None:
            break
        cursor = f"&cursor={hoja['siguiente']}"
    assert vistos == [
        ("sale", "5.00", "85.00"),
        ("sale", "4.00", "90.00"),
        ("sale", "3.00", "94.00"),
        ("sale", "2.00", "97.00"),
        ("sale", "1.00", "99.00"),
        ("entra", "100.00", "100.00"),
    ]
    malo = cliente.get(f"/api/v1/cuentas/{gente.cuenta_ana}/movimientos?cursor=abc", headers=gente.de_ana)
    assert (malo.status_code, malo.json()["codigo"]) == (422, "cursor_invalido")


def test_el_nombre_solo_para_quien_lo_sabe(cliente: Any, gente: Gente) -> None:
    ruta = "/api/v1/destinatarios?buscar=7654321"
    luis = {"documento": "•••321", "cuenta": gente.cuenta_luis}
    for escrito, como, nombre in (
        ("", "sin_nombre", None),
        ("prueba luis", "coincide", "Luis Prueba"),
        ("Luiz Prueva", "casi", None),
        ("Luis", "no_coincide", None),
        ("Pedro Mamani", "no_coincide", None),
    ):
        dicho = cliente.get(f"{ruta}&nombre={escrito}", headers=gente.de_ana)
        assert dicho.json() == luis | {"coincidencia": como, "nombre": nombre}
    por_celular = cliente.get(
        "/api/v1/destinatarios?buscar=%2B591 70000001&nombre=Ana Prueba", headers=gente.de_luis
    )
    assert por_celular.json()["nombre"] == "Ana Prueba"
    nadie = cliente.get("/api/v1/destinatarios?buscar=1111111", headers=gente.de_ana)
    assert (nadie.status_code, nadie.json()["codigo"]) == (422, "destinatario_inexistente")


def test_veinte_a_la_vez_con_la_misma_clave(
    nuevo_cliente: Callable[..., Any], gente: Gente, libro: Libro
) -> None:
    claves = [pago(gente, "1.00") for _ in range(10)]
    navegador = nuevo_cliente(headers=gente.de_ana)

    def enviar(cuerpo: dict[str, Any]) -> tuple[str, int, bytes]:
        respuesta = navegador.post("/api/v1/transferencias", json=cuerpo)
        return cuerpo["id"], respuesta.status_code, respuesta.content

    with navegador, ThreadPoolExecutor(20) as hilos:  # one event loop, as in production: one writer
        respuestas = list(hilos.map(enviar, [c for c in claves for _ in range(20)]))

    for clave in claves:
        suyas = [(estado, contenido) for id_, estado, contenido in respuestas if id_ == clave["id"]]
        assert sorted(estado for estado, _ in suyas) == [200] * 19 + [201]
        assert len({contenido for _, contenido in suyas}) == 1
    assert libro.saldo(gente.cuenta_ana) == 9_000
    assert libro.saldo(gente.cuenta_luis) == 1_100
