"""`POST /api/v1/lotes-de-transferencias`: one result each, or all or nothing; who may, how much, how many."""

import asyncio
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from empresa_digital.registro import Facultad
from pagos.libro.errores import ColaLlena
from pagos.via_rapida import carril
from pagos.via_rapida.lotes import Turnos
from tests.pagos.conftest import Libro
from tests.pagos.test_api import Gente, gente, pago

__all__ = ["gente"]  # the fixture
RUTA = "/api/v1/lotes-de-transferencias"


def enviar(cliente: Any, de: dict[str, str], *pagos: dict[str, Any], modo: str = "independiente") -> Any:
    return cliente.post(RUTA, json={"modo": modo, "transferencias": list(pagos)}, headers=de)


def codigos(respuesta: Any) -> list[str]:
    return [r["resultado"] for r in respuesta.json()["resultados"]]


def test_cada_una_con_su_resultado_y_en_su_orden(cliente: Any, gente: Gente, libro: Libro) -> None:
    pagos = [
        pago(gente, "60.00"),
        pago(gente, "60.00"),
        pago(gente, "30.00", credito=gente.cuenta_tienda),
        pago(gente, "1.00", credito=999_999),
    ]

    respuesta = enviar(cliente, gente.de_ana, *pagos)

    assert respuesta.status_code == 200
    dicho = respuesta.json()
    assert codigos(respuesta) == ["ok", "fondos_insuficientes", "ok", "cuenta_credito_inexistente"]
    assert (dicho["hechas"], dicho["rechazadas"]) == (2, 2)
    assert [r["id"] for r in dicho["resultados"]] == [p["id"] for p in pagos]
    assert dicho["resultados"][0]["numero"] + 1 == dicho["resultados"][2]["numero"]
    assert dicho["resultados"][1]["detalle"].startswith("Su saldo disponible no alcanza.")
    assert libro.saldo(gente.cuenta_ana) == 1_000
    assert libro.saldo(gente.cuenta_luis) == 6_100
    assert libro.saldo(gente.cuenta_tienda) == 8_000
    filas = libro.conexion.execute(
        "SELECT codigo, quien FROM pagos_transferencia WHERE id = ANY(%s) ORDER BY numero",
        [[uuid.UUID(pagos[0]["id"]), uuid.UUID(pagos[2]["id"])]],
    ).fetchall()
    assert filas == [(1, gente.ana.id), (4, gente.ana.id)]


@pytest.mark.parametrize("se_recuerdan", [100_000, 0])
def test_el_motivo_es_el_mismo_se_recuerde_o_no_de_quien_es_la_cuenta(
    cliente: Any, gente: Gente, libro: Libro, monkeypatch: pytest.MonkeyPatch, se_recuerdan: int
) -> None:
    """Three batches: what the first learns of an account, the next find, or have to ask again."""
    monkeypatch.setattr(carril, "CUENTAS_MAXIMO", se_recuerdan)
    a_tienda = {"credito": gente.cuenta_tienda}
    lotes = [
        [pago(gente, "1.00", **a_tienda)],
        [pago(gente, "1.00"), pago(gente, "1.00", **a_tienda), pago(gente, "1.00", credito=999_999)],
        [pago(gente, "1.00", **a_tienda), pago(gente, "1.00")],
    ]

    with cliente:  # one event loop, and so one gatekeeper, for all three
        dichos = [codigos(enviar(cliente, gente.de_ana, *lote)) for lote in lotes]

    assert dichos == [["ok"], ["ok", "ok", "cuenta_credito_inexistente"], ["ok", "ok"]]
    motivos = dict(libro.conexion.execute("SELECT id, codigo FROM pagos_transferencia").fetchall())
    assert [[motivos.get(uuid.UUID(p["id"])) for p in lote] for lote in lotes] == [[4], [1, 4, None], [4, 1]]
    antes = libro.foto()
    assert enviar(cliente, gente.de_ana, pago(gente, credito=libro.mundo())).status_code == 403
    assert libro.foto() == antes


def test_repetir_el_lote_entero_no_hace_nada_dos_veces(cliente: Any, gente: Gente, libro: Libro) -> None:
    pagos = [pago(gente, "10.00"), pago(gente, "20.00")]
    primera = enviar(cliente, gente.de_ana, *pagos)
    antes = libro.foto()

    repetida = enviar(cliente, gente.de_ana, *pagos)
    con_otro_monto = enviar(cliente, gente.de_ana, pagos[0] | {"monto": {"monto": "10.01"}}, pagos[1])

    assert codigos(repetida) == ["existe", "existe"]
    assert [r["numero"] for r in repetida.json()["resultados"]] == [
        r["numero"] for r in primera.json()["resultados"]
    ]
    assert codigos(con_otro_monto) == ["existe_con_otro_monto", "existe"]
    assert libro.foto() == antes


