"""Each kind of user through the API alone, with `qhatu token`, while processes die under them."""

import json
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import ENTREGA, Cliente, adelantar_reloj

pytestmark = pytest.mark.lento


def bolivianos(monto: str) -> dict[str, str]:
    return {"monto": monto, "moneda": "BOB"}


def registrar_vendedora(persona: Cliente, regulador: Cliente) -> Any:
    """A new unit from draft to registered seller, with the regulator's two acts."""
    borrador = persona.enviar(
        "/unidades-economicas",
        {
            "tipo": "PERSONA_NATURAL",
            "denominacion": f"Dulces de prueba {uuid4().hex[:8]} (demostración)",
            "forma_legal": persona.leer("/catalogos/formas-legales?tipo=PERSONA_NATURAL")["datos"][0][
                "codigo"
            ],
            "municipio_ine": "020101",
            "actividad_ciiu": "1073",
            "direccion": "Zona Sopocachi, a media cuadra de la plaza",
            "telefono": "70011111",
        },
    )
    numero = borrador["numero"]
    persona.enviar(f"/unidades-economicas/{numero}/presentacion", espera=200)
    regulador.enviar(f"/unidades-economicas/{numero}/inscripcion", espera=200)
    persona.enviar(f"/unidades-economicas/{numero}/habilitaciones", {"habilitacion": "VENDEDOR"})
    regulador.enviar(
        f"/unidades-economicas/{numero}/habilitaciones/VENDEDOR/otorgamiento",
        {"norma": "LEY-1398", "desde": "2026-01-01"},
        espera=200,
    )
    unidad = persona.leer(f"/unidades-economicas/{numero}")
    assert unidad["estado"] == "inscrita"
    return unidad


def matar_y_esperar(plataforma: PlataformaViva, *roles: str) -> None:
    for rol in roles:
        assert plataforma.matar(rol)
    plataforma.esperar(lambda: plataforma.lista() and all(plataforma.procesos()[rol] for rol in roles))


def test_de_la_inscripcion_al_cobro_aunque_mueran_procesos(plataforma_viva: PlataformaViva) -> None:
    viva = plataforma_viva
    ana, luis, correos, regulador = (Cliente(viva, p) for p in ("ana", "luis", "correos", "regulador"))
    unidad = registrar_vendedora(ana, regulador)
    producto = ana.enviar(
        "/productos",
        {
            "unidad_id": unidad["id"],
            "titulo": "Alfajores de maicena, caja de doce",
            "categoria": "miel-y-dulces",
            "precio": bolivianos("36.50"),
            "existencia": 5,
            "peso_g": 600,
            "publicar": True,
        },
    )
    yo_luis = luis.leer("/yo")
    antes = luis.saldo(yo_luis["id"])

    # The web process dies while the purchase is on its way; the same key is sent until it is answered.
    compra = {
        "id": str(uuid4()),
        "lineas": [{"producto_id": producto["id"], "cantidad": 2}],
        "entrega": ENTREGA,
        "total": bolivianos("73.00"),
    }
    clave = str(uuid4())
    verdugo = threading.Thread(target=matar_y_esperar, args=(viva, "web"))
    verdugo.start()
    hecha = luis.enviar("/pedidos", compra, Idempotency_Key=clave)
    verdugo.join()
    assert luis.enviar("/pedidos", compra, Idempotency_Key=clave) == hecha
    (pedido,) = hecha["pedidos"]
    assert (pedido["estado"], pedido["total"]) == ("pagado", bolivianos("73.00"))
    assert ana.leer(f"/productos/{producto['id']}")["disponible"] == "3"
    cuentas = {c["titular_id"]: c for c in luis.leer("/cuentas")["datos"]}
    assert cuentas[yo_luis["id"]]["saldo"]["monto"] == str(Decimal(antes) - 73), "in the order's own account"

    operador = correos.unidad()
    despachado = ana.enviar(f"/pedidos/{pedido['id']}/despacho", {"operador_id": operador}, espera=200)
    assert (despachado["estado"], despachado["paquetes"][0]["estado"]) == ("en_preparacion", "anunciado")
    envio = next(e for e in luis.leer("/envios")["datos"] if e["numero"] == despachado["envio_numero"])
    assert len(luis.leer(f"/envios/{envio['id']}")["codigo_entrega"]) == 7

    # The worker dies while the events of the delivery wait for it.
    correos.enviar(f"/envios/{envio['id']}/eventos", {"codigo": "EMA"})
    correos.enviar(f"/envios/{envio['id']}/eventos", {"codigo": "EMG"})
    codigo = luis.leer(f"/envios/{envio['id']}")["codigo_entrega"]
    malo = f"{(int(codigo) + 1) % 1_000_000:06d}"
    correos.enviar(f"/envios/{envio['id']}/entrega", {"codigo_entrega": malo}, espera=422)
    assert viva.matar("trabajador")
    correos.enviar(f"/envios/{envio['id']}/entrega", {"codigo_entrega": codigo})
    assert viva.matar("web")

    luis.esperar(f"/pedidos/{pedido['id']}", lambda p: p["estado"] == "entregado")
    luis.enviar(f"/pedidos/{pedido['id']}/conformidad", {}, espera=200)
    pagado = luis.esperar(f"/pedidos/{pedido['id']}", lambda p: p["estado"] == "concluido")
    assert [p["estado"] for p in pagado["pasos"]][-2:] == ["entregado", "concluido"]
    comision = ana.leer(f"/pedidos/{pedido['id']}")["comision"]
    assert luis.saldo(yo_luis["id"]) == str(Decimal(antes) - 73)
    assert ana.saldo(unidad["id"]) == comision["neto"]["monto"]
    assert Decimal(comision["neto"]["monto"]) + Decimal(comision["monto"]["monto"]) == 73
    seguimiento = luis.leer(f"/seguimiento/{envio['numero']}")
    assert seguimiento["estado"] == "entregado"
    assert "Luis" not in json.dumps(seguimiento, ensure_ascii=False)
    verificacion = viva.orden("verify", "todo")
    assert verificacion.returncode == 0, verificacion.stdout + verificacion.stderr