def test_atomico_son_todas(cliente: Any, gente: Gente, libro: Libro) -> None:
    pagos = [pago(gente, "10.00") for _ in range(3)]
    hecho = enviar(cliente, gente.de_ana, *pagos, modo="atomico")
    repetido = enviar(cliente, gente.de_ana, *pagos, modo="atomico")
    assert (hecho.status_code, codigos(hecho)) == (200, ["ok"] * 3)
    assert (repetido.status_code, codigos(repetido)) == (200, ["existe"] * 3)
    assert libro.saldo(gente.cuenta_ana) == 7_000


def test_atomico_o_ninguna_y_dice_cual(cliente: Any, gente: Gente, libro: Libro) -> None:
    pagos = [pago(gente, "40.00"), pago(gente, "40.00"), pago(gente, "40.00")]
    antes = libro.foto()

    respuesta = enviar(cliente, gente.de_ana, *pagos, modo="atomico")

    assert respuesta.status_code == 409
    dicho = respuesta.json()
    assert dicho["codigo"] == "fondos_insuficientes"
    assert dicho["detail"].startswith("No se hizo ninguna de las 3 transferencias. Su saldo")
    assert list(dicho["campos"]) == ["transferencias.2"]
    assert libro.foto() == antes


def test_atomico_con_una_parte_ya_hecha_no_hace_el_resto(cliente: Any, gente: Gente, libro: Libro) -> None:
    vieja = pago(gente, "5.00")
    enviar(cliente, gente.de_ana, vieja)
    antes = libro.foto()

    respuesta = enviar(cliente, gente.de_ana, vieja, pago(gente, "5.00"), modo="atomico")

    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "existe")
    assert libro.foto() == antes


def test_atomico_con_un_identificador_dos_veces_no_dice_que_ya_estaba_hecho(
    cliente: Any, gente: Gente, libro: Libro
) -> None:
    doble = pago(gente, "5.00")
    antes = libro.foto()

    respuesta = enviar(cliente, gente.de_ana, doble, pago(gente, "1.00"), doble, modo="atomico")

    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "id_repetido")
    assert respuesta.json()["campos"] == {
        "transferencias.2": "Lleva el mismo identificador que transferencias.0: dé uno propio a cada pago."
    }
    assert "ya estaba" not in respuesta.json()["detail"]
    assert libro.foto() == antes


def test_independiente_con_un_identificador_dos_veces_lo_cuenta_una(
    cliente: Any, gente: Gente, libro: Libro
) -> None:
    doble = pago(gente, "5.00")

    respuesta = enviar(cliente, gente.de_ana, doble, doble, pago(gente, "1.00"))

    assert codigos(respuesta) == ["ok", "existe", "ok"]
    assert (respuesta.json()["hechas"], respuesta.json()["rechazadas"]) == (2, 0)
    assert libro.saldo(gente.cuenta_ana) == 10_000 - 600


@pytest.mark.parametrize("modo", ["independiente", "atomico"])
@pytest.mark.parametrize("quien", ["nadie", "luis"])
def test_una_sola_cuenta_ajena_rechaza_todo(
    cliente: Any, gente: Gente, libro: Libro, modo: str, quien: str
) -> None:
    suya = pago(gente, "0.50", debito=gente.cuenta_luis, credito=gente.cuenta_ana)
    antes = libro.foto()
    cabeceras = {"nadie": {}, "luis": gente.de_luis}[quien]

    respuesta = enviar(cliente, cabeceras, suya, pago(gente, "0.50"), modo=modo)

    assert respuesta.status_code == {"nadie": 401, "luis": 403}[quien]
    assert libro.foto() == antes


def test_a_la_plataforma_no_se_le_transfiere(cliente: Any, gente: Gente, libro: Libro) -> None:
    antes = libro.foto()
    respuesta = enviar(cliente, gente.de_ana, pago(gente), pago(gente, credito=libro.mundo()))
    assert respuesta.status_code == 403
    assert libro.foto() == antes


def test_el_limite_del_mandato_mira_la_suma_del_lote(
    cliente: Any, gente: Gente, libro: Libro, otorgar: Callable[..., None]
) -> None:
    """Luis may pay up to Bs 10 for the shop: two payments of Bs 6 in one act are Bs 12."""
    otorgar(gente.tienda.id, gente.luis, Facultad.PAGAR, limite="10.00")
    pagos = [pago(gente, "6.00", debito=gente.cuenta_tienda, credito=gente.cuenta_ana) for _ in range(2)]
    antes = libro.foto()

    excedido = enviar(cliente, gente.de_luis, *pagos)
    assert (excedido.status_code, excedido.json()["codigo"]) == (403, "monto_excede_mandato")
    assert libro.foto() == antes

    dentro = enviar(cliente, gente.de_luis, pagos[0])
    assert codigos(dentro) == ["ok"]
    fila = libro.conexion.execute(
        "SELECT quien, por_unidad, mandato IS NOT NULL, codigo FROM pagos_transferencia WHERE id = %s",
        [pagos[0]["id"]],
    ).fetchone()
    assert fila == (gente.luis.id, gente.tienda.id, True, 8)