@pytest.mark.al_final(1)  # the clock goes 13 days ahead
def test_de_la_necesidad_a_la_orden_de_compra(plataforma_viva: PlataformaViva) -> None:
    viva = plataforma_viva
    alcaldia, madera, ferreteria = (Cliente(viva, p) for p in ("alcaldia", "madera", "ferreteria"))
    entidad, uno, otro = (c.unidad() for c in (alcaldia, madera, ferreteria))
    borrador = alcaldia.enviar(
        "/convocatorias",
        {
            "unidad_id": entidad,
            "titulo": "Mesas y sillas para tres unidades educativas",
            "municipio_ine": "020101",
            "plazo_entrega_dias": 20,
            "items": [
                {
                    "descripcion": "Mesa bipersonal de madera mara",
                    "cantidad": "60",
                    "unidad_medida": "pieza",
                    "precio_referencial": bolivianos("280.00"),
                },
                {
                    "descripcion": "Silla escolar apilable",
                    "cantidad": "120",
                    "unidad_medida": "pieza",
                    "precio_referencial": bolivianos("110.00"),
                },
            ],
        },
    )
    ruta = f"/convocatorias/{borrador['id']}"
    vence = datetime.now(UTC) + timedelta(days=12)
    ya_paso = {"vence_en": (datetime.now(UTC) - timedelta(hours=3)).isoformat()}
    alcaldia.enviar(f"{ruta}/publicacion", ya_paso, espera=422)
    assert alcaldia.leer(ruta)["estado"] == "borrador"
    plazo = {"vence_en": vence.isoformat(), "modalidad": "DEMO"}  # it may close on any day of the week
    publicada = alcaldia.enviar(f"{ruta}/publicacion", plazo, espera=200)
    mesa, silla = publicada["items"]

    def ofertar(cliente: Cliente, unidad: str, precio_mesa: str, precio_silla: str) -> Any:
        lineas = [
            {"item_id": i["id"], "precio_unitario": bolivianos(p), "marca": "Artesanal", "plazo_dias": 15}
            for i, p in ((mesa, precio_mesa), (silla, precio_silla))
        ]
        return cliente.enviar(f"{ruta}/ofertas", {"unidad_id": unidad, "lineas": lineas})

    primera = ofertar(madera, uno, "250.00", "105.00")
    segunda = ofertar(ferreteria, otro, "262.50", "98.00")
    assert "250.00" not in json.dumps(primera)  # "250" alone may stand in an id
    alcaldia.leer(f"{ruta}/ofertas", espera=409)
    alcaldia.enviar(f"{ruta}/apertura", espera=409)

    adelantar_reloj(viva, "13 days")
    try:
        alcaldia, madera = Cliente(viva, "alcaldia"), Cliente(viva, "madera")
        matar_y_esperar(viva, "web", "trabajador")
        tarde = {
            "unidad_id": uno,
            "lineas": [
                {"item_id": mesa["id"], "precio_unitario": bolivianos("1.00"), "marca": "x", "plazo_dias": 1}
            ],
        }
        madera.enviar(f"{ruta}/ofertas", tarde, espera=409)
        alcaldia.enviar(f"{ruta}/apertura", espera=200)
        abiertas = {o["id"]: o for o in alcaldia.leer(f"{ruta}/ofertas")["datos"]}
        assert set(abiertas) == {primera["id"], segunda["id"]}
        decisiones = [
            {"item_id": mesa["id"], "oferta_id": primera["id"]},
            {"item_id": silla["id"], "oferta_id": segunda["id"]},
        ]
        alcaldia.enviar(f"{ruta}/adjudicacion", {"decisiones": decisiones}, espera=200)
        ordenes = alcaldia.enviar(f"{ruta}/ordenes-de-compra")
        totales = {o["proveedor"]["id"]: o["total"]["monto"] for o in ordenes}
        assert totales == {uno: "15000.00", otro: "11760.00"}

        def etiquetas() -> list[str]:
            ocds = alcaldia.http.get(f"/ocds/releases/{publicada['ocid']}").json()
            return [etiqueta for r in ocds["releases"] for etiqueta in r["tag"]]

        viva.esperar(lambda: {"award", "contract"} <= set(etiquetas()))
        assert etiquetas()[0] == "tender"
    finally:
        adelantar_reloj(viva, "0")