def test_un_programa_de_la_unidad_paga_desde_su_cuenta_y_de_ninguna_otra(
    cliente: Any, gente: Gente, libro: Libro, token_de_cliente: Callable[..., str]
) -> None:
    de_programa = {"Authorization": f"Bearer {token_de_cliente(gente.tienda.id, 'pagos')}"}
    sin_alcance = {"Authorization": f"Bearer {token_de_cliente(gente.tienda.id, 'productos')}"}
    suyo = pago(gente, "6.00", debito=gente.cuenta_tienda)
    antes = libro.foto()

    assert enviar(cliente, sin_alcance, suyo).status_code == 403
    assert enviar(cliente, de_programa, suyo, pago(gente)).status_code == 403
    assert libro.foto() == antes

    assert codigos(enviar(cliente, de_programa, suyo)) == ["ok"]
    assert libro.saldo(gente.cuenta_tienda) == 4_400
    cuentas = cliente.get("/api/v1/cuentas", headers=de_programa).json()["datos"]
    assert [c["id"] for c in cuentas] == [gente.cuenta_tienda]


@pytest.mark.parametrize(
    ("cuerpo", "campo"),
    [
        (b"", "cuerpo"),
        (b"[]", "cuerpo"),
        (b'{"modo":"independiente","transferencias":[]}', "transferencias"),
        (b'{"transferencias":[]}', "modo"),
        (b'{"modo":"a medias","transferencias":[]}', "modo"),
        (b"\xff", "cuerpo"),
    ],
)
def test_un_cuerpo_malo_dice_que_esta_mal(
    cliente: Any, gente: Gente, libro: Libro, cuerpo: bytes, campo: str
) -> None:
    antes = libro.foto()
    respuesta = cliente.post(
        RUTA, content=cuerpo, headers={**gente.de_ana, "Content-Type": "application/json"}
    )
    assert respuesta.status_code == 422
    assert campo in respuesta.json()["campos"]
    assert libro.foto() == antes


def test_un_pago_malo_entre_muchos_se_nombra_y_nada_se_hace(cliente: Any, gente: Gente, libro: Libro) -> None:
    antes = libro.foto()
    respuesta = enviar(cliente, gente.de_ana, pago(gente), pago(gente, "1.001"), pago(gente, debito=-1))
    assert respuesta.status_code == 422
    assert set(respuesta.json()["campos"]) == {"transferencias.1.monto", "transferencias.2.debito"}
    assert libro.foto() == antes


def test_ocho_mil_de_una_vez_y_ni_una_mas(
    cliente: Any, gente: Gente, libro: Libro, con_saldo: Callable[..., int]
) -> None:
    con_saldo(gente.tienda, "50.00")
    pagos = [pago(gente, "0.01", debito=gente.cuenta_tienda) for _ in range(8_000)]

    respuesta = enviar(cliente, gente.de_ana, *pagos)
    de_mas = enviar(cliente, gente.de_ana, *pagos, pago(gente, "0.01"))

    assert respuesta.status_code == 200
    assert respuesta.json()["hechas"] == 8_000
    assert libro.saldo(gente.cuenta_tienda) == 2_000
    assert (de_mas.status_code, list(de_mas.json()["campos"])) == (422, ["transferencias"])
    assert libro.saldo(gente.cuenta_tienda) == 2_000


def test_los_turnos_se_acaban_y_vuelven() -> None:
    async def principal() -> list[str]:
        turnos = Turnos(en_curso=1, en_espera=1)
        abrir = asyncio.Event()

        async def uno() -> str:
            try:
                async with turnos.tomar():
                    await abrir.wait()
            except ColaLlena as error:
                return f"{error.estado} {error.cabeceras['Retry-After']}"
            return "hecho"

        tareas = [asyncio.create_task(uno()) for _ in range(3)]
        lleno = await tareas[2]
        abrir.set()
        return [*await asyncio.gather(*tareas[:2]), lleno, await uno()]

    assert asyncio.run(principal()) == ["hecho", "hecho", "429 1", "hecho"]


def test_el_contrato_publica_el_cuerpo_y_la_respuesta(cliente: Any) -> None:
    contrato = cliente.get("/openapi.json").json()
    ruta = contrato["paths"][RUTA]["post"]
    esquema = ruta["requestBody"]["content"]["application/json"]["schema"]
    assert esquema["properties"]["transferencias"]["maxItems"] == 8_000
    assert set(esquema["properties"]["transferencias"]["items"]["properties"]) == {
        "id",
        "debito",
        "credito",
        "monto",
    }
    assert "$defs" not in esquema
    assert "LoteVista" in json.dumps(ruta["responses"]["200"])
